import { rebuildInvitationDays } from "../collect/asking/invitation-days.ts";
import { rebuildScoreDays } from "../collect/rebuild-score-days.ts";
import { rebuildEngagement } from "../identify/engagement/rebuild-engagement.ts";
import { command } from "./command.ts";
import { findWorkspace } from "./find-workspace.ts";
import { withResources } from "./with-resources.ts";

export const rebuildCommand = command({
  name: "rebuild",
  summary: "Counts all answers and events anew; the numbers stay what they are.",
  options: {
    workspace: { value: "NAME", help: "Only this workspace." },
    json: { help: "Print only JSON." },
  },
  more: "Safe at any time, also while the server runs, and answers and events come in.",
  async run({ workspace, json }) {
    await withResources(async (resources) => {
      const { db } = resources.database;
      const one = workspace === undefined ? undefined : await findWorkspace(db, workspace);
      await rebuildScoreDays(db, one?.id ?? null);
      await rebuildInvitationDays(db, one?.id ?? null);
      const workspaces = one ? [one] : await db.selectFrom("workspaces").select("id").orderBy("id").execute();
      for (const { id } of workspaces) await rebuildEngagement(resources, id);
      process.stdout.write(
        json
          ? `${JSON.stringify({ rebuilt: one?.id ?? "all" })}\n`
          : `Counted anew: ${one ? one.name : "all workspaces"}.\n`,
      );
    });
  },
});
