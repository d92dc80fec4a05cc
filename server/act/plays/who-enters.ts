import { type RawBuilder, sql } from "kysely";
import { isKnown } from "../../collect/asking/audience-condition.ts";
import { stillRests } from "../../collect/asking/contact-budget.ts";
import { compileFilter } from "../../identify/segments/compile-filter.ts";
import { expandFilter } from "../../identify/segments/expand-filter.ts";
import { readKnownSegments } from "../../identify/segments/resolve-filter.ts";
import type { SegmentFilter } from "../../identify/segments/segment-filter.ts";
import type { Database } from "../../platform/database/open.ts";
import type { PermanentHoldout } from "../settings/act-settings.ts";
import { placeInSql } from "./place-in-sql.ts";
import type { PlayAudience, PlayDefinition } from "./play-definition.ts";

/** Why somebody for whom a play is meant does not enter it now, in the order in which it is told. */
export const heldReasons = [
  "entered",
  "permanent_holdout",
  "no_address",
  "unsubscribed",
  "bounced",
  "complaint",
  "higher_priority",
  "rest",
] as const;
export type HeldReason = (typeof heldReasons)[number];

/**
 * The condition that a play is meant for the customer `c` at a moment: somebody known, in its segment, who fits its filter.
 * @param options `among`: the only customers it will be used on, where they are few
 * @throws Refusal when a segment is not there
 */
export async function fitsPlay(
  db: Database,
  { workspaceId, audience }: { workspaceId: string; audience: PlayAudience },
  { now, among }: { now: Date; among?: readonly string[] | undefined },
): Promise<RawBuilder<boolean>> {
  const of: SegmentFilter[] = [];
  if (audience.segment !== null) of.push({ kind: "segment", is: "in", segment: audience.segment });
  if (audience.filter !== null) of.push(audience.filter);
  if (of.length === 0) return sql<boolean>`false`;
  const filter = expandFilter({ kind: "all", of }, await readKnownSegments(db, workspaceId));
  return sql<boolean>`(${isKnown} and ${compileFilter(workspaceId, filter, now, { among })})`;
}

/** A play as whoever looks for who enters it knows it. */
export interface EnteringPlay {
  workspaceId: string;
  id: string;
  definition: PlayDefinition;
}

/**
 * What keeps the customer `c` out of a play at a moment. The same for both arms, and before any of them is drawn, or the two
 * could not be compared: so nothing here looks at whether an enrolment is still active, which differs between arms.
 */
export function reasonsToStayOut(
  { workspaceId, id, definition }: EnteringPlay,
  permanent: PermanentHoldout,
  now: Date,
): Record<HeldReason, RawBuilder<boolean>> {
  const { audience, priority, restDays, stop } = definition;
  // A play that only tells members needs no address.
  const writes = definition.steps.some(({ kind }) => kind === "email" || kind === "ask");
  const where = (condition: RawBuilder<boolean>, holds = writes) => (holds ? condition : sql<boolean>`false`);
  const since =
    audience.again === null
      ? sql`true`
      : sql`e.entered_at > ${now}::timestamptz - ${audience.again.afterDays} * interval '24 hours'`;
  return {
    entered: sql<boolean>`exists (
      select from enrolments e where e.customer_id = c.id and e.play_id = ${id}::uuid and ${since})`,
    permanent_holdout: sql<boolean>`(${placeInSql(workspaceId, permanent.salt, sql`c.id`)} < ${permanent.share}::float8)`,
    no_address: where(sql<boolean>`c.email is null`),
    unsubscribed: where(sql<boolean>`c.unsubscribed_at is not null`),
    bounced: where(sql<boolean>`c.bounced_at is not null`),
    complaint: where(
      sql<boolean>`exists (select from complaints p where p.customer_id = c.id and p.closed_at is null)`,
    ),
    higher_priority: where(
      sql<boolean>`exists (
        select from enrolments e join play_versions v on v.play_id = e.play_id and v.number = e.version
        where e.customer_id = c.id and e.result_due > ${now}::timestamptz and e.play_id <> ${id}::uuid
          and (v.definition ->> 'priority')::integer > ${priority}::integer)`,
      stop.higherPriority,
    ),
    rest: where(stillRests(sql`c.id`, now, restDays)),
  };
}

/** What is assigned for the customer `c`, as text: themselves, or their account with all its people. */
export function unitInSql({ assign }: Pick<PlayDefinition, "assign">): RawBuilder<string> {
  return assign === "account" ? sql<string>`coalesce(c.account_id, c.id)::text` : sql<string>`c.id::text`;
}
