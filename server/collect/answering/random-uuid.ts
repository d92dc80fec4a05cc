import { randomBytes } from "node:crypto";

/** A UUIDv4: unlike our other ids it tells nothing, not even when it was made. */
export function randomUuid(bytes: Buffer = randomBytes(16)): string {
  const hex = Buffer.from(bytes.subarray(0, 16));
  hex[6] = (hex[6]! & 0x0f) | 0x40;
  hex[8] = (hex[8]! & 0x3f) | 0x80;
  const text = hex.toString("hex");
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join(
    "-",
  );
}
