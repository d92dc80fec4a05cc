import { outlineOf } from "./step-outline.ts";
import type { PlayStep, Steps } from "./step-ways.ts";

/** From when to when after entering a customer can come to a step and go on from it, in days. */
export interface StepDays {
  first: number;
  last: number;
}

/** When each step happens, counted from entering: the earliest and the latest day, as far as no way leads back. */
export function daysOf(play: Steps): Map<string, StepDays> {
  const days = new Map<string, StepDays>();
  const byId = new Map(play.steps.map((step) => [step.id, step]));
  // In hours; a step is looked at after all that lead to it, which stand above it in the outline.
  const arrives = new Map<string, { first: number; last: number }>();
  const arrive = (to: string | null, first: number, last: number) => {
    if (to === null) return;
    const known = arrives.get(to);
    arrives.set(to, {
      first: Math.min(known?.first ?? first, first),
      last: Math.max(known?.last ?? last, last),
    });
  };
  arrive(play.start, 0, 0);
  for (const line of outlineOf(play).lines) {
    if (line.kind !== "step") continue;
    const { id } = line.step;
    const at = arrives.get(id) ?? { first: 0, last: 0 };
    const step = byId.get(id);
    if (!step) continue;
    const out = after(step, at);
    days.set(id, {
      first: Math.floor((step.kind === "ask" ? out.next.first : at.first) / 24),
      last: Math.floor(out.next.last / 24),
    });
    if (step.kind !== "leave") arrive(step.next, out.next.first, out.next.last);
    if ((step.kind === "branch" || step.kind === "wait") && step.otherwise !== undefined) {
      arrive(step.otherwise, out.otherwise.first, out.otherwise.last);
    }
  }
  return days;
}

function after(step: PlayStep, at: { first: number; last: number }) {
  switch (step.kind) {
    case "wait": {
      const over = { first: at.first + step.hours, last: at.last + step.hours };
      const next = step.until === null ? over : { first: at.first, last: over.last };
      return { next, otherwise: over };
    }
    case "ask": {
      const hours = step.day * 24;
      const next = { first: Math.max(at.first, hours), last: Math.max(at.last, hours) };
      return { next, otherwise: next };
    }
    default:
      return { next: at, otherwise: at };
  }
}
