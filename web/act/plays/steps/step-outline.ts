import { type PlayStep, reachedFrom, type Side, type Steps, type Way, waysOut } from "./step-ways.ts";

/** One line of the steps as they are read from top to bottom; what a branch divides is one level deeper. */
export type OutlineLine = { depth: number } & (
  | { kind: "step"; step: PlayStep; number: number }
  /** Where a step can be put in: all these ways lead to what comes below. */
  | { kind: "place"; ways: readonly Way[] }
  /** One side of a branch begins; `isEmpty`: it goes straight on below. */
  | { kind: "side"; of: PlayStep; side: Side; isEmpty: boolean }
  /** On to a step that stands elsewhere, or out of the play. */
  | { kind: "goes"; to: string | null }
);

/** The steps as an outline, and those that no way leads to. */
export interface Outline {
  lines: OutlineLine[];
  /** The number of each step, by its id. */
  numbers: Map<string, number>;
  unreached: PlayStep[];
}

/** Reads the net of steps as an outline: both sides of a branch, then what they have in common. */
export function outlineOf(play: Steps): Outline {
  const byId = new Map(play.steps.map((step) => [step.id, step]));
  const lines: OutlineLine[] = [];
  const numbers = new Map<string, number>();

  /** Follows a way until `meet`, and gives the ways that lead there. */
  function follow(from: string | null, ways: readonly Way[], meet: string | null | undefined, depth: number) {
    let at = from;
    let into = ways;
    for (;;) {
      lines.push({ kind: "place", ways: into, depth });
      if (at === meet) return into;
      const step = at === null ? undefined : byId.get(at);
      if (!step || numbers.has(step.id)) {
        lines.push({ kind: "goes", to: at, depth });
        return [];
      }
      numbers.set(step.id, numbers.size + 1);
      lines.push({ kind: "step", step, number: numbers.size, depth });
      const out = waysOut(step);
      const [first, second] = out;
      if (!first) return [];
      if (!second) {
        into = [{ of: step.id, side: first.side }];
        at = first.to;
        continue;
      }
      const after = meetingOf(play, step, new Set(numbers.keys()));
      into = out.flatMap(({ side, to }) => {
        lines.push({ kind: "side", of: step, side, isEmpty: to === after, depth });
        return follow(to, [{ of: step.id, side }], after, depth + 1);
      });
      if (into.length === 0) return [];
      at = after;
    }
  }

  follow(play.start, [{ of: null, side: "next" }], undefined, 0);
  return { lines, numbers, unreached: play.steps.filter(({ id }) => !numbers.has(id)) };
}

/** Where both sides of a branch come together again; null: nowhere, or out of the play. */
function meetingOf(play: Steps, step: PlayStep, shown: ReadonlySet<string>): string | null {
  // What stands above is gone back to, not come together at.
  const steps = play.steps.filter(({ id }) => !shown.has(id));
  const [one, other] = waysOut(step).map(({ to }) => reachedFrom({ steps }, to));
  return [...(one ?? [])].find((id) => other?.has(id)) ?? null;
}
