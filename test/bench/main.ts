import { cpus, totalmem } from "node:os";
import { benchEvents } from "./events.ts";
import { benchEngagement } from "./engagement.ts";
import { benchImport } from "./import.ts";
import { benchInbox } from "./inbox.ts";
import { benchInvitations } from "./invitations.ts";
import { benchMoves } from "./moves.ts";
import { benchPage } from "./page-answers.ts";
import { benchPageLoad } from "./page-load.ts";
import { benchProofOnDatabase } from "./proof-database.ts";
import { benchProof } from "./proof.ts";
import { benchPassives } from "./passives.ts";
import { benchPassiveRules } from "./passive-rules.ts";
import { benchPlays } from "./plays.ts";
import { benchResults } from "./results.ts";
import { benchResponses } from "./responses.ts";
import { benchScore } from "./score.ts";
import { benchSegments } from "./segments.ts";
import { benchWidget } from "./widget-size.ts";

/** Each bench gives lines of Markdown for docs/benchmarks.md. */
const benches: Record<string, () => Promise<string>> = {
  events: benchEvents,
  engagement: benchEngagement,
  import: benchImport,
  inbox: benchInbox,
  invitations: benchInvitations,
  moves: benchMoves,
  page: benchPage,
  "page-load": benchPageLoad,
  proof: async () => `${await benchProof()}\n\n${await benchProofOnDatabase()}`,
  passives: benchPassives,
  "passive-rules": benchPassiveRules,
  plays: benchPlays,
  responses: benchResponses,
  results: benchResults,
  score: benchScore,
  segments: benchSegments,
  widget: benchWidget,
};

const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in benches));
if (unknown) {
  process.stderr.write(`There is no bench ${unknown}; there are ${Object.keys(benches).join(", ")}.\n`);
  process.exit(2);
}
process.stdout.write(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? "CPU"}, ${Math.round(totalmem() / 2 ** 30)} GB\n`,
);
for (const [name, run] of Object.entries(benches)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`\n## ${name}\n\n${await run()}\n`);
}
