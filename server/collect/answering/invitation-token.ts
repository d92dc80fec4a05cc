import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from "node:crypto";

/**
 * What a token lets its holder do; one for answering does not unsubscribe anybody. `test` is for the mails that members
 * send themselves: its links and its unsubscribe button work and store nothing. See `testHolder`. `letter` unsubscribes by
 * a mail that is no invitation: in place of the invitation stands the id of that mail.
 */
export type TokenPurpose = "answer" | "unsubscribe" | "test" | "letter";

/** Whom a token is for. */
export interface TokenHolder {
  customerId: string;
  invitationId: string;
  /** `invitations.token_number` when it was made. */
  number: number;
}

const day = 24 * 3600 * 1000;
const testDays = 7;

/**
 * The holder that a test mail of a survey is signed for: in place of the invitation stands the survey, in place of the
 * number the day. Its page shows the draft, or the published wording where there is none.
 */
export function testHolder(surveyId: string, personId: string, now: Date): TokenHolder {
  return { customerId: personId, invitationId: surveyId, number: Math.floor(now.getTime() / day) };
}

/** When the links of a test mail end: seven days after the day it was sent on. */
export function testEnds({ number }: TokenHolder): Date {
  return new Date((number + 1 + testDays) * day);
}

/** Makes and reads the tokens of links in mails. They are not stored: a copy of the tables opens no link. */
export interface InvitationTokens {
  sign(purpose: TokenPurpose, holder: TokenHolder): string;
  /** Undefined for anything that this server did not make for this purpose. */
  read(purpose: TokenPurpose, token: string): TokenHolder | undefined;
}

const macBytes = 16;
const bodyBytes = 34;

/** @param secret the server's secret (`readSecret`); the key of tokens is derived from it */
export function newInvitationTokens(secret: string): InvitationTokens {
  // As an object, or each use of it costs four times as much.
  const key = createSecretKey(Buffer.from(hkdfSync("sha256", secret, "", "nines invitation tokens", 32)));
  const mac = (purpose: TokenPurpose, body: Buffer) =>
    createHmac("sha256", key).update(purpose).update("\0").update(body).digest().subarray(0, macBytes);
  return {
    sign(purpose, { customerId, invitationId, number }) {
      const body = Buffer.alloc(bodyBytes);
      body.write(customerId.replaceAll("-", ""), 0, "hex");
      body.write(invitationId.replaceAll("-", ""), 16, "hex");
      body.writeUInt16BE(number, 32);
      return Buffer.concat([body, mac(purpose, body)]).toString("base64url");
    },
    read(purpose, token) {
      if (!/^[A-Za-z0-9_-]{67}$/.test(token)) return undefined;
      const bytes = Buffer.from(token, "base64url");
      const body = bytes.subarray(0, bodyBytes);
      if (
        bytes.length !== bodyBytes + macBytes ||
        !timingSafeEqual(mac(purpose, body), bytes.subarray(bodyBytes))
      )
        return undefined;
      // The last character carries bits that nothing is made of: only one spelling is good.
      if (bytes.toString("base64url") !== token) return undefined;
      return { customerId: uuidAt(body, 0), invitationId: uuidAt(body, 16), number: body.readUInt16BE(32) };
    },
  };
}

function uuidAt(bytes: Buffer, start: number): string {
  const hex = bytes.toString("hex", start, start + 16);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
