import { importFile } from "../collect/imports/import-file.ts";
import type { Import } from "../collect/imports/import.ts";
import { listFailures } from "../collect/imports/list-failures.ts";
import { dateFormats, type DateFormat } from "../collect/imports/mapping.ts";
import type { Database } from "../platform/database/open.ts";
import { Refusal } from "../platform/errors.ts";
import { command } from "./command.ts";
import { findWorkspace } from "./find-workspace.ts";
import { withResources } from "./with-resources.ts";

export const importCommand = command({
  name: "import",
  summary: "Imports past answers from a CSV file.",
  operands: ["FILE.csv"],
  options: {
    workspace: { value: "NAME", required: true, help: "Workspace that gets the answers." },
    survey: { value: "NAME", help: "Survey they belong to, made when absent; default: the oldest live one." },
    score: { value: "COLUMN", help: "Column with the answers, 0 to 10." },
    "no-answer": { value: "CODE", many: true, help: "Code that means no answer, e.g. 11; may be repeated." },
    comment: { value: "COLUMN", help: "Column with comments." },
    email: { value: "COLUMN", help: "Column with e-mail addresses." },
    id: { value: "COLUMN", help: "Column with your ids of the customers." },
    phone: { value: "COLUMN", help: "Column with phone numbers." },
    name: { value: "COLUMN", help: "Column with names, or first names." },
    "last-name": { value: "COLUMN", help: "Column with last names, where they are apart." },
    "account-id": { value: "COLUMN", help: "Column with your ids of the companies." },
    "account-name": { value: "COLUMN", help: "Column with the names of the companies." },
    date: { value: "COLUMN", help: "Column with the dates of the answers." },
    "date-format": { value: "FORMAT", help: `How dates are written: ${dateFormats.join(", ")}.` },
    "default-date": {
      value: "DAY",
      help: "Day of the answers where there is no date column; default today.",
    },
    language: { value: "COLUMN", help: "Column with languages." },
    "default-language": { value: "CODE", help: "Language where the column is blank or absent." },
    channel: { value: "COLUMN", help: "Column with channels." },
    "default-channel": {
      value: "NAME",
      help: "Channel where the column is blank or absent; default import.",
    },
    weight: { value: "COLUMN", help: "Column with weights." },
    "decimal-comma": { help: "Weights are written 0,5." },
    "response-id": {
      value: "COLUMN",
      help: "Column with the answers' own ids; default: a row is itself by its content.",
    },
    trait: {
      value: "COLUMN",
      many: true,
      help: "Column that becomes a trait; may be repeated. Default: all that are left.",
    },
    json: { help: "Print only JSON." },
  },
  more: [
    "What is not said is guessed from the names and first values of the columns. FILE.csv may be - for standard input.",
    "Importing the same file twice changes nothing.",
    "",
    "  nines import 2017.csv --workspace SFO --score NETPRO --no-answer 11 --weight WEIGHT --default-date 2017-05-15",
  ].join("\n"),
  async run(values, [file]) {
    const dateFormat = values["date-format"];
    if (dateFormat !== undefined && !isDateFormat(dateFormat))
      throw new Refusal(
        "bad_input",
        `--date-format is "${dateFormat}"; it is one of ${dateFormats.join(", ")}.`,
      );
    await withResources(async (resources) => {
      const { db } = resources.database;
      const workspace = await findWorkspace(db, values.workspace);
      const done = await importFile(resources, {
        workspaceId: workspace.id,
        file: file === "-" ? process.stdin : file!,
        surveyName: values.survey,
        mapping: {
          score: values.score,
          noAnswer: values["no-answer"].length > 0 ? values["no-answer"] : undefined,
          comment: values.comment,
          email: values.email,
          externalId: values.id,
          phone: values.phone,
          name: values.name,
          lastName: values["last-name"],
          accountId: values["account-id"],
          accountName: values["account-name"],
          date: values.date,
          dateFormat,
          defaultDate: values["default-date"],
          language: values.language,
          defaultLanguage: values["default-language"],
          channel: values.channel,
          defaultChannel: values["default-channel"],
          weight: values.weight,
          decimalComma: values["decimal-comma"] || undefined,
          responseId: values["response-id"],
          traits: values.trait.length > 0 ? values.trait : undefined,
        },
        onProgress: process.stderr.isTTY ? showProgress : undefined,
      });
      if (process.stderr.isTTY) process.stderr.write("\r\u001b[K");
      if (done.rowsFailed > 0) process.stderr.write(await failures(db, done));
      process.stdout.write(values.json ? `${JSON.stringify(done)}\n` : `${summary(done, workspace.name)}\n`);
      if (done.rowsStored + done.rowsKnown === 0) process.exitCode = 1;
    });
  },
});

const isDateFormat = (text: string): text is DateFormat => (dateFormats as readonly string[]).includes(text);
const whole = (count: number) => count.toLocaleString("en");

function showProgress({
  bytesRead,
  bytes,
  rowsRead,
}: {
  bytesRead: number;
  bytes: number | undefined;
  rowsRead: number;
}) {
  const share = bytes ? ` ${Math.floor((100 * bytesRead) / bytes)} %` : "";
  process.stderr.write(`\r\u001b[K${whole(rowsRead)} rows${share}`);
}

function summary(
  { rowsStored, rowsKnown, rowsUnanswered, rowsFailed, survey }: Import,
  workspace: string,
): string {
  return [
    `Imported ${whole(rowsStored)} answers into ${workspace}${survey ? `, ${survey.name}` : ""}.`,
    rowsKnown > 0 ? `${whole(rowsKnown)} were there already.` : "",
    rowsUnanswered > 0 ? `${whole(rowsUnanswered)} rows hold no answer.` : "",
    rowsFailed > 0 ? `${whole(rowsFailed)} could not be stored.` : "",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

async function failures(db: Database, { id, rowsFailed }: Import): Promise<string> {
  const first = await listFailures(db, id, { limit: 5 });
  const lines = first.map(({ line, message }) => `  line ${line}: ${message}`);
  if (rowsFailed > first.length)
    lines.push(`  … and ${whole(rowsFailed - first.length)} more; all are on the page Import.`);
  return `${lines.join("\n")}\n`;
}
