import PostalMime, { type Email } from "postal-mime";
import { saysNoSuchAddress } from "../sort-failure.ts";
import type { InvitationMessage } from "../message-id.ts";
import { type MailEvent, messageIn, plainDetail } from "./mail-event.ts";

/** What a mail to the bounce address says. */
export interface BounceMail {
  events: MailEvent[];
  /** The token of somebody who unsubscribes by mail. */
  unsubscribe?: string;
}

const longestPart = 64 * 1024;
/** Reports bring back a mail of ours, which is a fifth of this. Anybody can send more, and reading takes its time. */
const longestMail = 256 * 1024;

/**
 * Reads a mail to the bounce address: a report of delivery (RFC 3464), a complaint (RFC 5965), or somebody who
 * unsubscribes. Anybody can write to that address, so only the Message-ID counts, which nobody can guess.
 */
export async function readBounceMail(raw: Uint8Array): Promise<BounceMail> {
  const mail = await PostalMime.parse(raw.subarray(0, longestMail), { maxNestingDepth: 20 }).catch(
    () => undefined,
  );
  if (!mail) return { events: [] };
  const unsubscribe = /^\s*unsubscribe\s+([\w-]{67})\s*$/i.exec(mail.subject ?? "")?.[1];
  if (unsubscribe) return { events: [], unsubscribe };
  const message = messageIn(...returnedHeaders(mail));
  if (!message) return { events: [] };
  const complaint = partOf(mail, "message/feedback-report");
  if (complaint !== undefined) return { events: complaintIn(complaint, message) };
  const report = partOf(mail, "message/delivery-status");
  return { events: report === undefined ? [] : bouncesIn(report, message) };
}

/** The headers of our mail, which the report brings back, one by one. */
function returnedHeaders(mail: Email): string[] {
  const part =
    partOf(mail, "message/rfc822") ??
    partOf(mail, "text/rfc822-headers") ??
    partOf(mail, "message/rfc822-headers");
  const headers = part?.split(/\r?\n\r?\n/)[0]?.replaceAll(/\r?\n[ \t]+/g, " ") ?? "";
  return headers.split(/\r?\n/).filter((line) => /^(x-nines-invitation|message-id):/i.test(line));
}

function complaintIn(report: string, message: InvitationMessage): MailEvent[] {
  const [fields = new Map<string, string>()] = fieldGroups(report);
  const type = fields.get("feedback-type")?.toLowerCase();
  if (type === "not-spam") return [];
  const kind = type === "opt-out" ? "unsubscribe" : "complaint";
  return [{ kind, message, detail: plainDetail(type) }];
}

function bouncesIn(report: string, message: InvitationMessage): MailEvent[] {
  // The first group is about the report; each other one about a recipient. Ours have one.
  const recipient = fieldGroups(report).find((fields) => fields.has("action"));
  const action = recipient?.get("action")?.toLowerCase();
  if (!recipient || (action !== "failed" && action !== "delayed")) return [];
  const [status = "", diagnostic = ""] = [recipient.get("status"), recipient.get("diagnostic-code")];
  const isGone = action === "failed" && (saysNoSuchAddress(status) || saysNoSuchAddress(diagnostic));
  return [{ kind: isGone ? "hard_bounce" : "soft_bounce", message, detail: plainDetail(status, diagnostic) }];
}

/** Groups of header-like fields with empty lines between them; the names in small letters. */
function fieldGroups(text: string): Map<string, string>[] {
  return text.split(/\r?\n(?:[ \t]*\r?\n)+/).map((group) => {
    const lines = group.replaceAll(/\r?\n[ \t]+/g, " ").split(/\r?\n/);
    return new Map(
      lines.flatMap((line) => {
        const [, name, value] = /^([\w-]+):\s*(.*)$/.exec(line) ?? [];
        return name === undefined || value === undefined ? [] : [[name.toLowerCase(), value] as const];
      }),
    );
  });
}

function partOf({ attachments }: Email, type: string): string | undefined {
  const content = attachments.find(({ mimeType }) => mimeType.toLowerCase() === type)?.content;
  if (content === undefined) return undefined;
  return (typeof content === "string" ? content : new TextDecoder().decode(content)).slice(0, longestPart);
}
