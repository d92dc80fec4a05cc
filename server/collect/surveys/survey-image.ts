import { Refusal } from "../../platform/errors.ts";

/** The largest logo, in bytes. */
export const mostImageBytes = 200_000;

const kinds = [
  { type: "image/png", starts: (bytes: Buffer) => bytes.subarray(0, 8).equals(png) },
  { type: "image/jpeg", starts: (bytes: Buffer) => bytes.subarray(0, 3).equals(jpeg) },
  { type: "image/gif", starts: (bytes: Buffer) => /^GIF8[79]a/.test(bytes.toString("latin1", 0, 6)) },
  {
    type: "image/webp",
    starts: (bytes: Buffer) => /^RIFF....WEBP/s.test(bytes.toString("latin1", 0, 12)),
  },
] as const;
const png = Buffer.from("\u0089PNG\r\n\u001a\n", "latin1");
const jpeg = Buffer.from([0xff, 0xd8, 0xff]);

/** The kinds of picture that a logo may be. */
export const imageTypes = kinds.map(({ type }) => type);

/**
 * The kind of a picture by its first bytes, whatever it was said to be. SVG is none: it may hold scripts.
 * @throws Refusal for anything but a small PNG, JPEG, GIF or WebP
 */
export function imageTypeOf(bytes: Buffer): (typeof imageTypes)[number] {
  if (bytes.length > mostImageBytes) {
    throw new Refusal(
      "too_large",
      "This picture is larger than 200 kB. Make it smaller, then upload it again.",
      {
        reason: "image_too_large",
        values: { most: mostImageBytes },
      },
    );
  }
  const kind = kinds.find(({ starts }) => starts(bytes));
  if (!kind) {
    throw new Refusal(
      "bad_input",
      "This is no picture that mails can show. Upload a PNG, JPEG, GIF or WebP.",
      {
        reason: "image_kind",
      },
    );
  }
  return kind.type;
}
