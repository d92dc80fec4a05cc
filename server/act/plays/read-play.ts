import type { Database } from "../../platform/database/open.ts";
import { countEntered, countSteps } from "./count-enrolments.ts";
import { findPlayProblems } from "./find-play-problems.ts";
import { findPlayRow, type PlayPlace } from "./find-play-row.ts";
import type { PlayDetails } from "./play.ts";
import { readSurroundings } from "./read-surroundings.ts";

/** A play with its draft, what is wrong with it, and who is in it. @throws Refusal when the workspace has no such play */
export async function readPlay(db: Database, play: PlayPlace): Promise<PlayDetails> {
  const row = await findPlayRow(db, play);
  const around = await readSurroundings(db, play.workspaceId);
  const entered = await countEntered(db, play.workspaceId, play.id);
  return {
    id: play.id,
    name: row.name,
    state: row.state,
    version: row.version,
    definition: row.published,
    draft: row.edited,
    basedOn: row.basedOn.toISOString(),
    // How many would enter is counted by a dry run and when it is published: it takes a look at all customers.
    problems: findPlayProblems(row.current, { ...around, eligible: null, perAccount: 1, baseline: null }),
    counts: { ...entered(play.id), steps: await countSteps(db, play) },
    owner: await readPerson(db, row.ownerId),
    createdAt: row.createdAt.toISOString(),
    liveSince: text(row.liveSince),
    endedAt: text(row.endedAt),
    planned: row.planned,
    decision: row.decision,
    decidedAt: text(row.decidedAt),
    overrides: await readOverrides(db, play),
  };
}

const text = (at: Date | null) => at?.toISOString() ?? null;

async function readPerson(db: Database, id: string | null): Promise<PlayDetails["owner"]> {
  if (id === null) return null;
  const person = await db.selectFrom("people").select(["id", "name"]).where("id", "=", id).executeTakeFirst();
  return person ?? null;
}

async function readOverrides(
  db: Database,
  { workspaceId, id }: PlayPlace,
): Promise<PlayDetails["overrides"]> {
  const rows = await db
    .selectFrom("guardOverrides as o")
    .leftJoin("people as p", "p.id", "o.personId")
    .select(["o.version", "o.rule", "o.reason", "o.at", "p.id as personId", "p.name"])
    .where("o.workspaceId", "=", workspaceId)
    .where("o.playId", "=", id)
    .orderBy("o.at", "desc")
    .execute();
  return rows.map(({ at, personId, name, ...row }) =>
    Object.assign(row, {
      at: at.toISOString(),
      person: personId === null ? null : { id: personId, name: name ?? "" },
    }),
  );
}
