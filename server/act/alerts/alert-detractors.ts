import { selectResponses } from "../../collect/list-responses.ts";
import { currentCustomer } from "../../collect/customers/follow-merges.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Jobs } from "../../platform/jobs/send.ts";
import type { Resources } from "../../platform/resources.ts";
import { caseIdOf } from "../inbox/follow-answers.ts";
import { readInboxSettings } from "../inbox/inbox-settings.ts";
import { casePath } from "./announce-case.ts";
import { findReceivers, writeDeliveries } from "./write-deliveries.ts";

/** What was answered longer ago is history that somebody sends us. */
const recent = 7 * 24 * 3_600_000;
const event = "response.detractor";

/** Tells addresses and Slack channels of each detractor's answer, once, also of one that has become it. */
export async function alertDetractors(
  { database: { db }, clock }: Pick<Resources, "database" | "clock">,
  { workspaceId, responses }: Jobs["response-recorded"],
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
  for (const answer of await readLow(db, workspaceId, responses, upTo)) {
    if (now.getTime() - answer.at.getTime() > recent) continue;
    const { customerId, id, score, comment, name, email, externalId, accountName } = answer;
    const inbox = await readOwnCase(db, customerId, caseIdOf(id));
    await inTransaction(db, (db) =>
      writeDeliveries(db, receivers, {
        workspaceId,
        customerId,
        event,
        about: [id],
        facts: {
          customer: name ?? email ?? externalId,
          account: accountName,
          score,
          title: "",
          comment,
          owner: inbox?.owner ?? null,
          dueAt: inbox?.dueAt ?? null,
          timeZone,
          path: inbox ? casePath(slug, inbox.id) : `/${slug}/responses/${id}`,
        },
        data: null,
        now,
      }),
    );
  }
}

async function readLow(
  db: Database,
  workspaceId: string,
  named: readonly { customerId: string; id: string }[],
  upTo: number,
) {
  const low = [];
  for (const { customerId, id } of named) {
    const row = await selectResponses(db, workspaceId)
      .innerJoin("surveys as s", "s.id", "r.surveyId")
      .where("r.customerId", "in", [customerId, await currentCustomer(db, customerId)])
      .where("r.id", "=", id)
      .where("r.score", "<=", upTo)
      .where("s.anonymous", "=", false)
      .where("r.importId", "is", null)
      .executeTakeFirst();
    if (row) low.push(row);
  }
  return low;
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
