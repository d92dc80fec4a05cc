import { failureSentence } from "../collect/imports/failure-sentence.ts";
import { enoughAnswers } from "../statistics/forecast.ts";
import { ifPassivesMoved } from "../statistics/what-if.ts";
import type { FileReport, LeftOut, ReportScore } from "./report-file.ts";

/** A report as a person reads it. */
export function writeReport({ report, unanswered, leftOut }: FileReport, title: string): string {
  const { by, ...score } = report;
  const failed = countOf(leftOut);
  const rows = [
    ["NPS", signed(score.nps), interval(score.npsInterval)],
    ...(score.weighted
      ? [["NPS, weighted", signed(score.weighted.nps), interval(score.weighted.npsInterval)]]
      : []),
    ["Detractors", percent((100 * score.detractors) / score.n), `${whole(score.detractors)} answered 0 to 6`],
    [
      "Passives",
      percent(score.passiveShare),
      `${whole(score.passives)} answered 7 (${whole(score.sevens)}) or 8 (${whole(score.eights)}); interval ${tenth(score.passiveShareInterval[0])} to ${tenth(score.passiveShareInterval[1])} %`,
    ],
    ["Promoters", percent((100 * score.promoters) / score.n), `${whole(score.promoters)} answered 9 or 10`],
  ];
  const counts = [
    `${whole(score.n)} answers`,
    `${whole(unanswered)} rows without one`,
    `${whole(failed)} left out`,
  ];
  return [
    `${title}: ${counts.join(", ")}`,
    "",
    ...columns(rows, ["left", "right", "left"]),
    "",
    ...columns(
      [
        ["Score", ...score.scores.map((_, at) => String(at))],
        ["Answers", ...score.scores.map(whole)],
      ],
      ["left"],
    ),
    "",
    ...findings(score),
    ...(by ? ["", ...partsTable(by)] : []),
    "",
  ].join("\n");
}

/** What was left out and why, for standard error. */
export function writeLeftOut(leftOut: LeftOut[]): string {
  const failed = countOf(leftOut);
  const lines = leftOut
    .slice(0, 5)
    .map(
      ({ count, firstLine, reason, values }) =>
        `  line ${firstLine}${count > 1 ? ` and ${whole(count - 1)} more` : ""}: ${sentenceAbout(reason, values)}`,
    );
  if (leftOut.length > 5) lines.push("  … and others.");
  return [`${whole(failed)} ${failed === 1 ? "row was" : "rows were"} left out:`, ...lines, ""].join("\n");
}

function sentenceAbout(reason: LeftOut["reason"], values: LeftOut["values"]): string {
  if (reason !== "score_out_of_range") return failureSentence(reason, values);
  return `Scores are whole numbers from 0 to 10; this row says ${values.value}. If ${values.value} stands for "no answer", add --no-answer ${values.value}.`;
}

function findings(score: ReportScore): string[] {
  if (score.n < enoughAnswers)
    return [
      `Small: with ${whole(score.n)} answers the numbers above are no finding; from ${enoughAnswers} on they begin to be one.`,
    ];
  const [low, high] = score.npsInterval;
  const side =
    low > 0
      ? "More customers would recommend than would not"
      : high < 0
        ? "More customers would not recommend than would"
        : "Whether more customers would recommend than would not, these answers cannot tell";
  const moved = ifPassivesMoved(score, 0.2);
  const lines = [
    `${side}: the score of all lies between ${signed(low)} and ${signed(high)}, if those who answered are like the rest.`,
    `${whole(score.eights)} are one point short of a nine.${moved && score.passives > 0 ? ` If one passive in five moved up, NPS would be ${signed(moved.nps)}.` : ""}`,
  ];
  if (score.weighted)
    lines.push(
      `The weights differ so much that ${whole(score.n)} answers are worth ${whole(score.weighted.effectiveN)} equal ones.`,
    );
  return lines;
}

function partsTable(by: Record<string, ReportScore>): string[] {
  const isWeighted = Object.values(by).some(({ weighted }) => weighted);
  const head = [
    "Value",
    "Answers",
    "NPS",
    "interval",
    "Passives",
    "interval",
    isWeighted ? "weighted" : "",
    "",
  ];
  const rows = Object.entries(by).map(([value, score]) => [
    value === "" ? "(blank)" : value,
    whole(score.n),
    signed(score.nps),
    interval(score.npsInterval),
    percent(score.passiveShare),
    `${tenth(score.passiveShareInterval[0])} to ${tenth(score.passiveShareInterval[1])}`,
    score.weighted ? signed(score.weighted.nps) : "",
    score.n < enoughAnswers ? "small" : "",
  ]);
  return columns([head, ...rows], ["left"]);
}

function columns(rows: string[][], alignment: ("left" | "right")[]): string[] {
  const widths = rows[0]!.map((_, at) => Math.max(...rows.map((row) => row[at]!.length)));
  return rows.map((row) =>
    row
      .map((cell, at) =>
        (alignment[at] ?? "right") === "left" ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!),
      )
      .join("  ")
      .trimEnd(),
  );
}

const countOf = (leftOut: LeftOut[]) => leftOut.reduce((total, { count }) => total + count, 0);
const whole = (count: number) => Math.round(count).toLocaleString("en");
const tenth = (x: number) =>
  (Object.is(x, -0) || Math.abs(x) < 0.05 ? "0.0" : x.toFixed(1)).replace("-", "−");
const signed = (x: number) => (x >= 0.05 ? "+" : "") + tenth(x);
const percent = (x: number) => `${tenth(x)} %`;
const interval = ([low, high]: [number, number]) => `${signed(low)} to ${signed(high)}`;
