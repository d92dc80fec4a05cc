import { randomUUID } from "node:crypto";
import type { TestApp } from "./new-test-app.ts";

const at = new Date("2026-10-13T08:00:00Z");

/** Gives a customer one row of each thing that is kept of what people do and what is done with them. */
export async function liveOn(
  { db }: TestApp,
  { workspaceId, customerId, surveyId }: Record<"workspaceId" | "customerId" | "surveyId", string>,
): Promise<void> {
  const own = { workspaceId, customerId };
  const id = () => randomUUID();
  const event = { id: id(), at, receivedAt: at, type: "track" as const, name: "Report Exported" };
  await db
    .insertInto("events")
    .values({ ...own, ...event })
    .execute();
  await db
    .insertInto("eventFolds")
    .values({ workspaceId, customerIds: [customerId], names: ["Report Exported"], times: [at] })
    .execute();
  await db
    .insertInto("purchases")
    .values({ ...own, id: id(), at, revenue: 20 })
    .execute();
  const use = { n: 1, firstAt: at, lastAt: at, long: 1 };
  await db
    .insertInto("featureUse")
    .values({ ...own, name: "Report Exported", ...use })
    .execute();
  await db
    .insertInto("engagement")
    .values({
      ...own,
      firstAt: at,
      lastAt: at,
      short: 1,
      long: 1,
      firstWeek: "2026-10-12",
      weekEvents: [1],
      weekDays: [2],
    })
    .execute();
  await db
    .insertInto("standings")
    .values(own)
    .onConflict((c) => c.column("customerId").doNothing())
    .execute();
  await db
    .insertInto("segmentMoves")
    .values({ ...own, id: id(), segmentId: id(), at, entered: true })
    .execute();
  await db
    .insertInto("contacts")
    .values({ ...own, id: id(), at, kind: "invitation" })
    .execute();
  await db
    .insertInto("complaints")
    .values({ ...own, id: id(), openedAt: at, source: "api" })
    .execute();
  const aside = { surveyId, at, score: 3, reason: "scanner", channel: "email" };
  await db
    .insertInto("setAsides")
    .values({ ...own, id: id(), ...aside })
    .execute();
  await liveInPlays(db, own);
}

/** What plays and the inbox keep of a customer. */
async function liveInPlays(
  db: TestApp["db"],
  own: { workspaceId: string; customerId: string },
): Promise<void> {
  const [enrolmentId, playId, caseId] = [randomUUID(), randomUUID(), randomUUID()];
  const id = () => randomUUID();
  const of = { enrolmentId, playId };
  await db
    .insertInto("enrolments")
    .values({
      ...own,
      id: enrolmentId,
      playId,
      version: 1,
      unitId: own.customerId,
      place: 0.5,
      arm: "treated",
      enteredAt: at,
      resultDue: at,
    })
    .execute();
  await db
    .insertInto("stepRuns")
    .values({ ...own, ...of, id: id(), version: 1, step: "mail", kind: "email", dueAt: at })
    .execute();
  const message = { subject: "Three features", text: "Have a look.", createdAt: at, sendAfter: at };
  await db
    .insertInto("messages")
    .values({ ...own, ...of, ...message, id: id(), caseId, direction: "out", state: "queued" })
    .execute();
  const code = { poolId: id(), codeId: id(), code: "SPRING-1", purpose: "offer" } as const;
  await db
    .insertInto("incentives")
    .values({ ...own, ...of, ...code, id: id(), givenAt: at })
    .execute();
  await db
    .insertInto("cases")
    .values({ ...own, id: caseId, openedBy: "detractor", title: "Invoice number", openedAt: at })
    .execute();
  await db
    .insertInto("caseNotes")
    .values({ ...own, id: id(), caseId, at, authorId: id(), text: "Called." })
    .execute();
  await db
    .insertInto("caseChanges")
    .values({ ...own, id: id(), caseId, at, what: "owner" })
    .execute();
  await db
    .insertInto("deliveries")
    .values({ ...own, id: id(), receiverId: id(), event: "detractor", body: "{}", dueAt: at, createdAt: at })
    .execute();
}
