import type { PlayDefinition } from "./play-definition.ts";
import type { PlayStep } from "./play-step.ts";

/** Ways out of a step: where it leads, null for out of the play. */
export function waysOf(step: PlayStep): (string | null)[] {
  switch (step.kind) {
    case "leave":
      return [null];
    case "branch":
      return [step.next, step.otherwise];
    case "wait":
      return step.until !== null && step.otherwise !== undefined ? [step.next, step.otherwise] : [step.next];
    default:
      return [step.next];
  }
}

/** What may be asked of a net of steps. */
export interface StepNet {
  steps: ReadonlyMap<string, PlayStep>;
  /** The steps that can be reached from a way, its own first step included. */
  from(way: string | null): Set<string>;
  /** Whether a customer gets out of the play from here, one way or another. */
  ends(way: string | null): boolean;
  /** Whether each way from the start to `to` comes by such a step first; also where `to` cannot be reached. */
  comesBy(such: (step: PlayStep) => boolean, to: string): boolean;
  /** A step to which one comes back without ever waiting; undefined where there is none. */
  loopWithoutWait(): string | undefined;
}

/** The steps of a play as a net that can be walked; ways to steps that are not there lead nowhere. */
export function stepNet({ start, steps: list }: Pick<PlayDefinition, "start" | "steps">): StepNet {
  const steps = new Map(list.map((step) => [step.id, step]));

  /** All steps on the ways from here, without going on from those that stop. */
  function walk(ways: readonly (string | null)[], stops: (step: PlayStep) => boolean = () => false) {
    const seen = new Set<string>();
    const waiting = [...ways];
    while (waiting.length > 0) {
      const id = waiting.pop()!;
      const step = id === null ? undefined : steps.get(id);
      if (!step || seen.has(step.id)) continue;
      seen.add(step.id);
      if (!stops(step)) waiting.push(...waysOf(step));
    }
    return seen;
  }

  return {
    steps,
    from: (way) => walk([way]),
    ends: (way) => way === null || [...walk([way])].some((id) => waysOf(steps.get(id)!).includes(null)),
    comesBy: (such, to) => !walk([start], (step) => step.id !== to && such(step)).has(to),
    loopWithoutWait: () =>
      [...steps.values()].find(
        (step) => step.kind !== "wait" && walk(waysOf(step), ({ kind }) => kind === "wait").has(step.id),
      )?.id,
  };
}
