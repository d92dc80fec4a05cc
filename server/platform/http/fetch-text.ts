interface Limits {
  /** In bytes; what is longer is refused while it comes in. */
  most: number;
  /** For all of it, from the first packet to the last. */
  milliseconds: number;
}

/**
 * Fetches a text from an address that the caller has looked at: it follows no redirects, and gives up in time.
 * @throws Error when the other side cannot be reached, takes too long, sends too much, or answers with another status than 2xx
 */
export async function fetchText(address: string, { most, milliseconds }: Limits): Promise<string> {
  const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(milliseconds) });
  if (!response.ok) throw new Error(`${new URL(address).hostname} answered ${response.status}.`);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body ?? []) {
    size += part.length;
    if (size > most) throw new Error(`${new URL(address).hostname} sent more than ${most} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts, size).toString("utf8");
}
