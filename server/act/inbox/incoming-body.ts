import { Refusal } from "../../platform/errors.ts";

/** The largest mail that is read, attachments included. */
const mostBytes = 20 * 1024 * 1024;
/** Where providers put the mail itself: Mailgun, SendGrid, Postmark, CloudMailin. */
const fields = ["body-mime", "email", "RawEmail", "message"];

/**
 * The raw mail in a request: as it is (message/rfc822), or in a field of a form or of JSON, as providers send it.
 * @throws Refusal when there is none
 */
export async function incomingBody(request: Request): Promise<Uint8Array> {
  const type = request.headers.get("content-type")?.toLowerCase() ?? "";
  const bytes = await readUpTo(request, mostBytes);
  if (type.startsWith("multipart/form-data") || type.startsWith("application/x-www-form-urlencoded")) {
    const form = await new Response(bytes, {
      headers: { "content-type": request.headers.get("content-type")! },
    })
      .formData()
      .catch(() => undefined);
    for (const name of fields) {
      const value = form?.get(name);
      if (typeof value === "string" && value !== "") return new TextEncoder().encode(value);
      if (value instanceof File) return new Uint8Array(await value.arrayBuffer());
    }
    throw noMail();
  }
  if (type.startsWith("application/json")) {
    const value = rawIn(bytes);
    if (value === undefined) throw noMail();
    return new TextEncoder().encode(value);
  }
  if (bytes.length === 0) throw noMail();
  return bytes;
}

function rawIn(bytes: Uint8Array): string | undefined {
  try {
    const read: unknown = JSON.parse(new TextDecoder().decode(bytes));
    if (typeof read !== "object" || read === null) return undefined;
    for (const name of fields) {
      const value = (read as Record<string, unknown>)[name];
      if (typeof value === "string" && value !== "") return value;
    }
    return undefined;
  } catch {
    return undefined;
  }
}

async function readUpTo(request: Request, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (request.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > most)
      throw new Refusal(
        "too_large",
        `A mail may have ${most / 1024 / 1024} MB; ask for the files by a link instead.`,
      );
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}

const noMail = () =>
  new Refusal(
    "bad_input",
    `There is no mail in this request; send it raw as message/rfc822, or in one of the fields ${fields.join(", ")}.`,
  );
