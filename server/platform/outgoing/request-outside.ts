import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { type OutsideFailure, sayFailure } from "./outside-failure.ts";
import { type OutgoingPolicy, readOutsideUrl } from "./outside-url.ts";
import { isPublicAddress } from "./public-address.ts";

/** How names are looked up; tests give their own. */
export type Resolve = (
  name: string,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

interface OutsideRequest {
  url: string;
  body: string;
  headers: Record<string, string>;
  /** For all of it: looking up, connecting, TLS, sending, and the answer. */
  milliseconds?: number;
  /** Bytes of the answer that are read; the rest is cut off. 0 where only its status is wanted. */
  most?: number;
  resolve?: Resolve;
}

export interface OutsideAnswer {
  status: number;
  retryAfter: string | undefined;
  text: string;
}

/** Why a request brought no answer; members are told, and it says nothing of the network around us. */
export class OutsideError extends Error {
  readonly failure: OutsideFailure;
  constructor(reason: OutsideFailure["reason"], values: OutsideFailure["values"] = {}) {
    const failure = { reason, values };
    super(sayFailure(failure));
    this.name = "OutsideError";
    this.failure = failure;
  }
}

const resolveBySystem: Resolve = (name, done) => systemLookup(name, { all: true }, done);

/**
 * Posts to an address that somebody gave us. The address that was checked is the one that is connected to, since the lookup
 * that the connection itself makes is where it is checked; no connection is kept for another request; redirects are answers
 * like any other.
 * @throws OutsideError when there is no answer in time, or the address may not be asked
 */
export async function requestOutside(
  policy: OutgoingPolicy,
  {
    url: text,
    body,
    headers,
    milliseconds = 15_000,
    most = 65_536,
    resolve = resolveBySystem,
  }: OutsideRequest,
): Promise<OutsideAnswer> {
  const { url, problem } = readOutsideUrl(text, policy);
  if (problem) throw new OutsideError(problem.reason, problem.values);
  const signal = AbortSignal.timeout(milliseconds);
  try {
    return await new Promise((answered, failed) => {
      const start = url.protocol === "https:" ? httpsRequest : httpRequest;
      const request = start(
        url,
        {
          method: "POST",
          agent: false,
          signal,
          lookup: lookupWith(policy, resolve),
          headers: { ...headers, "content-length": Buffer.byteLength(body), connection: "close" },
        },
        (response) => {
          const { statusCode: status = 0, headers } = response;
          read(response, most)
            .then((text) => answered({ status, retryAfter: headers["retry-after"], text }))
            .catch(failed)
            .finally(() => request.destroy());
        },
      );
      request.on("error", failed);
      request.end(body);
    });
  } catch (error) {
    throw explain(error, signal, milliseconds);
  }
}

async function read(response: IncomingMessage, most: number): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  if (most > 0) {
    for await (const part of response as AsyncIterable<Buffer>) {
      parts.push(part);
      size += part.length;
      if (size >= most) break;
    }
  }
  return Buffer.concat(parts).subarray(0, most).toString("utf8");
}

function lookupWith({ allowPrivate }: OutgoingPolicy, resolve: Resolve): LookupFunction {
  return (name, options, done) => {
    resolve(name, (error, addresses) => {
      const first = addresses?.[0];
      if (error || !first) return done(error ?? new OutsideError("no_such_host"), "", 0);
      // One that is private among public ones is a trap, or a mistake worth telling.
      if (!allowPrivate && !addresses.every(({ address }) => isPublicAddress(address)))
        return done(new OutsideError("not_public"), "", 0);
      if (options.all) return done(null, addresses);
      done(null, first.address, first.family);
    });
  };
}

const reasons: Record<string, OutsideFailure["reason"]> = {
  ENOTFOUND: "no_such_host",
  EAI_AGAIN: "host_not_looked_up",
  ECONNREFUSED: "nothing_answers",
  ECONNRESET: "connection_ended",
  EPROTO: "not_https",
  ERR_SSL_WRONG_VERSION_NUMBER: "not_https",
  HPE_HEADER_OVERFLOW: "answer_too_long",
};

function explain(error: unknown, signal: AbortSignal, milliseconds: number): OutsideError {
  if (error instanceof OutsideError) return error;
  if (signal.aborted) return new OutsideError("too_slow", { seconds: milliseconds / 1000 });
  const code = (error as NodeJS.ErrnoException).code ?? "";
  const known = reasons[code];
  if (known) return new OutsideError(known);
  if (/CERT|TLS|SSL|SIGNED|ISSUER|ALTNAME/.test(code)) return new OutsideError("bad_certificate");
  return new OutsideError(code.startsWith("HPE_") ? "answer_not_http" : "not_reached");
}
