import type { Database } from "../../platform/database/open.ts";
import type { CaseEntry } from "./case.ts";
import type { CaseName } from "./note-change.ts";
import { divideQuoted } from "./divide-quoted.ts";

const mostMails = 200;

/** Mails of the customer, notes and changes of the case, in the order of time. */
export async function readConversation(
  db: Database,
  { workspaceId, customerId, caseId }: CaseName,
): Promise<CaseEntry[]> {
  const messages = await db
    .selectFrom("messages")
    .select(["id", "direction", "state", "subject", "text", "createdAt", "sendAfter", "sentAt"])
    .select(["playId", "caseId", "writtenBy", "sender", "reason"])
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", customerId)
    .where("state", "!=", "cancelled")
    .orderBy("createdAt", "desc")
    .limit(mostMails)
    .execute();
  const notes = await db
    .selectFrom("caseNotes")
    .select(["id", "at", "authorId", "text"])
    .where("customerId", "=", customerId)
    .where("caseId", "=", caseId)
    .execute();
  const changes = await db
    .selectFrom("caseChanges")
    .select(["id", "at", "byId", "what", "fromValue", "toValue"])
    .where("customerId", "=", customerId)
    .where("caseId", "=", caseId)
    .execute();
  const people = [
    ...messages.map(({ writtenBy }) => writtenBy),
    ...notes.map(({ authorId }) => authorId),
    ...changes.flatMap(({ byId, what, fromValue, toValue }) => [
      byId,
      ...(what === "owner" ? [fromValue, toValue] : []),
    ]),
  ].filter((id) => id !== null);
  const names = await readNames(db, workspaceId, people);
  const by = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? "" });
  const entries: CaseEntry[] = [
    // At the same moment a change comes first: a case is opened, then noted in.
    ...changes.map(({ id, at, byId, what, fromValue, toValue }) => ({
      kind: "change" as const,
      id,
      at: at.toISOString(),
      by: by(byId),
      what: what as Extract<CaseEntry, { kind: "change" }>["what"],
      from: what === "owner" && fromValue ? (names.get(fromValue) ?? "") : fromValue,
      to: what === "owner" && toValue ? (names.get(toValue) ?? "") : toValue,
    })),
    ...messages.map((message) => mailEntry(message, by)),
    ...notes.map(({ id, at, authorId, text }) => ({
      kind: "note" as const,
      id,
      at: at.toISOString(),
      by: by(authorId),
      text,
    })),
  ];
  return entries.toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
}

interface Mail {
  id: string;
  direction: "out" | "in";
  state: string;
  subject: string;
  text: string;
  createdAt: Date;
  sendAfter: Date;
  sentAt: Date | null;
  playId: string | null;
  caseId: string | null;
  writtenBy: string | null;
  sender: string | null;
  reason: string | null;
}

function mailEntry(
  { id, direction, state, subject, reason, playId, caseId, ...mail }: Mail,
  by: (id: string | null) => CaseEntry["by"],
): CaseEntry {
  const { text, quoted } = divideQuoted(mail.text, direction);
  return {
    kind: "message",
    id,
    at: (mail.sentAt ?? mail.createdAt).toISOString(),
    direction,
    state,
    subject,
    text,
    quoted,
    by: by(mail.writtenBy),
    from: direction === "in" ? mail.sender : null,
    sendAfter: mail.sendAfter.toISOString(),
    ofPlay: playId,
    ofCase: caseId,
    automatic: direction === "in" && reason === "automatic",
    reason,
  };
}

/** Names of members and of those who were; a name is shown only of somebody who is in this workspace. */
async function readNames(
  db: Database,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("members as m")
    .innerJoin("people as p", "p.id", "m.personId")
    .select(["p.id", "p.name"])
    .where("m.workspaceId", "=", workspaceId)
    .where("p.id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}
