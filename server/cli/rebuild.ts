import { rebuildScoreDays } from "../collect/rebuild-score-days.ts";
import { command } from "./command.ts";
import { findWorkspace } from "./find-workspace.ts";
import { withResources } from "./with-resources.ts";

export const rebuildCommand = command({
  name: "rebuild",
  summary: "Counts all answers anew; the numbers stay what they are.",
  options: {
    workspace: { value: "NAME", help: "Only this workspace." },
    json: { help: "Print only JSON." },
  },
  more: "Safe at any time, also while the server runs and answers come in.",
  async run({ workspace, json }) {
    await withResources(async ({ database }) => {
      const one = workspace === undefined ? undefined : await findWorkspace(database.db, workspace);
      await rebuildScoreDays(database.db, one?.id ?? null);
      process.stdout.write(
        json
          ? `${JSON.stringify({ rebuilt: one?.id ?? "all" })}\n`
          : `Counted anew: ${one ? one.name : "all workspaces"}.\n`,
      );
    });
  },
});
