import { selectResponses } from "../../collect/list-responses.ts";
import { currentCustomer } from "../../collect/customers/follow-merges.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Jobs } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";
import { caseIdOf } from "../inbox/follow-answers.ts";
import { readInboxSettings } from "../inbox/inbox-settings.ts";
import { lockCasesOf } from "../inbox/lock-cases.ts";
import { casePath } from "./announce-case.ts";
import { tellAgain } from "./tell-again.ts";
import { findReceivers, writeDeliveries } from "./write-deliveries.ts";

/** What was answered longer ago is history that somebody sends us. */
const recent = 7 * 24 * 3_600_000;
const event = "response.detractor";

/**
 * Tells addresses and Slack channels of each detractor's answer, also of one that has become it; and once more, when the answer
 * says why or another score after they were told.
 */
export async function alertDetractors(
  { database: { db }, clock }: Pick<Resources, "database" | "clock">,
  { workspaceId, responses, isChange = false }: Jobs["response-recorded"],
): Promise<void> {
  if (responses.length === 0) return;
  const receivers = await findReceivers(db, workspaceId, event);
  if (receivers.length === 0) return;
  const now = clock.now();
  const { upTo } = (await readInboxSettings(db, workspaceId)).rules.detractor;
  const { slug, timeZone } = await db
    .selectFrom("workspaces")
    .select(["slug", "timeZone"])
    .where("id", "=", workspaceId)
    .executeTakeFirstOrThrow();
  for (const named of responses) {
    const seen = await readAnswer(db, workspaceId, named);
    if (!seen || now.getTime() - seen.at.getTime() > recent) continue;
    if (seen.score > upTo && !isChange) continue;
    await inTransaction(db, async (db) => {
      // News of one answer wait for each other, and each says what the answer says by then.
      await lockCasesOf(db, seen.customerId);
      const answer = await readAnswer(db, workspaceId, named);
      if (!answer) return;
      const { customerId, id, score, comment, name, email, externalId, accountName } = answer;
      const inbox = await readOwnCase(db, customerId, caseIdOf(id));
      const facts = {
        customer: name ?? email ?? externalId,
        account: accountName,
        score,
        title: "",
        comment,
        owner: inbox?.owner ?? null,
        dueAt: inbox?.dueAt ?? null,
        timeZone,
        path: inbox ? casePath(slug, inbox.id) : `/${slug}/responses/${id}`,
      };
      const news = { workspaceId, customerId, facts, says: { score, comment }, now };
      if (score <= upTo) await writeDeliveries(db, receivers, { ...news, event, about: [id], data: null });
      if (isChange) await tellAgain(db, receivers, { ...news, id, isDetractor: score <= upTo });
    });
  }
}

async function readAnswer(
  db: Database,
  workspaceId: string,
  { customerId, id }: { customerId: string; id: string },
) {
  return selectResponses(db, workspaceId)
    .innerJoin("surveys as s", "s.id", "r.surveyId")
    .where("r.customerId", "in", [customerId, await currentCustomer(db, customerId)])
    .where("r.id", "=", id)
    .where("s.anonymous", "=", false)
    .where("r.importId", "is", null)
    .executeTakeFirst();
}

async function readOwnCase(db: Database, customerId: string, id: string) {
  return db
    .selectFrom("cases as k")
    .leftJoin("people as p", "p.id", "k.ownerId")
    .select(["k.id", "k.dueAt", "p.name as owner"])
    .where("k.customerId", "=", customerId)
    .where("k.id", "=", id)
    .executeTakeFirst();
}
