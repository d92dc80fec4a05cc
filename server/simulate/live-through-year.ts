import { evaluateEngagement } from "../identify/engagement/evaluate-engagement.ts";
import { foldEvents } from "../identify/engagement/fold-events.ts";
import type { EventRecorder } from "../identify/events/record-events.ts";
import { refreshStandings } from "../identify/passives/refresh-standings.ts";
import type { Database } from "../platform/database/open.ts";
import { Refusal } from "../platform/errors.ts";
import type { Jobs } from "../platform/jobs/send.ts";
import type { Resources } from "../platform/resources.ts";
import { simulateBehaviour } from "./behaviour/simulate-behaviour.ts";
import { nameEvents } from "./name-events.ts";
import { simulateCompany } from "./simulate-company.ts";
import { storeBehaviour } from "./store-behaviour.ts";

const week = 7 * 24 * 3600 * 1000;

/**
 * Stores what the sample's customers did in the year before it was loaded, and finds where each of them stands. Where an
 * earlier try was ended in the middle, it goes on from there. Ends early where the sample was deleted meanwhile.
 */
export async function liveThroughYear(
  resources: Pick<Resources, "database" | "clock">,
  recorder: EventRecorder,
  { workspaceId, now, customers }: Jobs["live-through-year"],
  signal?: AbortSignal,
): Promise<void> {
  const { database, clock } = resources;
  const { db } = database;
  const loaded = new Date(now);
  const company = simulateCompany({ now: loaded, customers, comments: false });
  const behaviour = simulateBehaviour(company, { now: loaded });
  try {
    if (!(await nameEvents(db, workspaceId, loaded))) return;
    const from = await newestEvent(db, workspaceId);
    await storeBehaviour(recorder, workspaceId, since(behaviour.events(), from.getTime() - week), { signal });
  } catch (error) {
    if (error instanceof Refusal && error.code === "not_found") return;
    throw error;
  }
  await foldEvents(resources, workspaceId);
  await evaluateEngagement(resources, workspaceId, signal);
  await refreshStandings(db, clock, workspaceId, undefined, signal);
}

async function newestEvent(db: Database, workspaceId: string): Promise<Date> {
  const row = await db
    .selectFrom("events")
    .select((of) => of.fn.max("at").as("at"))
    .where("workspaceId", "=", workspaceId)
    .executeTakeFirst();
  return row?.at ?? new Date(0);
}

function* since<Event extends { at: Date }>(events: Iterable<Event>, from: number): Generator<Event> {
  for (const event of events) if (event.at.getTime() >= from) yield event;
}
