import { sql } from "kysely";
import { shippedTexts } from "../../collect/texts/shipped-texts.ts";
import { renderText } from "../../collect/texts/render-text.ts";
import type { Database } from "../../platform/database/open.ts";
import { type CaseDetails, checklistItems } from "./case.ts";
import { findCase } from "./find-case.ts";
import { findSilence } from "./find-silence.ts";
import { readListedCase } from "./list-cases.ts";
import { readConversation } from "./read-conversation.ts";
import { findSimilar } from "./similar-answers.ts";

const mostAnswers = 20;

/** A case with all that somebody needs who is to reply. @throws Refusal when the workspace has none of this id */
export async function readCase(
  db: Database,
  workspaceId: string,
  id: string,
  now: Date,
): Promise<CaseDetails> {
  const found = await findCase(db, workspaceId, id);
  const { customerId } = found;
  const own = { workspaceId, customerId };
  const [listed, customer, answers, conversation, silence] = [
    await readListedCase(db, found),
    await readPerson(db, own),
    await readAnswers(db, own),
    await readConversation(db, { ...own, caseId: id }),
    await findSilence(db, own, found.responseId),
  ];
  const answer =
    answers.find((each) => each.id === found.responseId) ?? (await readAnswer(db, own, found.responseId));
  const language = answer?.language ?? customer.language ?? "en";
  return {
    case: listed,
    customer,
    answer,
    answers: answers.map(({ id, at, score, comment }) => ({ id, at, score, comment })),
    conversation,
    checklist: await readChecklist(db, found),
    similar: await findSimilar(db, { ...own, comment: answer?.comment ?? null }, now),
    reply: {
      silence,
      language,
      greeting: greetingOf(language, customer.name),
      subject: subjectOf(conversation),
    },
  };
}

type Found = Awaited<ReturnType<typeof findCase>>;
interface Own {
  workspaceId: string;
  customerId: string;
}

async function readPerson(db: Database, { workspaceId, customerId }: Own): Promise<CaseDetails["customer"]> {
  const row = await db
    .selectFrom("customers as c")
    .leftJoin("standings as s", "s.customerId", "c.id")
    .leftJoin("accounts as a", (join) =>
      join.onRef("a.id", "=", "c.accountId").on("a.workspaceId", "=", workspaceId),
    )
    .select(["c.id", "c.name", "c.email", "c.phone", "c.externalId", "c.language", "c.traits"])
    .select(["c.unsubscribedAt", "s.revenue", "s.currency", "s.state as activity", "s.change", "s.plan"])
    .select([
      "a.id as accountId",
      "a.name as accountName",
      "a.key as accountKey",
      "a.traits as accountTraits",
    ])
    .where("c.workspaceId", "=", workspaceId)
    .where("c.id", "=", customerId)
    .executeTakeFirstOrThrow();
  const { accountId, accountName, accountKey, accountTraits, unsubscribedAt, ...person } = row;
  return {
    ...person,
    unsubscribedAt: unsubscribedAt?.toISOString() ?? null,
    account:
      accountId === null
        ? null
        : {
            id: accountId,
            name: accountName ?? accountKey,
            customers: await countCustomers(db, workspaceId, accountId),
            traits: accountTraits ?? {},
          },
  };
}

async function countCustomers(db: Database, workspaceId: string, accountId: string): Promise<number> {
  const { n } = await db
    .selectFrom("customers")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("workspaceId", "=", workspaceId)
    .where("accountId", "=", accountId)
    .executeTakeFirstOrThrow();
  return n;
}

function selectAnswers(db: Database, { workspaceId, customerId }: Own) {
  return db
    .selectFrom("responses as r")
    .innerJoin("surveys as s", "s.id", "r.surveyId")
    .select([
      "r.id",
      "s.name as survey",
      "r.at",
      "r.score",
      "r.comment",
      "r.language",
      "r.channel",
      "r.drivers",
    ])
    .where("r.workspaceId", "=", workspaceId)
    .where("r.customerId", "=", customerId);
}

async function readAnswers(db: Database, own: Own) {
  const rows = await selectAnswers(db, own)
    .orderBy("r.at", "desc")
    .orderBy("r.id", "desc")
    .limit(mostAnswers)
    .execute();
  return rows.map((row) => Object.assign(row, { at: row.at.toISOString() }));
}

async function readAnswer(db: Database, own: Own, id: string | null) {
  if (id === null) return null;
  const row = await selectAnswers(db, own).where("r.id", "=", id).executeTakeFirst();
  return row ? { ...row, at: row.at.toISOString() } : null;
}

async function readChecklist(
  db: Database,
  { customerId, openedAt, firstReplyAt, checklist }: Found,
): Promise<CaseDetails["checklist"]> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(at) as at from contacts where customer_id = ${customerId}::uuid and at > ${openedAt} and kind <> 'reminder'`.execute(
    db,
  );
  const done: Record<(typeof checklistItems)[number], string | null> = {
    read: checklist.read ?? null,
    first_reply: firstReplyAt?.toISOString() ?? null,
    confirmed: checklist.confirmed ?? null,
    cause: checklist.cause ?? null,
    asked_again: rows[0]?.at?.toISOString() ?? null,
  };
  return checklistItems.map((item) => ({ item, doneAt: done[item] }));
}

/** How a mail begins, in the language of whoever gets it; in English where we have no words for it. */
export function greetingOf(language: string, name: string | null): string {
  const tag = language.toLowerCase();
  const texts = shippedTexts[tag] ?? shippedTexts[tag.split("-")[0]!] ?? shippedTexts.en!;
  const firstName = name?.trim().split(/\s+/)[0];
  return renderText(texts.wording.email.greeting, { customer: { name, firstName } });
}

/** A reply goes on with the last mail's subject. */
function subjectOf(conversation: CaseDetails["conversation"]): string {
  const last = conversation.findLast((entry) => entry.kind === "message");
  if (last?.kind !== "message" || last.subject === "") return "";
  return /^\s*(re|aw|antw|sv|rif|odp)\s*:/i.test(last.subject) ? last.subject : `Re: ${last.subject}`;
}
