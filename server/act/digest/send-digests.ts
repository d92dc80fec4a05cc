import { localTime, startOfDay } from "../../collect/asking/hours.ts";
import { isSample } from "../../platform/accounts/is-sample.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import { sendMail } from "../../platform/mail/send-mail.ts";
import type { Resources } from "../../platform/resources.ts";
import { readDigestFacts } from "./digest-facts.ts";
import { writeDigest } from "./write-digest.ts";

const morning = 8 * 60;
const monday = 1;
const day = 24 * 3_600_000;

/**
 * Does the job `send-digests`: whoever wants a digest gets one a day, or one on Mondays, from 8:00 on by the clocks of the
 * workspace. That it was sent is written down in the transaction that queues the mail, so that nobody gets two.
 */
export async function sendDigests(resources: Resources): Promise<void> {
  const { database, clock } = resources;
  const { db } = database;
  const now = clock.now();
  const wanting = await db
    .selectFrom("digests as d")
    .innerJoin("members as m", (join) =>
      join.onRef("m.workspaceId", "=", "d.workspaceId").onRef("m.personId", "=", "d.personId"),
    )
    .innerJoin("people as p", "p.id", "d.personId")
    .innerJoin("workspaces as w", "w.id", "d.workspaceId")
    .select(["d.workspaceId", "d.personId", "d.rhythm", "d.sentAt", "p.email", "p.language"])
    .select(["w.name", "w.slug", "w.timeZone"])
    .where("d.rhythm", "!=", "never")
    .execute();
  for (const { rhythm, ...wish } of wanting) {
    if (rhythm === "never" || !isDue({ ...wish, rhythm }, now)) continue;
    await sendOne(resources, { ...wish, rhythm }, now);
  }
}

interface Wish {
  workspaceId: string;
  personId: string;
  rhythm: "daily" | "weekly";
  sentAt: Date | null;
  email: string;
  language: string | null;
  name: string;
  slug: string;
  timeZone: string;
}

function isDue({ rhythm, sentAt, timeZone }: Wish, now: Date): boolean {
  const local = localTime(timeZone, now) ?? localTime("UTC", now)!;
  if (local.minutes < morning || (rhythm === "weekly" && local.weekday !== monday)) return false;
  return sentAt === null || sentAt < startOfDay(timeZone, now);
}

async function sendOne({ database, clock, config }: Resources, wish: Wish, now: Date): Promise<void> {
  const { workspaceId, personId, rhythm, email, language, name, slug, timeZone } = wish;
  const since = new Date(now.getTime() - (rhythm === "daily" ? day : 7 * day));
  const facts = await readDigestFacts(database.reads, clock, { workspaceId, personId, since });
  const place = { workspace: name, timeZone, rhythm, link: `${config.baseUrl}/${slug}` };
  const mail = writeDigest(language, place, facts);
  await inTransaction(database.db, async (db) => {
    const first = startOfDay(timeZone, now);
    const noted = await db
      .updateTable("digests")
      .set({ sentAt: now })
      .where("workspaceId", "=", workspaceId)
      .where("personId", "=", personId)
      .where("rhythm", "=", rhythm)
      .where((eb) => eb.or([eb("sentAt", "is", null), eb("sentAt", "<", first)]))
      .returning("personId")
      .executeTakeFirst();
    if (!noted) return;
    const stays = await isSample(db, workspaceId);
    await sendMail(db, clock, { to: email, personId, workspaceId, stays, ...mail });
  });
}
