import { systemClock } from "../platform/clock.ts";
import { command } from "./command.ts";
import { reportFile } from "./report-file.ts";
import { writeLeftOut, writeReport } from "./write-report.ts";

export const reportCommand = command({
  name: "report",
  summary: "Says what the answers in a CSV file say; needs no database.",
  operands: ["FILE.csv"],
  options: {
    score: { value: "COLUMN", required: true, help: "Column with the answers, 0 to 10." },
    "no-answer": {
      value: "CODE",
      many: true,
      help: "Code that means no answer, e.g. 11; may be repeated. Blank cells always do.",
    },
    weight: { value: "COLUMN", help: "Column with weights; adds the weighted score." },
    by: { value: "COLUMN", help: "Also one line for each value of this column." },
    json: { help: "Print only JSON: NPS in points, shares in percent, nothing rounded." },
  },
  more: [
    "FILE.csv may be - for standard input. Delimiter, encoding and header rows are found out.",
    "Rows with anything else than 0 to 10, a blank or a --no-answer code are left out and told on standard error.",
    "Intervals are at 95 %: adjusted Wald for NPS, Wilson for shares, linearised for the weighted score (docs/methods).",
    "",
    "  nines report 2017.csv --score NETPRO --no-answer 11 --weight WEIGHT --by TERMINAL",
  ].join("\n"),
  async run({ score, "no-answer": noAnswer, weight, by, json }, [file]) {
    const source = file === "-" ? process.stdin : file!;
    const done = await reportFile(source, { score, weight, by, noAnswer, now: systemClock.now() });
    if (done.leftOut.length > 0) process.stderr.write(writeLeftOut(done.leftOut));
    process.stdout.write(
      json
        ? `${JSON.stringify(done.report)}\n`
        : writeReport(done, file === "-" ? score : `${file}, ${score}`),
    );
  },
});
