import { sql } from "kysely";
import { currentCustomer } from "../../collect/customers/follow-merges.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import type { Traits } from "../../platform/database/schema.ts";
import { Refusal } from "../../platform/errors.ts";
import type { RuleName } from "../passives/rule.ts";
import { waveIdOf } from "../wave.ts";
import type { Customer, Standing } from "./customer.ts";
import { readPromoters } from "./read-promoters.ts";

const mostAnswers = 100;

/** One customer with all that is known of them; by an id that was merged, whom it leads to. @throws Refusal when nobody has it */
export async function readCustomer(
  db: Database,
  clock: Clock,
  workspaceId: string,
  named: string,
): Promise<Customer> {
  const id = await currentCustomer(db, named);
  const own = { workspaceId, id };
  const row = await readRow(db, own);
  if (!row) {
    throw new Refusal("not_found", "There is no such customer here; they may have been erased.", {
      reason: "no_such_customer",
    });
  }
  const { traits, traitsAt, accountId, activeAt, firstAt, answeredAt, contactedAt, ...person } = row;
  const standing = await readStanding(db, own);
  return {
    ...person,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    knownSince: earliest(row.createdAt, firstAt, answeredAt).toISOString(),
    unsubscribedAt: text(row.unsubscribedAt),
    bouncedAt: text(row.bouncedAt),
    activeAt: text(activeAt),
    contactedAt: text(contactedAt),
    account: accountId === null ? null : await readAccount(db, workspaceId, accountId),
    traits: traitsOf(traits, traitsAt),
    keys: await readKeys(db, own),
    standing,
    complaints: await readComplaints(db, own),
    segments: await readSegments(db, own),
    answers: await readAnswers(db, own),
    promoters: await readPromoters(db, clock, { ...own, plan: standing?.plan ?? null }),
  };
}

interface Own {
  workspaceId: string;
  id: string;
}

const text = (at: Date | null | undefined) => at?.toISOString() ?? null;

function earliest(first: Date, ...others: (Date | null)[]): Date {
  return others.reduce<Date>((least, each) => (each && each < least ? each : least), first);
}

async function readRow(db: Database, { workspaceId, id }: Own) {
  return db
    .selectFrom("customers as c")
    .leftJoin("engagement as e", "e.customerId", "c.id")
    .select([
      "c.id",
      "c.name",
      "c.email",
      "c.phone",
      "c.externalId",
      "c.language",
      "c.timeZone",
      "c.accountId",
    ])
    .select(["c.traits", "c.traitsAt", "c.anonymous", "c.verified", "c.createdAt", "c.updatedAt"])
    .select(["c.unsubscribedAt", "c.bouncedAt", "e.lastAt as activeAt", "e.firstAt"])
    .select((eb) =>
      eb
        .selectFrom("contacts as k")
        .select(({ fn }) => fn.max("k.at").as("at"))
        .whereRef("k.customerId", "=", "c.id")
        .where("k.kind", "<>", "reminder")
        .as("contactedAt"),
    )
    .select((eb) =>
      eb
        .selectFrom("responses as r")
        .select(({ fn }) => fn.min("r.at").as("at"))
        .whereRef("r.customerId", "=", "c.id")
        .as("answeredAt"),
    )
    .where("c.workspaceId", "=", workspaceId)
    .where("c.id", "=", id)
    .executeTakeFirst();
}

function traitsOf(traits: Traits, traitsAt: Record<string, string>): Customer["traits"] {
  return Object.keys(traits)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .map((name) => {
      const at = Object.hasOwn(traitsAt, name) ? new Date(traitsAt[name]!) : undefined;
      return { name, value: traits[name]!, at: at && !Number.isNaN(at.getTime()) ? at.toISOString() : null };
    });
}

async function readAccount(
  db: Database,
  workspaceId: string,
  accountId: string,
): Promise<Customer["account"]> {
  const row = await db
    .selectFrom("accounts")
    .select(["id", "key", "name", "traits"])
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", accountId)
    .executeTakeFirst();
  if (!row) return null;
  const { n } = await db
    .selectFrom("customers")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("workspaceId", "=", workspaceId)
    .where("accountId", "=", accountId)
    .executeTakeFirstOrThrow();
  return { ...row, customers: n };
}

const shownKeys = /^(id|email|phone|anonymous|claimed):(.*)$/s;

async function readKeys(db: Database, { workspaceId, id }: Own): Promise<Customer["keys"]> {
  const rows = await db
    .selectFrom("customerKeys")
    .select("key")
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", id)
    .orderBy("key")
    .execute();
  // Answers and invitations that programs have named are in there too.
  return rows.flatMap(({ key }) => {
    const [, kind, value = ""] = shownKeys.exec(key) ?? [];
    return kind ? [{ kind: kind as Customer["keys"][number]["kind"], value }] : [];
  });
}

async function readStanding(db: Database, { workspaceId, id }: Own): Promise<Standing | null> {
  const row = await db
    .selectFrom("standings")
    .select(["score", "category", "answeredAt", "answers", "asked", "status", "statusSince", "reasons"])
    .select(["reasonValues", "state", "stateSince", "change", "features", "plan", "revenue", "currency"])
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", id)
    .executeTakeFirst();
  if (!row) return null;
  const { reasons, reasonValues, ...rest } = row;
  return {
    ...rest,
    answeredAt: text(row.answeredAt),
    statusSince: text(row.statusSince),
    reasons: (reasons as RuleName[]).map((rule) => ({ rule, values: reasonValues[rule] ?? {} })),
  };
}

async function readComplaints(db: Database, { workspaceId, id }: Own): Promise<Customer["complaints"]> {
  const rows = await db
    .selectFrom("complaints")
    .select(["id", "openedAt", "note"])
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", id)
    .where("closedAt", "is", null)
    .orderBy("openedAt", "desc")
    .execute();
  const shown = (row: (typeof rows)[number]) => ({ ...row, openedAt: row.openedAt.toISOString() });
  return rows.map(shown);
}

async function readSegments(db: Database, { workspaceId, id }: Own): Promise<Customer["segments"]> {
  const members = await db
    .selectFrom("segmentMembers")
    .select(["segmentId", "since"])
    .where("workspaceId", "=", workspaceId)
    .where("customerId", "=", id)
    .execute();
  if (members.length === 0) return [];
  const names = await db
    .selectFrom("segments")
    .select(["id", "name"])
    .where("workspaceId", "=", workspaceId)
    .where(
      "id",
      "in",
      members.map(({ segmentId }) => segmentId),
    )
    .orderBy("name")
    .execute();
  const since = new Map(members.map((member) => [member.segmentId, member.since]));
  return names.map(({ id, name }) => ({ id, name, since: since.get(id)!.toISOString() }));
}

async function readAnswers(db: Database, { workspaceId, id }: Own): Promise<Customer["answers"]> {
  const { rows } = await sql<{
    id: string;
    surveyId: string;
    survey: string;
    at: Date;
    score: number;
    channel: string;
    sentAt: Date | null;
  }>`
    select r.id, r.survey_id as "surveyId", s.name as survey, r.at, r.score, r.channel, i.sent_at as "sentAt"
    from responses r join surveys s on s.id = r.survey_id
      left join invitations i on i.customer_id = r.customer_id and i.id = r.invitation_id
    where r.workspace_id = ${workspaceId}::uuid and r.customer_id = ${id}::uuid
    order by r.at desc, r.id desc limit ${mostAnswers}`.execute(db);
  const shown = ({ surveyId, survey, at, sentAt, ...row }: (typeof rows)[number]) => ({
    ...row,
    survey: { id: surveyId, name: survey },
    wave: waveIdOf(at.toISOString()),
    at: at.toISOString(),
    sentAt: text(sentAt),
  });
  return rows.map(shown);
}
