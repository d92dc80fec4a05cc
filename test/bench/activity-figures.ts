import { activityStates } from "../../server/statistics/activity-states.ts";
import { drawSeries } from "../../server/statistics/arbitrary-activity.ts";
import { commonRhythm, type WeeklySeries } from "../../server/statistics/common-rhythm.ts";
import { seededRandom } from "../../server/statistics/seeded-random.ts";
import { table } from "./figures.ts";

const weeks = 105;
const loss = 60;
const customers = Number(process.env.SIMULATED ?? 1_000);

interface Habit {
  name: string;
  /** The shape of the gamma distribution of weeks: they vary by 1/√shape, besides chance. */
  shape: number;
  /** A week or two away, three times a year. */
  holidays: boolean;
}

const habits: Habit[] = [
  { name: "regular (weeks vary by 25 %)", shape: 16, holidays: false },
  { name: "irregular (weeks vary by 58 %)", shape: 3, holidays: false },
  { name: "regular, with holidays of their own", shape: 16, holidays: true },
];

/** False alarms under no change, and how soon a loss of half is found, for typical levels and habits. */
export function activityFigures(): string {
  const rows = habits.flatMap((habit) => [3, 10, 30, 100].map((usual) => rowOf(habit, usual)));
  return [
    `States, simulated: ${customers.toLocaleString("en")} customers each without any change, and as many who do half from week ${loss} on, over ${weeks} weeks. Begins to cool or to warm: of 1,000 customers in a week, without any change. Cooling: their share at a time. Found: weeks from the loss of half to cooling or dormant; the last column within half a year.`,
    "",
    table(
      [
        "habit",
        "events a week",
        "begin to cool, ‰ a week",
        "begin to warm, ‰ a week",
        "cooling, % at a time",
        "loss of half found after, median (9 in 10)",
        "found, %",
      ],
      rows,
    ),
  ].join("\n");
}

function rowOf({ name, shape, holidays }: Habit, usual: number): (string | number)[] {
  const random = seededRandom(`${name} ${usual}`);
  const draw = (from: number) => {
    let away = 0;
    return drawSeries(
      random,
      weeks,
      (week) => {
        if (holidays && away === 0 && random.chance(3 / 52)) away = 1 + random.integer(2);
        if (away-- > 0) return 0;
        away = 0;
        return week < from ? usual : usual / 2;
      },
      { shape },
    );
  };
  const steady = Array.from({ length: customers }, () => draw(weeks));
  const rhythm = commonRhythm(steady, weeks);
  const statesOf = (series: WeeklySeries) => activityStates(series, rhythm, weeks).map(({ state }) => state);
  let known = 0;
  const begun = { cooling: 0, warming: 0 };
  let cooling = 0;
  for (const states of steady.map(statesOf)) {
    states.forEach((state, week) => {
      if (state !== "unknown") known++;
      if (state === "cooling") cooling++;
      if ((state === "cooling" || state === "warming") && states[week - 1] !== state) begun[state]++;
    });
  }
  const delays = Array.from({ length: customers }, () => {
    const states = statesOf(draw(loss)).slice(loss, loss + 26);
    const found = states.findIndex((state) => state === "cooling" || state === "dormant");
    return found < 0 ? Infinity : found + 1;
  }).sort((a, b) => a - b);
  const at = (share: number) => {
    const delay = delays[Math.floor(share * customers)]!;
    return delay === Infinity ? "later" : String(delay);
  };
  return [
    name,
    usual,
    ((1000 * begun.cooling) / known).toFixed(1),
    ((1000 * begun.warming) / known).toFixed(1),
    ((100 * cooling) / known).toFixed(1),
    `${at(0.5)} (${at(0.9)})`,
    ((100 * delays.filter((delay) => delay < Infinity).length) / customers).toFixed(0),
  ];
}
