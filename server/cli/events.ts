import { dateFormats, type DateFormat } from "../collect/imports/mapping.ts";
import { importEvents } from "../identify/events/import-events.ts";
import { newEventRecorder } from "../identify/events/record-events.ts";
import { Refusal } from "../platform/errors.ts";
import { command } from "./command.ts";
import { findWorkspace } from "./find-workspace.ts";
import { withResources } from "./with-resources.ts";

export const eventsCommand = command({
  name: "events",
  summary: "Imports past events of customers from a CSV file.",
  operands: ["FILE.csv"],
  options: {
    workspace: { value: "NAME", required: true, help: "Workspace that gets the events." },
    event: { value: "COLUMN", help: "Column with what happened." },
    time: { value: "COLUMN", help: "Column with when it happened." },
    "date-format": {
      value: "FORMAT",
      help: `How times are written: ${dateFormats.join(", ")}; default iso.`,
    },
    user: { value: "COLUMN", help: "Column with your ids of the customers." },
    anonymous: { value: "COLUMN", help: "Column with ids of visitors who are not known." },
    email: { value: "COLUMN", help: "Column with e-mail addresses." },
    id: {
      value: "COLUMN",
      help: "Column with the events' own ids; default: a row is itself by its content.",
    },
    json: { help: "Print only JSON." },
  },
  more: [
    "Columns that are not said are found by their usual names: event, user id, timestamp. All others become properties.",
    "FILE.csv may be - for standard input. Importing the same file twice changes nothing.",
    "",
    '  nines events usage.csv --workspace Acme --event Action --user "Account owner" --time When --date-format dmy',
  ].join("\n"),
  async run(values, [file]) {
    const dateFormat = values["date-format"];
    if (dateFormat !== undefined && !isDateFormat(dateFormat))
      throw new Refusal(
        "bad_input",
        `--date-format is "${dateFormat}"; it is one of ${dateFormats.join(", ")}.`,
      );
    await withResources(async (resources) => {
      const workspace = await findWorkspace(resources.database.db, values.workspace);
      const { event, time, user, anonymous, email, id } = values;
      const done = await importEvents(resources, newEventRecorder(resources), workspace.id, {
        file: file === "-" ? process.stdin : file!,
        columns: { event, time, user, anonymous, email, id },
        dateFormat,
        onProgress: process.stderr.isTTY
          ? (rows) => process.stderr.write(`\r\u001b[K${whole(rows)} rows`)
          : undefined,
      });
      if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
      for (const { line, message } of done.failures) process.stderr.write(`  line ${line}: ${message}\n`);
      if (done.failed > done.failures.length)
        process.stderr.write(`  … and ${whole(done.failed - done.failures.length)} more.\n`);
      const said = [
        `Imported ${whole(done.stored)} events into ${workspace.name}.`,
        done.known > 0 ? ` ${whole(done.known)} were there already.` : "",
        done.failed > 0 ? ` ${whole(done.failed)} could not be stored.` : "",
      ];
      process.stdout.write(values.json ? `${JSON.stringify(done)}\n` : `${said.join("")}\n`);
      if (done.stored + done.known === 0) process.exitCode = 1;
    });
  },
});

const isDateFormat = (text: string): text is DateFormat => (dateFormats as readonly string[]).includes(text);
const whole = (count: number) => count.toLocaleString("en");
