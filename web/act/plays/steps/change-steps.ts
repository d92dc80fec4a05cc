import { outlineOf } from "./step-outline.ts";
import { type PlayStep, reachedFrom, type Steps, targetOf, type Way, waysOut, withWay } from "./step-ways.ts";

/** A name for a new step that no other has: "email", "email-2". */
export function freeId({ steps }: Pick<Steps, "steps">, wanted: string): string {
  const taken = new Set(steps.map(({ id }) => id));
  if (!taken.has(wanted)) return wanted;
  let number = 2;
  while (taken.has(`${wanted}-${number}`)) number += 1;
  return `${wanted}-${number}`;
}

/** Puts a step where these ways lead; it goes on to where they led. Both sides of a branch begin there. */
export function insertStep<S extends Steps>(play: S, ways: readonly Way[], step: PlayStep): S {
  const [first] = ways;
  if (!first) return play;
  const to = targetOf(play, first);
  let next: S = { ...play, steps: [...play.steps, step] };
  for (const way of ways) next = withWay(next, way, step.id);
  for (const { side } of waysOut(step)) next = withWay(next, { of: step.id, side }, to);
  return next;
}

/** Replaces a step by itself, changed. */
export function withStep<S extends Steps>(play: S, step: PlayStep): S {
  return { ...play, steps: play.steps.map((each) => (each.id === step.id ? step : each)) };
}

/** Takes a step out; who led to it leads on to what followed it. */
function takeOut<S extends Steps>(play: S, id: string): S {
  const step = play.steps.find((each) => each.id === id);
  if (!step) return play;
  const [first] = waysOut(step);
  const to = first && first.to !== id ? first.to : null;
  let next: S = { ...play, steps: play.steps.filter((each) => each !== step) };
  const into = next.steps.flatMap((each) =>
    waysOut(each).flatMap((way) => (way.to === id ? [{ of: each.id, side: way.side }] : [])),
  );
  for (const way of into) next = withWay(next, way, to);
  return next.start === id ? { ...next, start: to } : next;
}

/** Removes a step, and the steps to which one came through it alone, as those of a branch's other side. */
export function removeStep<S extends Steps>(play: S, id: string): S {
  const before = reachedFrom(play, play.start);
  const next = takeOut(play, id);
  const after = reachedFrom(next, next.start);
  return { ...next, steps: next.steps.filter((step) => after.has(step.id) || !before.has(step.id)) };
}

/** Moves a step up or down by one place, into and out of the sides of branches; undefined where there is none. */
export function moveStep<S extends Steps>(play: S, id: string, by: -1 | 1): S | undefined {
  const step = play.steps.find((each) => each.id === id);
  // What divides the way takes no part in this: its sides would be somebody else's.
  if (!step || waysOut(step).length > 1) return undefined;
  const { lines } = outlineOf(play);
  const at = lines.findIndex((line) => line.kind === "step" && line.step.id === id);
  const here = lines[at - 1];
  if (here?.kind !== "place") return undefined;
  const rest = takeOut(play, id);
  const places = outlineOf(rest).lines.flatMap((line) => (line.kind === "place" ? [line.ways] : []));
  const name = JSON.stringify(here.ways);
  let index = places.findIndex((ways) => JSON.stringify(ways) === name);
  if (index < 0) index = places.findIndex((ways) => JSON.stringify(ways[0]) === JSON.stringify(here.ways[0]));
  const place = index < 0 ? undefined : places[index + by];
  return place && insertStep(rest, place, step);
}
