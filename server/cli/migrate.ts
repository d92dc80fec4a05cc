import { readConfig } from "../platform/config.ts";
import { startEmbedded } from "../platform/database/embedded.ts";
import { migrate } from "../platform/database/migrate.ts";
import { openDatabase } from "../platform/database/open.ts";
import { command } from "./command.ts";

export const migrateCommand = command({
  name: "migrate",
  summary: "Brings the database to this version's schema; `serve` does so by itself.",
  options: { json: { help: "Print only JSON." } },
  async run({ json }) {
    const { databaseUrl, dataDir } = readConfig(process.env);
    const own = databaseUrl ? undefined : await startEmbedded(dataDir, { guest: true });
    const database = openDatabase(databaseUrl ?? own?.url ?? "");
    try {
      const applied = await migrate(database.pool);
      if (json) process.stdout.write(`${JSON.stringify({ applied })}\n`);
      else
        process.stdout.write(
          applied.length === 0 ? "The schema is up to date.\n" : `Applied ${applied.join(", ")}.\n`,
        );
    } finally {
      await database.close();
      await own?.stop();
    }
  },
});
