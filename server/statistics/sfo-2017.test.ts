import { existsSync, readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { categoryCounts } from "./nps.ts";
import { weightedNps, weightedScoreCounts } from "./weighted-nps.ts";

const file = new URL("../../../shared/data/sfo/2017.csv", import.meta.url);
const missing = existsSync(file)
  ? ""
  : " (skipped: the survey's file ../shared/data/sfo/2017.csv is not here)";

it.skipIf(missing)(`the SFO survey of 2017 has the weighted figures of R's survey package${missing}`, () => {
  const rows: Record<string, string>[] = parse(readFileSync(file), { columns: true, bom: true });
  const answers = rows
    .filter((row) => row["NETPRO"] !== "" && row["NETPRO"] !== "11")
    .map((row) => ({ score: Number(row["NETPRO"]), weight: Number(row["WEIGHT"]) }));
  const counted = weightedScoreCounts(answers);
  expect(categoryCounts(counted.counts)).toEqual({ detractors: 342, passives: 968, promoters: 1436 });

  const result = weightedNps(counted)!;
  expect(result.nps).toBeCloseTo(40.3984, 4);
  expect(result.standardError).toBeCloseTo(1.45, 2);
  expect(result.designEffect).toBeCloseTo(1.211553, 6);
  expect(result.effectiveN).toBeCloseTo(2266.512, 3);
  expect(result.shares.passives).toBeCloseTo(0.35585, 5);
});
