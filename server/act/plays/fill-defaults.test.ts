import { expect, test } from "vitest";
import { aPlay, aWorkspace, known, mail } from "../../../test/a-play.ts";
import { asFarAsShaped } from "../../collect/surveys/survey-details.ts";
import { fillDefaults } from "./fill-defaults.ts";
import { findPlayProblems } from "./find-play-problems.ts";
import { PlayDefinition } from "./play-definition.ts";
import { usedBy } from "./play-uses.ts";

const whole = {
  ...aPlay(),
  audience: {
    segment: known.pro,
    filter: { kind: "any", of: [{ kind: "trait", trait: "plan", is: "equal", value: "x" }] },
    again: { afterDays: 30 },
  },
  cost: { amount: 1, per: "play", currency: "EUR" },
  steps: [
    { ...mail("mail"), choose: { by: "item", kinds: ["offer"], item: known.article }, next: "wait" },
    { id: "wait", kind: "wait", hours: 9, until: { kind: "answer", categories: ["passive"] }, next: "task" },
    {
      id: "task",
      kind: "task",
      title: "Call",
      owner: { kind: "person", person: known.member },
      next: "code",
    },
    { id: "code", kind: "code", pool: known.pool, purpose: "offer", next: "slack" },
    { id: "slack", kind: "slack", receiver: known.slack, text: "Look", next: "branch" },
    {
      id: "branch",
      kind: "branch",
      when: { kind: "customer", filter: { kind: "segment", is: "in", segment: known.pro } },
      next: "ask",
      otherwise: null,
    },
    { id: "ask", kind: "ask", survey: known.survey, day: 30, next: null },
  ],
};

test("whatever is half-typed in a draft, its problems can be found; what has another shape is not kept", () => {
  const draft = asFarAsShaped(PlayDefinition, "PlayDefinition");
  let kept = 0;
  for (const path of pathsOf(whole)) {
    for (const value of [undefined, null, "", "x", 0, -1, 1e12, [], {}]) {
      const sent = changed(whole, path, value);
      if (!draft.safeParse(sent).success) continue;
      kept += 1;
      const definition = fillDefaults(sent);
      const said = `${path.join(".")} = ${JSON.stringify(value)}`;
      expect(() => findPlayProblems(definition, aWorkspace({ eligible: null })), said).not.toThrow();
      expect(() => usedBy(definition), said).not.toThrow();
      expect(draft.safeParse(definition).success, said).toBe(true);
    }
  }
  expect(kept).toBeGreaterThan(100);
});

function pathsOf(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [path];
  return [
    ...(path.length > 0 ? [path] : []),
    ...Object.entries(value).flatMap(([key, each]) => pathsOf(each, [...path, key])),
  ];
}

function changed(value: unknown, [key, ...rest]: string[], to: unknown): unknown {
  if (key === undefined) return to;
  const copy = Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) };
  const at = copy as Record<string, unknown>;
  at[key] = changed(at[key], rest, to);
  return copy;
}
