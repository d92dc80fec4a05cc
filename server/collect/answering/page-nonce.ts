import { createHmac, createSecretKey, hkdfSync, randomBytes, timingSafeEqual } from "node:crypto";

/** What a page was fetched for: an invitation, a survey's public link, a test. */
export type PageSubject = `${"invitation" | "survey" | "test"} ${string}`;

/** Proof of when a page was fetched; without one, a post comes from something that never looked. */
export interface PageNonces {
  make(subject: PageSubject, at: Date): string;
  /** Undefined for one that was made for something else, is too old, or is none of ours. */
  read(subject: PageSubject, nonce: string, now: Date): PageFetch | undefined;
}

export interface PageFetch {
  at: Date;
  /** Sixteen bytes that look random, the same for the same page; from outside they cannot be guessed. */
  readonly seed: Buffer;
}

const randomLength = 12;
const bodyLength = 8 + randomLength;
const macLength = 16;
const goodFor = 40 * 24 * 3600 * 1000;

/** @param secret the server's secret (`readSecret`) */
export function newPageNonces(secret: string): PageNonces {
  // As an object, or each use of it costs four times as much.
  const key = createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", "nines page nonces", 32)));
  const mac = (purpose: string, subject: PageSubject, body: Buffer) =>
    createHmac("sha256", key).update(`${purpose}\0${subject}\0`).update(body).digest().subarray(0, macLength);
  return {
    make(subject, at) {
      const body = Buffer.alloc(bodyLength);
      body.writeBigInt64BE(BigInt(at.getTime()), 0);
      randomBytes(randomLength).copy(body, 8);
      return Buffer.concat([body, mac("page", subject, body)]).toString("base64url");
    },
    read(subject, nonce, now) {
      if (!/^[A-Za-z0-9_-]{48}$/.test(nonce)) return undefined;
      const bytes = Buffer.from(nonce, "base64url");
      const body = bytes.subarray(0, bodyLength);
      if (!timingSafeEqual(mac("page", subject, body), bytes.subarray(bodyLength))) return undefined;
      const at = new Date(Number(body.readBigInt64BE(0)));
      const age = now.getTime() - at.getTime();
      if (age < 0 || age > goodFor) return undefined;
      return {
        at,
        // Most answers do not ask for it.
        get seed() {
          return mac("answer", subject, body);
        },
      };
    },
  };
}
