import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rebuildScoreDays } from "../../server/collect/rebuild-score-days.ts";
import { readOverview } from "../../server/identify/read-overview.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { migrate } from "../../server/platform/database/migrate.ts";
import { type OpenDatabase, openDatabase } from "../../server/platform/database/open.ts";
import { median, spread, table } from "./figures.ts";

const sizes = (process.env.SIZES ?? "100000,10000000").split(",").map(Number);
const rounds = Number(process.env.ROUNDS ?? 31);
const days = 3 * 365;

/** The overview's numbers at two sizes of the same three years: every week, quarter, channel and language. */
export async function benchScore(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
  const postgres = await startEmbedded(folder);
  const database = openDatabase(postgres.url);
  try {
    await migrate(database.pool);
    const workspaces: Workspace[] = [];
    for (const [i, size] of sizes.entries()) workspaces.push(await fill(database, size, i + 1));
    await database.pool.query("vacuum analyze");
    const times = await measure(database, workspaces);
    return report(workspaces, times);
  } finally {
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Workspace {
  id: string;
  size: number;
  rebuildSeconds: number;
}

/** Answers of so many customers, three each, spread over three years. */
async function fill({ db, pool }: OpenDatabase, size: number, number: number): Promise<Workspace> {
  const id = `00000000-0000-4000-8000-00000000000${number}`;
  await pool.query("insert into surveys (workspace_id, id, name, question) values ($1, $1, 'Bench', '?')", [
    id,
  ]);
  const chunk = 500_000;
  for (let from = 0; from < size; from += chunk) {
    await pool.query(
      `insert into responses (workspace_id, customer_id, id, survey_id, score, comment, language, channel, at)
       select $1, md5($2 || '-' || i / 3)::uuid, md5($2 || '/' || i)::uuid, $1, i % 11, 'A comment of usual length.',
         (array['en', 'de', 'fr', 'es', null])[1 + i % 5], (array['email', 'link', 'widget'])[1 + i % 3],
         now() - (i % ${days}) * interval '1 day' - (i % 1440) * interval '1 minute'
       from generate_series($3::int, $4::int) as i`,
      [id, String(number), from, Math.min(size, from + chunk) - 1],
    );
  }
  const start = performance.now();
  await rebuildScoreDays(db, id);
  return { id, size, rebuildSeconds: (performance.now() - start) / 1000 };
}

type Wave = "newest" | "all";

/** The same questions to both in turn, so that the noise of the machine meets both. */
async function measure({ db }: OpenDatabase, workspaces: Workspace[]): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>();
  for (let round = -5; round < rounds; round++) {
    for (const wave of ["newest", "all"] as const) {
      for (const { id } of workspaces) {
        const start = performance.now();
        const overview = await readOverview(db, systemClock, id, wave === "all" ? { wave } : {});
        const time = performance.now() - start;
        if (overview.score.n === 0) throw new Error("The overview is empty.");
        // The first rounds warm up.
        if (round >= 0) times.set(`${wave} ${id}`, [...(times.get(`${wave} ${id}`) ?? []), time]);
      }
    }
  }
  return times;
}

function report(workspaces: Workspace[], times: Map<string, number[]>): string {
  const of = (wave: Wave, { id }: Workspace) => times.get(`${wave} ${id}`)!;
  const rows = workspaces.map((workspace) => [
    workspace.size.toLocaleString("en"),
    spread(of("newest", workspace), 1),
    spread(of("all", workspace), 1),
    workspace.rebuildSeconds.toFixed(1),
  ]);
  const [small, large] = [workspaces[0]!, workspaces.at(-1)!];
  const ratio = (wave: Wave) => (median(of(wave, large)) / median(of(wave, small))).toFixed(2);
  return [
    `Time in the server for all numbers of the overview, from the question to the object that is sent; ${days} days, 3 channels, 4 languages; ${rounds} rounds in turn, median (lowest–highest).`,
    "",
    table(["responses", "newest wave, ms", "all waves, ms", "rebuilding its score days, s"], rows),
    "",
    `Largest / smallest: ${ratio("newest")} for the newest wave, ${ratio("all")} for all.`,
  ].join("\n");
}
