import { type RuleName, ruleNames } from "../../server/identify/passives/rule.ts";
import type { TrueKind } from "../../server/simulate/behaviour/truth.ts";
import { wilsonInterval } from "../../server/statistics/share-interval.ts";
import { table } from "./figures.ts";

/** One customer: what the rules found, and what is true. */
export interface Judged {
  reasons: RuleName[];
  status: string | null;
  /** What Nines holds for their usual level, events a week. */
  usual: number | null;
  kinds: ReadonlySet<TrueKind>;
  /** For how many weeks they have done less or more by so much. */
  weeks: number;
  change: number;
}

const means: Record<RuleName, TrueKind[]> = {
  declining_use: ["declining", "gone"],
  basic_features: ["basic"],
  browsing: ["browsing"],
  discount_only: ["discount"],
  infrequent_sessions: ["infrequent"],
  minimal_use: ["minimal"],
  scarce_answers: ["unanswering"],
};

/** How well each rule, and the status, finds those of whom it is true. */
export function describeRules(judged: readonly Judged[]): string {
  const isAny = ({ kinds }: Judged) => kinds.size > 0;
  const rows = ruleNames.map((rule) => {
    const found = (each: Judged) => each.reasons.includes(rule);
    const isTrue = ({ kinds }: Judged) => means[rule].some((kind) => kinds.has(kind));
    const those = judged.filter(found);
    const row = compare(rule, judged, found, isTrue);
    row.push(share(those.filter(isAny).length, those.length));
    return row;
  });
  const isPassive = ({ reasons }: Judged) => reasons.length > 0;
  const uses = judged.filter(({ usual }) => usual !== null);
  const any = [...compare("any rule (status)", judged, isPassive, isAny), "–"];
  const ofUsers = [...compare("any rule, of those who use it", uses, isPassive, isAny), "–"];
  const head = ["rule", "true of", "found", "precision", "recall", "of those found, some kind is true of"];
  return `${table(head, [...rows, any, ofUsers])}\n\n${describeDecline(judged)}`;
}

function compare(
  name: string,
  judged: readonly Judged[],
  found: (each: Judged) => boolean,
  isTrue: (each: Judged) => boolean,
): (string | number)[] {
  const [trueOf, those] = [judged.filter(isTrue).length, judged.filter(found)];
  const right = those.filter(isTrue).length;
  return [name, trueOf, those.length, share(right, those.length), share(right, trueOf)];
}

/** How many of those who do less are found, by what they usually do and for how long it has gone on. */
function describeDecline(judged: readonly Judged[]): string {
  const less = judged.filter(({ kinds }) => kinds.has("declining"));
  const levels: [string, (usual: number) => boolean][] = [
    ["below 3 events a week", (usual) => usual < 3],
    ["3 to 10", (usual) => usual >= 3 && usual < 10],
    ["10 and more", (usual) => usual >= 10],
  ];
  const rows = levels.map(([name, holds]) => {
    const those = less.filter(({ usual }) => usual !== null && holds(usual));
    const found = (some: Judged[]) =>
      share(some.filter(({ reasons }) => reasons.includes("declining_use")).length, some.length);
    return [
      name,
      found(those.filter(({ weeks }) => weeks < 6)),
      found(those.filter(({ weeks }) => weeks >= 6 && weeks < 14)),
      found(those.filter(({ weeks }) => weeks >= 14)),
    ];
  });
  const head = ["usually", "less for under 6 weeks", "6 to 13 weeks", "14 weeks and longer"];
  return `Found of those who truly do less:\n\n${table(head, rows)}`;
}

function share(k: number, n: number): string {
  const interval = wilsonInterval(k, n);
  if (!interval) return "–";
  const percent = (x: number) => (100 * x).toFixed(0);
  return `${percent(k / n)} % (${percent(interval.low)}–${percent(interval.high)}), ${k} of ${n}`;
}
