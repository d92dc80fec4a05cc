import { type RawBuilder, sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import type { Audience } from "../surveys/survey-settings.ts";
import { audienceCondition, isKnown } from "./audience-condition.ts";
import type { Segments } from "./segments.ts";

/**
 * The condition that the customer `c` may be asked by this audience at a moment: somebody known, in its segment, who fits
 * its rules.
 * @param options `among`: the only customers it will be used on, where they are few
 * @throws Refusal when a rule cannot be understood, or the segment is not there
 */
export async function fitsAudience(
  db: Database,
  segments: Segments,
  { workspaceId, audience }: { workspaceId: string; audience: Audience },
  options: { now: Date; among?: readonly string[] | undefined },
): Promise<RawBuilder<boolean>> {
  const rules = audienceCondition(workspaceId, audience);
  if (audience.segment === undefined) return sql<boolean>`(${isKnown} and ${rules})`;
  const segment = await segments.condition(db, { workspaceId, id: audience.segment }, options);
  return sql<boolean>`(${isKnown} and ${rules} and ${segment})`;
}
