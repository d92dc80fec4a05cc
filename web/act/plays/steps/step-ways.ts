import type { PlayDefinition } from "../../../../server/act/plays/play-definition.ts";
import type { PlayStep } from "../../../../server/act/plays/play-step.ts";

export type { PlayDefinition, PlayStep };
export type StepKind = PlayStep["kind"];
export type StepOf<Kind extends StepKind> = Extract<PlayStep, { kind: Kind }>;

/** Which way out of a step; only branches and waits for something have the second. */
export type Side = "next" | "otherwise";

/** A way into a step: out of another, or the beginning of the play. */
export interface Way {
  of: string | null;
  side: Side;
}

/** The steps and where they begin. */
export type Steps = Pick<PlayDefinition, "start" | "steps">;

/** The ways out of a step, each with where it leads; null: out of the play. */
export function waysOut(step: PlayStep): { side: Side; to: string | null }[] {
  if (step.kind === "leave") return [];
  const next = { side: "next" as const, to: step.next };
  if (step.kind === "branch") return [next, { side: "otherwise", to: step.otherwise }];
  if (step.kind === "wait" && step.until !== null && step.otherwise !== undefined) {
    return [next, { side: "otherwise", to: step.otherwise }];
  }
  return [next];
}

/** Where a way leads. */
export function targetOf({ start, steps }: Steps, { of, side }: Way): string | null {
  if (of === null) return start;
  const step = steps.find(({ id }) => id === of);
  return (step && waysOut(step).find((way) => way.side === side)?.to) ?? null;
}

/** The play with a way that leads elsewhere. */
export function withWay<S extends Steps>(play: S, { of, side }: Way, to: string | null): S {
  if (of === null) return { ...play, start: to };
  const steps = play.steps.map((step) => (step.id === of ? leading(step, side, to) : step));
  return { ...play, steps };
}

function leading(step: PlayStep, side: Side, to: string | null): PlayStep {
  if (step.kind === "leave") return step;
  if (side === "next") return { ...step, next: to };
  return step.kind === "branch" || step.kind === "wait" ? { ...step, otherwise: to } : step;
}

/** All steps to which one comes from here, the first included. */
export function reachedFrom({ steps }: Pick<Steps, "steps">, from: string | null): Set<string> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const seen = new Set<string>();
  const waiting = [from];
  while (waiting.length > 0) {
    const id = waiting.shift();
    const step = id === null || id === undefined || seen.has(id) ? undefined : byId.get(id);
    if (!step) continue;
    seen.add(step.id);
    waiting.push(...waysOut(step).map(({ to }) => to));
  }
  return seen;
}
