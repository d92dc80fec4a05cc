import { createPublicKey, type KeyObject } from "node:crypto";
import { Refusal } from "../../../platform/errors.ts";
import { fetchText } from "../../../platform/http/fetch-text.ts";
import { refuseUnsigned } from "./signatures.ts";

/** Fetches a text from one of Amazon's own addresses. */
export type FetchFromAmazon = (address: string) => Promise<string>;

const limits = { most: 64 * 1024, milliseconds: 5_000 };
const mostKeys = 100;

/** What is asked of Amazon itself. The addresses are looked at before: see `isOfSns`. */
export interface Amazon {
  /** The key in a certificate; each is fetched once. */
  keyAt(address: string): Promise<KeyObject>;
  /** Opens an address, as SNS wants it for confirming a subscription. */
  visit(address: string): Promise<void>;
}

/** Makes what a process knows of Amazon. */
export function newAmazon(fetchIt: FetchFromAmazon = async (address) => fetchText(address, limits)): Amazon {
  const keys = new Map<string, KeyObject>();
  const read = async (address: string) => {
    try {
      return await fetchIt(address);
    } catch {
      // SNS gives up after 4xx, and the bounce would be lost over a moment without network.
      throw new Refusal(
        "busy",
        `Amazon could not be asked whether this event is its own: ${new URL(address).hostname} cannot be reached from here, or sent nothing of use. Send the event again later; if this goes on, let Nines reach that host.`,
        { reason: "amazon_not_reached", retryAfterSeconds: 30 },
      );
    }
  };
  return {
    async keyAt(address) {
      const known = keys.get(address);
      if (known) return known;
      const key = keyIn(await read(address));
      if (keys.size >= mostKeys) keys.clear();
      keys.set(address, key);
      return key;
    },
    async visit(address) {
      await read(address);
    },
  };
}

function keyIn(certificate: string): KeyObject {
  try {
    return createPublicKey(certificate);
  } catch {
    return refuseUnsigned(); // What came is no certificate.
  }
}
