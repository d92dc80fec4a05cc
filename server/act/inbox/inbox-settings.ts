import { randomBytes } from "node:crypto";
import { z } from "@hono/zod-openapi";
import { nameText } from "../../collect/response.ts";
import type { Database } from "../../platform/database/open.ts";
import { inTransaction } from "../../platform/database/in-transaction.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Resources } from "../../platform/resources.ts";
import { BusinessHours } from "./business-hours.ts";

/** How the inbox of a workspace works. */
export const InboxSettings = z
  .strictObject({
    hours: BusinessHours.describe("By the time zone of the workspace."),
    replyHours: z.number().min(0.25).max(400).describe("Business hours within which somebody replies."),
    owner: z
      .enum(["account_owner", "in_turn", "nobody"])
      .describe("Who gets a new case. account_owner: whom the trait names, else the next in turn."),
    ownerTrait: nameText(100).describe(
      "Of the account, else of the customer; it holds a member's address or name.",
    ),
    turn: z
      .array(z.uuid("is not the id of a member"))
      .max(100)
      .transform((people) => [...new Set(people)])
      .describe("Who takes turns; empty: all members who may reply."),
    rules: z.strictObject({
      detractor: z.strictObject({
        enabled: z.boolean(),
        upTo: z.int().min(0).max(6).describe("The highest score that opens a case."),
      }),
      cooling: z.strictObject({
        enabled: z.boolean(),
        top: z.number().gt(0).max(1).describe("Of the customers by revenue: 0.2 is the top fifth."),
        mostADay: z.int().min(1).max(1_000).describe("The most cases it opens a day; most revenue first."),
      }),
      reply: z.strictObject({ enabled: z.boolean() }),
    }),
  })
  .openapi("InboxSettings");
export type InboxSettings = z.infer<typeof InboxSettings>;

/** As shipped. */
export const standardInbox: InboxSettings = {
  hours: { from: "09:00", to: "17:00", days: [1, 2, 3, 4, 5] },
  replyHours: 8,
  owner: "account_owner",
  ownerTrait: "owner",
  turn: [],
  rules: {
    detractor: { enabled: true, upTo: 6 },
    cooling: { enabled: true, top: 0.2, mostADay: 20 },
    reply: { enabled: true },
  },
};

/**
 * The settings of a workspace's inbox; as shipped until somebody changes them. Who was chosen to take turns and may not reply any
 * more is left out; with the last of them gone, all who may reply take turns.
 */
export async function readInboxSettings(db: Database, workspaceId: string): Promise<InboxSettings> {
  const row = await db
    .selectFrom("actSettings")
    .select("inbox")
    .where("workspaceId", "=", workspaceId)
    .executeTakeFirst();
  const stored = InboxSettings.safeParse(row?.inbox);
  if (!stored.success) return standardInbox;
  const { turn } = stored.data;
  const known = await whoMayReply(db, workspaceId, turn);
  return { ...stored.data, turn: turn.filter((id) => known.has(id)) };
}

/** Changes them; cases that are open keep their time. @throws Refusal when somebody who is to take turns is no member */
export async function saveInboxSettings(
  { database, clock }: Pick<Resources, "database" | "clock">,
  { workspaceId, personId = null }: { workspaceId: string; personId?: string | null | undefined },
  settings: InboxSettings,
): Promise<void> {
  await inTransaction(database.db, async (db) => {
    await refuseStrangers(db, workspaceId, settings.turn);
    const changed = { inbox: JSON.stringify(settings), updatedBy: personId, updatedAt: clock.now() };
    await db
      .insertInto("actSettings")
      .values({ workspaceId, permanentSalt: randomBytes(16).toString("hex"), ...changed })
      .onConflict((c) => c.column("workspaceId").doUpdateSet(changed))
      .execute();
  });
}

async function refuseStrangers(db: Database, workspaceId: string, people: readonly string[]): Promise<void> {
  const known = await whoMayReply(db, workspaceId, people);
  const stranger = people.findIndex((id) => !known.has(id));
  if (stranger < 0) return;
  const message = "is not a member of this workspace who may reply; choose editors, admins or owners";
  throw new Refusal("bad_input", `turn.${stranger}: ${message}.`, {
    problems: [{ path: `turn.${stranger}`, message, reason: "no_such_member" }],
  });
}

async function whoMayReply(
  db: Database,
  workspaceId: string,
  people: readonly string[],
): Promise<Set<string>> {
  if (people.length === 0) return new Set();
  const members = await db
    .selectFrom("members")
    .select("personId")
    .where("workspaceId", "=", workspaceId)
    .where("personId", "in", people)
    .where("role", "!=", "viewer")
    .execute();
  return new Set(members.map(({ personId }) => personId));
}
