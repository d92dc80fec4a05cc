import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { Refusal } from "../../platform/errors.ts";
import { most } from "./event.ts";

const unpack = promisify(gunzip);

/**
 * Reads a body from its bytes, whatever its content type says: clients send JSON as text/plain to be spared a question of
 * the browser, and as a form by mistake. Packed bodies are unpacked as far as one may be large.
 * @throws Refusal `bad_request` in one sentence
 */
export async function readBody(
  packed: Buffer,
  encoding: string | undefined,
): Promise<Record<string, unknown>> {
  if (packed.length > most.batchBytes) throw tooLarge();
  const isPacked = packed[0] === 0x1f && packed[1] === 0x8b;
  if (!isPacked && encoding !== undefined && encoding !== "identity") throw notUnpacked(encoding);
  const bytes = isPacked ? await unpacked(packed) : packed;
  if (bytes.length === 0)
    throw new Refusal("bad_request", "The body is empty; send JSON.", { reason: "empty_body" });
  return parse(bytes);
}

async function unpacked(packed: Buffer): Promise<Buffer> {
  try {
    return await unpack(packed, { maxOutputLength: most.batchBytes });
  } catch (error) {
    if ((error as { code?: unknown }).code === "ERR_BUFFER_TOO_LARGE") throw tooLarge();
    throw notUnpacked("gzip");
  }
}

function parse(bytes: Buffer): Record<string, unknown> {
  let sent: unknown;
  try {
    sent = JSON.parse(bytes.toString("utf8"));
  } catch {
    throw new Refusal("bad_request", "The body is not JSON; send a JSON object.", { reason: "not_json" });
  }
  if (typeof sent === "object" && sent !== null && !Array.isArray(sent))
    return sent as Record<string, unknown>;
  throw new Refusal("bad_request", 'The body is not a JSON object; send one message, or `{"batch": […]}`.', {
    reason: "not_an_object",
  });
}

function tooLarge(): Refusal {
  const kilobytes = most.batchBytes / 1024;
  return new Refusal(
    "bad_request",
    `The request is larger than ${kilobytes} KB unpacked; send fewer messages at once.`,
    {
      reason: "batch_too_large",
      values: { most: kilobytes },
    },
  );
}

function notUnpacked(encoding: string): Refusal {
  if (encoding === "gzip")
    return new Refusal(
      "bad_request",
      "The body is said to be gzip but cannot be unpacked; pack it whole, or send it as it is.",
      {
        reason: "broken_gzip",
      },
    );
  return new Refusal("bad_request", "The body is packed in a way that is not known here; use gzip or none.", {
    reason: "unknown_encoding",
  });
}
