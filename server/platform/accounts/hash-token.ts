import { createHash, randomBytes } from "node:crypto";

/** A new secret of 256 random bits, for a link or a key. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** What is stored of a random token. It has 256 bits, so one round of SHA-256 without salt cannot be searched. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}
