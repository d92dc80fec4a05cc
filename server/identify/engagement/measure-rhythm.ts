import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";
import { commonRhythm, type CommonRhythm, type WeeklySeries } from "../../statistics/common-rhythm.ts";
import { addWeeks, mondayOf, weeksBetween, weeksKept } from "./week.ts";

/** So many customers say what the rhythm is, where there are more. */
const mostAsked = 20_000;

/** The rhythm of a workspace in the whole weeks before this one. */
export interface WorkspaceRhythm extends CommonRhythm {
  /** The Monday of week 0. */
  from: string;
  weeks: number;
}

/**
 * Measures the rhythm of all customers who did something in the weeks that are kept. Of more than 20,000, those whose ids
 * end on so many zeros: always the same ones, whoever comes or goes.
 */
export async function measureRhythm(db: Database, workspaceId: string, now: Date): Promise<WorkspaceRhythm> {
  const from = addWeeks(mondayOf(now), -weeksKept);
  const these = sql`workspace_id = ${workspaceId}::uuid and last_at >= ${from}::date`;
  const { rows: counted } = await sql<{ n: number }>`
    select count(*) as n from engagement where ${these}`.execute(db);
  const times = Math.max(1, 2 ** Math.ceil(Math.log2(counted[0]!.n / mostAsked)));
  const { rows } = await sql<StoredSeries>`
    select first_week as "firstWeek", week_events::text as "weekEvents" from engagement
    where ${these} and (get_byte(uuid_send(customer_id), 14) * 256 + get_byte(uuid_send(customer_id), 15)) % ${times} = 0
    order by customer_id`.execute(db);
  const rhythm = commonRhythm(
    rows.map((row) => seriesOf(row, from)).filter(({ first }) => first < weeksKept),
    weeksKept,
  );
  return { from, weeks: weeksKept, ...inDigits(rhythm) };
}

/** As it is stored, so that what is found from the stored one is the same. */
function inDigits({ level, spread }: CommonRhythm): CommonRhythm {
  return {
    level: level.map((r) => Math.max(0.001, Math.round(r * 1000) / 1000)),
    spread: spread.map((v) => Math.round(v * 100) / 100),
  };
}

/** How weeks are read: arrays as text, because there are very many. */
export interface StoredSeries {
  firstWeek: string;
  weekEvents: string;
}

/** Somebody's weeks in the numbering that begins at `from`; what lies before is left out. */
export function seriesOf({ firstWeek, weekEvents }: StoredSeries, from: string): WeeklySeries {
  const counts = readIntegers(weekEvents);
  const first = weeksBetween(from, firstWeek);
  return first >= 0 ? { first, counts } : { first: 0, counts: counts.subarray(-first) };
}

/** The numbers in `{1,2,3}`, none of them negative. */
function readIntegers(text: string): Int32Array {
  const numbers = new Int32Array(weeksKept);
  let length = 0;
  let number = 0;
  for (let i = 1; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit >= 0 && digit <= 9) number = number * 10 + digit;
    else {
      numbers[length++] = number;
      number = 0;
    }
  }
  return numbers.subarray(0, length);
}
