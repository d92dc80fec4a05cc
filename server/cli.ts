import { type Command, UsageError } from "./cli/command.ts";
import { nearNames } from "./cli/near-names.ts";
import { Refusal } from "./platform/errors.ts";

/** Each is loaded when it is asked for: `report` needs no server. */
export const commands: Record<string, () => Promise<Command>> = {
  serve: async () => (await import("./cli/serve.ts")).serveCommand,
  demo: async () => (await import("./cli/demo.ts")).demoCommand,
  init: async () => (await import("./cli/init.ts")).initCommand,
  import: async () => (await import("./cli/import.ts")).importCommand,
  events: async () => (await import("./cli/events.ts")).eventsCommand,
  export: async () => (await import("./cli/export.ts")).exportCommand,
  report: async () => (await import("./cli/report.ts")).reportCommand,
  migrate: async () => (await import("./cli/migrate.ts")).migrateCommand,
  rebuild: async () => (await import("./cli/rebuild.ts")).rebuildCommand,
};

const usage = "Usage: nines COMMAND [options]";
async function writeHelp(): Promise<string> {
  const all = await Promise.all(Object.values(commands).map((load) => load()));
  return [
    "Nines: Net Promoter Score software whose hero is the passive customer.",
    "",
    usage,
    "",
    "Commands:",
    ...all.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`),
    "",
    "nines COMMAND --help tells more about one. Exit codes: 0 done, 1 bad input, 2 not understood.",
    "",
  ].join("\n");
}

async function main(args: string[]): Promise<void> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(await writeHelp());
    return;
  }
  if (!Object.hasOwn(commands, name)) {
    const near = nearNames(name, Object.keys(commands));
    const hint =
      near.length > 0
        ? `did you mean ${near.join(" or ")}?`
        : `there are ${Object.keys(commands).join(", ")}.`;
    throw new UsageError(`There is no command "${name}"; ${hint}`, usage);
  }
  await (await commands[name]!()).run(rest);
}

// `nines export … | head` closes our output early; that is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

try {
  await main(process.argv.slice(2));
} catch (error) {
  process.exitCode = error instanceof UsageError ? 2 : 1;
  process.stderr.write(`${sentences(error)}\n`);
}

function sentences(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n${error.usage}`;
  if (error instanceof Refusal) return error.message;
  return `Nines met an error it does not know: ${error instanceof Error ? error.stack : String(error)}`;
}
