import { type Command, UsageError } from "./cli/command.ts";
import { migrateCommand } from "./cli/migrate.ts";
import { serveCommand } from "./cli/serve.ts";
import { Refusal } from "./platform/errors.ts";

export const commands: Command[] = [serveCommand, migrateCommand];

const usage = "Usage: nines COMMAND [options]";
const help = [
  "Nines: Net Promoter Score software whose hero is the passive customer.",
  "",
  usage,
  "",
  "Commands:",
  ...commands.map(({ name, summary }) => `  ${name.padEnd(10)}${summary}`),
  "",
  "nines COMMAND --help tells more about one. Exit codes: 0 done, 1 bad input, 2 not understood.",
].join("\n");

async function main(args: string[]): Promise<void> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    process.stdout.write(`${help}\n`);
    return;
  }
  const command = commands.find((each) => each.name === name);
  if (!command) {
    throw new UsageError(
      `There is no command "${name}"; there are ${commands.map((each) => each.name).join(", ")}.`,
      usage,
    );
  }
  await command.run(rest);
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
