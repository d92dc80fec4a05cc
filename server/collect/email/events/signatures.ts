import { createHmac, createPublicKey, hash, timingSafeEqual, verify } from "node:crypto";
import { Refusal } from "../../../platform/errors.ts";
import { rememberedHours } from "./apply-mail-events.ts";

const aheadMinutes = 15;

/** Refuses what cannot be trusted, without saying what exactly was wrong. */
export function refuseUnsigned(): never {
  throw new Refusal(
    "not_allowed",
    "This event is not signed as it should be. Compare the key in Nines' settings with the provider's.",
  );
}

/** Refuses a signed time that is long ago or ahead: whoever kept an old event must not be able to send it again. */
export function requireRecent(at: Date, now: Date): void {
  const age = now.getTime() - at.getTime();
  if (!(age <= rememberedHours * 3_600_000 && age >= -aheadMinutes * 60_000)) refuseUnsigned();
}

/** Whether two texts are the same, in a time that does not tell how much of them is. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(hash("sha256", a, "buffer"), hash("sha256", b, "buffer"));
}

/** SendGrid's signed event webhook: ECDSA with SHA-256 over the time and the body. */
export function requireSendgridSignature(
  publicKey: string,
  {
    body,
    signature = "",
    timestamp = "",
  }: { body: string; signature: string | undefined; timestamp: string | undefined },
  now: Date,
): void {
  const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
  const isGood =
    /^\d{10,13}$/.test(timestamp) &&
    verify("sha256", Buffer.from(timestamp + body, "utf8"), key, Buffer.from(signature, "base64"));
  if (!isGood) refuseUnsigned();
  requireRecent(new Date(Number(timestamp) * (timestamp.length > 10 ? 1 : 1_000)), now);
}

/** Mailgun signs only a time and a token, so the token is good for one delivery. */
export function requireMailgunSignature(
  key: string,
  { timestamp, token, signature }: { timestamp: string; token: string; signature: string },
  now: Date,
): void {
  const mac = createHmac("sha256", key)
    .update(timestamp + token)
    .digest("hex");
  if (!/^\d{10}$/.test(timestamp) || !sameText(mac, signature.toLowerCase())) refuseUnsigned();
  requireRecent(new Date(Number(timestamp) * 1_000), now);
}

/** Postmark does not sign; it sends a password. */
export function requirePassword(password: string, authorization = ""): void {
  const [, encoded = ""] = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(authorization) ?? [];
  const given = Buffer.from(encoded, "base64").toString("utf8");
  if (!sameText(given.slice(given.indexOf(":") + 1), password)) refuseUnsigned();
}

/** A bearer token. */
export function requireToken(token: string, authorization = ""): void {
  if (!sameText(/^Bearer (\S+)$/i.exec(authorization)?.[1] ?? "", token)) refuseUnsigned();
}
