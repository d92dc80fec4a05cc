import { planPlay, type PlayPlan } from "../server/act/plays/play-plan.ts";
import type { PlayDefinition } from "../server/act/plays/play-definition.ts";
import { idOf } from "../server/platform/ids.ts";
import { aPlay } from "./a-play.ts";
import type { TestApp } from "./new-test-app.ts";

const day = 24 * 3600 * 1000;

/** One customer in a play, as it came to be. Times are days before now. */
export interface Enrolled {
  arm: "treated" | "holdout";
  /** How long ago they entered; over, unless the play's days say otherwise. */
  entered: number;
  reached?: boolean;
  /** Their answer within the days. */
  score?: number;
  before?: { score?: number; state?: string; plan?: string };
  /** The account that was assigned with all its people. */
  account?: string;
  version?: number;
  revenue?: number;
  currency?: string;
  unsubscribed?: boolean;
  /** Days after entering on which they left. */
  leftAfter?: number;
}

interface StoredPlay {
  name?: string;
  definition?: Partial<PlayDefinition>;
  plan?: Partial<PlayPlan>;
  versions?: Partial<PlayDefinition>[];
  enrolled?: readonly Enrolled[];
  state?: "live" | "paused" | "closed" | "ended";
}

/** So many customers who are alike. */
export function many(n: number, one: Enrolled): Enrolled[] {
  return Array.from({ length: n }, () => one);
}

/** Puts a play with its customers into the tables, as publishing, entering and settling leave it. */
export async function storePlay(
  { pool, clock }: Pick<TestApp, "pool" | "clock">,
  workspaceId: string,
  {
    name = "Show me more",
    definition = {},
    plan = {},
    versions = [],
    enrolled = [],
    state = "live",
  }: StoredPlay,
): Promise<string> {
  const now = clock.now();
  const playId = crypto.randomUUID();
  const play = aPlay({ worth: 0.1, days: 30, holdout: { share: 0.5, reason: null }, ...definition });
  const first = new Date(now.getTime() - 400 * day);
  const planned = { ...planPlay(play, { baseline: 0.2, designEffect: 1, now: first }), ...plan };
  const before = (days: number) => new Date(now.getTime() - days * day);

  const insert = async (table: string, rows: Record<string, unknown>[]) => {
    if (rows.length === 0) return;
    const all = rows.map((row) => Object.assign({ workspace_id: workspaceId }, row));
    const columns = [...new Set(all.flatMap((row) => Object.keys(row)))].join(", ");
    await pool.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(all)],
    );
  };
  await insert("plays", [
    {
      id: playId,
      name,
      state,
      version: 1 + versions.length,
      salt: "s",
      planned,
      live_since: first,
      created_at: first,
    },
  ]);
  await insert(
    "play_versions",
    [play, ...versions.map((other) => ({ ...play, ...other }))].map((each, at) => ({
      play_id: playId,
      number: at + 1,
      definition: each,
      published_at: first,
    })),
  );
  const all = enrolled.map((one, n) => ({ ...one, id: idOf(playId, String(n)) }));
  const dueOf = ({ entered }: Enrolled) => before(entered - play.days);
  await insert(
    "customers",
    all.map(({ id, entered, unsubscribed, leftAfter }) => ({
      id,
      traits:
        leftAfter === undefined
          ? {}
          : {
              churnedAt: before(entered - leftAfter)
                .toISOString()
                .slice(0, 10),
            },
      traits_at: {},
      anonymous: false,
      verified: true,
      created_at: first,
      updated_at: first,
      unsubscribed_at: unsubscribed ? before(entered - 1) : null,
    })),
  );
  await insert(
    "enrolments",
    all.map(({ id, arm, reached = false, before: was = {}, account, version = 1, ...one }) => {
      const isOver = dueOf({ arm, ...one }) <= now;
      return {
        customer_id: id,
        id: idOf(id, "enrolment"),
        play_id: playId,
        version,
        entry: 1,
        unit_id: account === undefined ? id : idOf(playId, account),
        place: arm === "holdout" ? 0.1 : 0.9,
        arm,
        entered_at: before(one.entered),
        score_before: was.score ?? null,
        state_before: was.state ?? null,
        plan_before: was.plan ?? null,
        state: isOver ? "done" : "active",
        result_due: dueOf({ arm, ...one }),
        reached: isOver ? reached : null,
        settled_at: isOver ? now : null,
      };
    }),
  );
  await insert(
    "responses",
    all.flatMap(({ id, entered, score }) =>
      score === undefined
        ? []
        : [
            {
              customer_id: id,
              id: idOf(id, "answer"),
              survey_id: idOf(workspaceId, "survey"),
              score,
              channel: "email",
              at: before(entered - 20),
              received_at: before(entered - 20),
              traits: {},
              state: "confirmed",
              drivers: [],
            },
          ],
    ),
  );
  await insert(
    "purchases",
    all.flatMap(({ id, entered, revenue, currency = "EUR" }) =>
      revenue === undefined
        ? []
        : [{ customer_id: id, id: idOf(id, "purchase"), at: before(entered - 5), revenue, currency }],
    ),
  );
  return playId;
}
