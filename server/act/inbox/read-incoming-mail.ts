import PostalMime, { type Email } from "postal-mime";
import { storableText } from "../../collect/response.ts";
import { plainText } from "./plain-text.ts";

/** A mail that somebody sent to us. */
export interface IncomingMail {
  /** Without its angle brackets. */
  messageId: string | null;
  /** Message-IDs that it answers, the nearest first, and addresses that it came to. */
  answers: string[];
  recipients: string[];
  from: { address: string; name: string };
  subject: string;
  text: string;
  /** Written by a machine: nobody waits for an answer to it (RFC 3834). */
  isAutomatic: boolean;
}

const longestText = 50_000;
const longestSubject = 500;
/** Attachments are not kept, and what a mail says stands before them. */
const longestMail = 2 * 1024 * 1024;

/** Reads a mail; undefined when it is none. Its text is text: HTML is never kept. */
export async function readIncomingMail(raw: Uint8Array): Promise<IncomingMail | undefined> {
  const mail = await PostalMime.parse(raw.subarray(0, longestMail), { maxNestingDepth: 20 }).catch(
    () => undefined,
  );
  const from = mail?.from?.address?.toLowerCase();
  if (!mail || !from) return undefined;
  const text = mail.text?.trim() ? mail.text : plainText(mail.html ?? "");
  return {
    messageId: idsIn(mail.messageId)[0] ?? null,
    answers: [...idsIn(mail.inReplyTo), ...idsIn(mail.references).toReversed()],
    recipients: recipientsOf(mail),
    from: { address: from.slice(0, 320), name: oneLine(mail.from?.name ?? "").slice(0, 200) },
    subject: oneLine(mail.subject ?? "").slice(0, longestSubject),
    text: storableText(text.slice(0, longestText)).trim(),
    isAutomatic: isAutomatic(mail),
  };
}

function recipientsOf(mail: Email): string[] {
  const named = [...(mail.to ?? []), ...(mail.cc ?? [])].flatMap(({ address }) => (address ? [address] : []));
  const delivered = ["delivered-to", "x-original-to", "envelope-to", "x-forwarded-to"].flatMap((name) =>
    valuesOf(mail, name).map((value) => value.replace(/^.*<|>.*$/g, "")),
  );
  return [...delivered, ...named].slice(0, 100);
}

const valuesOf = ({ headers }: Email, name: string) =>
  headers.filter(({ key }) => key === name).map(({ value }) => value.trim());

function idsIn(text: string | undefined): string[] {
  return [...(text ?? "").slice(0, 20_000).matchAll(/<([^<>\s]{3,500})>/g)].map(([, id]) => id!);
}

const away =
  /^\s*(auto(matic)?[ -]?(reply|response)|automatische (antwort|rückmeldung)|out of (the )?office|abwesen|ich bin (derzeit |zurzeit )?(nicht|abwesend)|r[ée]ponse automatique|absence|respuesta autom|risposta automatica|automatisch antwoord|resposta autom)/i;

function isAutomatic(mail: Email): boolean {
  const [submitted = "no"] = valuesOf(mail, "auto-submitted");
  if (!/^no\b/i.test(submitted)) return true;
  const [precedence = ""] = valuesOf(mail, "precedence");
  if (/^(auto_reply|bulk|junk|list)\b/i.test(precedence)) return true;
  const marks = ["x-autoreply", "x-autorespond", "x-auto-reply", "list-id", "x-failed-recipients"];
  if (marks.some((name) => valuesOf(mail, name).length > 0)) return true;
  const [path = ""] = valuesOf(mail, "return-path");
  return path === "<>" || away.test(mail.subject ?? "");
}

function oneLine(text: string): string {
  return storableText(text)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .trim();
}
