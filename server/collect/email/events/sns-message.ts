import { type KeyObject, verify } from "node:crypto";
import { z } from "@hono/zod-openapi";
import type { Amazon } from "./amazon.ts";
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
  SigningCertURL: z.string().max(500),
  SubscribeURL: z.string().max(2_000).optional(),
  Token: z.string().optional(),
});
export type SnsMessage = z.infer<typeof Shape>;

/** Whether an address is that of SNS in the region of a topic: nobody else decides where this server connects to. */
export function isOfSns(address: string, topic: string): boolean {
  const [, partition, region] = /^arn:(aws[a-z-]{0,20}):sns:([a-z0-9-]{1,40}):/.exec(topic) ?? [];
  if (region === undefined || !URL.canParse(address)) return false;
  const host = `sns.${region}.amazonaws.com${partition === "aws-cn" ? ".cn" : ""}`;
  // Letter by letter, so that there is no other port, no user, and no second way to read it.
  return address.startsWith(`https://${host}/`) && new URL(address).href === address;
}

/** Whether an address is that of a certificate of SNS, with nothing behind it. */
function isOfCertificate(address: string, topic: string): boolean {
  return isOfSns(address, topic) && /^https:\/\/[^/]+\/[\w-]{1,200}\.pem$/.test(address);
}

/**
 * Reads a message of SNS that is meant for this topic and signed by Amazon.
 * @throws Refusal for anything else, and `busy` when Amazon's certificate cannot be fetched now
 */
export async function readSnsMessage(
  body: string,
  { topic, amazon, now }: { topic: string; amazon: Amazon; now: Date },
): Promise<SnsMessage> {
  const parsed = Shape.safeParse(parseJson(body));
  if (!parsed.success) refuseUnsigned();
  const message = parsed.data;
  const { SigningCertURL: address, SignatureVersion: version, Signature: signature } = message;
  if (message.TopicArn !== topic || !isOfCertificate(address, topic)) refuseUnsigned();
  // Before anything is fetched for it.
  requireRecent(new Date(message.Timestamp), now);
  const digest = version === "1" ? "sha1" : "sha256";
  if (!isSignedBy(await amazon.keyAt(address), digest, signedText(message), signature)) refuseUnsigned();
  return message;
}

function isSignedBy(key: KeyObject, digest: string, text: string, signature: string): boolean {
  return verify(digest, Buffer.from(text, "utf8"), key, Buffer.from(signature, "base64"));
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

/** JSON, or undefined. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
