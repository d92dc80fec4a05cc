import { PlayPlan } from "../../act/plays/play-plan.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { PlayHead, PlayResult, Verdict } from "./play-result.ts";

/** @throws Refusal when the workspace has no such play */
export async function findPlay(db: Database, workspaceId: string, playId: string) {
  const play = await selectPlays(db, workspaceId).where("plays.id", "=", playId).executeTakeFirst();
  if (!play) throw new Refusal("not_found", "There is no such play.");
  return { ...play, plan: readPlan(play.planned) };
}

/** Plays with the name of who decided. */
export function selectPlays(db: Database, workspaceId: string) {
  return db
    .selectFrom("plays")
    .leftJoin("people", "people.id", "plays.decidedBy")
    .select([
      "plays.id",
      "plays.name",
      "plays.state",
      "plays.liveSince",
      "plays.planned",
      "plays.decision",
      "plays.decidedAt",
      "people.name as decidedBy",
    ])
    .where("plays.workspaceId", "=", workspaceId);
}

/** The plan as it was kept; undefined before the first publishing. */
export function readPlan(planned: unknown): PlayPlan | undefined {
  return planned === null ? undefined : PlayPlan.parse(planned);
}

/** What a result says of the play itself. */
export function headOf(play: {
  id: string;
  name: string;
  state: PlayHead["state"];
  liveSince: Date | null;
  decision: PlayHead["decision"];
  decidedAt: Date | null;
  decidedBy: string | null;
}): PlayHead {
  const { id, name, state, liveSince, decision, decidedAt, decidedBy } = play;
  return {
    id,
    name,
    state,
    liveSince: liveSince?.toISOString() ?? null,
    decision,
    decidedAt: decidedAt?.toISOString() ?? null,
    decidedBy,
  };
}

/** What members decided about a play, oldest first. */
export async function readDecisions(
  db: Database,
  workspaceId: string,
  playId: string,
): Promise<PlayResult["decisions"]> {
  const rows = await db
    .selectFrom("playDecisions")
    .leftJoin("people", "people.id", "playDecisions.decidedBy")
    .select(["decision", "at", "people.name as by"])
    .where("workspaceId", "=", workspaceId)
    .where("playId", "=", playId)
    .orderBy("at")
    .execute();
  return rows.map(({ decision, at, by }) => ({ decision, at: at.toISOString(), by }));
}

/** Whether a member can decide: there is a verdict, and nobody has. */
export function isReady({ decision, state }: PlayHead, verdict: Pick<Verdict, "decision">): boolean {
  return decision === null && state !== "ended" && verdict.decision !== "cannot tell";
}
