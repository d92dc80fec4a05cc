import { hash, randomFillSync } from "node:crypto";
import type { Clock } from "./clock.ts";

const pool = Buffer.alloc(4096);
let used = pool.length;

/** A new UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 random bits, so that ids sort by the time they were made. */
export function newId(clock: Clock): string {
  if (used + 10 > pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const time = clock.now().getTime().toString(16).padStart(12, "0");
  const random = pool.toString("hex", used, used + 10);
  used += 10;
  return shape(time + "7" + random.slice(0, 3) + random.slice(3, 19));
}

/** The UUIDv8 that always belongs to these words: the same input twice names the same row. */
export function idOf(...words: string[]): string {
  const hex = hash("sha256", words.join("\u0000"));
  return shape(hex.slice(0, 12) + "8" + hex.slice(13, 32));
}

/** Lays 32 hexadecimal digits out as a UUID and sets the variant bits. */
function shape(hex: string): string {
  const variant = ((Number.parseInt(hex[16] ?? "0", 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}
