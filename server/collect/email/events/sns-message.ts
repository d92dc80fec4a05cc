import { createPublicKey, verify } from "node:crypto";
import { z } from "@hono/zod-openapi";
import { refuseUnsigned, requireRecent } from "./signatures.ts";

/** What Amazon SNS posts. */
const Shape = z.object({
  Type: z.enum(["Notification", "SubscriptionConfirmation", "UnsubscribeConfirmation"]),
  MessageId: z.string().max(200),
  TopicArn: z.string(),
  Subject: z.string().nullish(),
  Message: z.string(),
  Timestamp: z.iso.datetime(),
  SignatureVersion: z.enum(["1", "2"]),
  Signature: z.string(),
  SigningCertURL: z.string(),
  SubscribeURL: z.string().optional(),
  Token: z.string().optional(),
});
export type SnsMessage = z.infer<typeof Shape>;

/** Fetches a text from one of Amazon's own addresses. */
export type FetchText = (url: string) => Promise<string>;

const hostOfSns = /^sns\.[a-z0-9-]{1,40}\.amazonaws\.com(?:\.cn)?$/;

/** Whether an address is Amazon's: nobody else decides where this server connects to. */
export function isOfSns(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname, port, username, password } = new URL(address);
  return (
    protocol === "https:" && hostOfSns.test(hostname) && port === "" && username === "" && password === ""
  );
}

/**
 * Reads a message of SNS that is meant for this topic and signed by Amazon.
 * @throws Refusal for anything else
 */
export async function readSnsMessage(
  body: string,
  { topic, fetchText, now }: { topic: string; fetchText: FetchText; now: Date },
): Promise<SnsMessage> {
  const parsed = Shape.safeParse(parseJson(body));
  if (!parsed.success) refuseUnsigned();
  const message = parsed.data;
  const { SigningCertURL: address, SignatureVersion: version, Signature: signature } = message;
  if (message.TopicArn !== topic || !isOfSns(address) || !new URL(address).pathname.endsWith(".pem"))
    refuseUnsigned();
  const certificate = await fetchText(address);
  const digest = version === "1" ? "sha1" : "sha256";
  if (!isSignedBy(certificate, digest, signedText(message), signature)) refuseUnsigned();
  requireRecent(new Date(message.Timestamp), now);
  return message;
}

function isSignedBy(certificate: string, digest: string, text: string, signature: string): boolean {
  try {
    const key = createPublicKey(certificate);
    return verify(digest, Buffer.from(text, "utf8"), key, Buffer.from(signature, "base64"));
  } catch {
    return false; // What came is no certificate.
  }
}

const signedNames = {
  Notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
  SubscriptionConfirmation: [
    "Message",
    "MessageId",
    "SubscribeURL",
    "Timestamp",
    "Token",
    "TopicArn",
    "Type",
  ],
  UnsubscribeConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
} as const;

/** What the signature is over. */
export function signedText(message: SnsMessage): string {
  return signedNames[message.Type]
    .flatMap((name) => {
      const value = message[name];
      return value === undefined || value === null ? [] : [`${name}\n${value}\n`];
    })
    .join("");
}

const remembered = new Map<string, string>();

/** Fetches from Amazon, certificates only once. */
export async function fetchFromAmazon(address: string): Promise<string> {
  const known = remembered.get(address);
  if (known !== undefined) return known;
  const response = await fetch(address, { redirect: "error", signal: AbortSignal.timeout(10_000) });
  const text = (await response.text()).slice(0, 64 * 1024);
  if (!response.ok) throw new Error(`SNS answered ${response.status}.`);
  if (address.endsWith(".pem") && remembered.size < 100) remembered.set(address, text);
  return text;
}

/** JSON, or undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
