import { isIP } from "node:net";
import { isPublicAddress } from "./public-address.ts";

/** What addresses that somebody gave us may be asked. */
export interface OutgoingPolicy {
  /** Also machines of this network, which a self-hoster may want. */
  allowPrivate: boolean;
  /** Undefined: every port. */
  ports: readonly number[] | undefined;
}

/** Why an address is not asked: a name for translations, and a sentence that tells the way out. */
export interface AddressProblem {
  reason: "not_a_url" | "not_http" | "has_password" | "wrong_port" | "not_public";
  sentence: string;
  values?: Record<string, string>;
}

const notPublic: AddressProblem = {
  reason: "not_public",
  sentence:
    "leads into a private network, which Nines does not ask; give a public address, or set OUTGOING_PRIVATE=true on this server",
};
// Names that never belong to the public Internet (RFC 6761, 6762, 8375, 9476 and what clouds use).
const localName =
  /(^|\.)(localhost|local|localdomain|internal|intranet|lan|home|corp|private|arpa|test|invalid)$/;

/** Reads an address that somebody gave us; all that can be known of it before its name is looked up. */
export function readOutsideUrl(
  text: string,
  { allowPrivate, ports }: OutgoingPolicy,
): { url: URL; problem?: undefined } | { url?: undefined; problem: AddressProblem } {
  const url = URL.parse(text);
  if (!url || text.length > 2000)
    return {
      problem: {
        reason: "not_a_url",
        sentence: "is not an address; write one like https://example.com/nines",
      },
    };
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return { problem: { reason: "not_http", sentence: "must begin with https:// or http://" } };
  if (url.username || url.password)
    return {
      problem: {
        reason: "has_password",
        sentence: "must not hold a user or password; the signature says who sends",
      },
    };
  const port = url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
  if (ports && !ports.includes(port))
    return {
      problem: {
        reason: "wrong_port",
        sentence: `must use one of the ports ${ports.join(", ")}; OUTGOING_PORTS of this server can allow others`,
        values: { ports: ports.join(", ") },
      },
    };
  if (!allowPrivate && !mayBePublic(hostOf(url))) return { problem: notPublic };
  return { url };
}

/** The host as a name or as an address without brackets. The parser has made 0x7f.1 and 2130706433 into 127.0.0.1. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

function mayBePublic(host: string): boolean {
  if (isIP(host)) return isPublicAddress(host);
  const name = host.replace(/\.+$/, "");
  return name.includes(".") && !localName.test(name);
}
