import fc from "fast-check";
import { expect, it } from "vitest";
import { freeId, insertStep, moveStep, removeStep } from "./change-steps.ts";
import { outlineOf } from "./step-outline.ts";
import type { PlayStep, Steps } from "./step-ways.ts";

const webhook = (id: string, next: string | null = null): PlayStep => ({
  id,
  kind: "webhook",
  receiver: "",
  next,
});
const branch = (id: string, next: string | null, otherwise: string | null): PlayStep => ({
  id,
  kind: "branch",
  when: { kind: "answered" },
  next,
  otherwise,
});

/** a, then b or c, then d. */
const divided: Steps = {
  start: "a",
  steps: [webhook("a", "if"), branch("if", "b", "c"), webhook("b", "d"), webhook("c", "d"), webhook("d")],
};

/** The outline in one line: steps by id, sides as ? and :, goes as > */
const read = (play: Steps) =>
  outlineOf(play)
    .lines.flatMap((line) => {
      switch (line.kind) {
        case "step":
          return [`${line.depth}${line.step.id}`];
        case "side":
          return [line.side === "next" ? "?" : ":"];
        case "goes":
          return [`>${line.to ?? "out"}`];
        default:
          return [];
      }
    })
    .join(" ");

it("steps are read from top to bottom: both sides of a branch, then what they have in common", () => {
  expect(read(divided)).toBe("0a 0if ? 1b : 1c 0d >out");
  const oneLeaves = { ...divided, steps: divided.steps.map((s) => (s.id === "c" ? webhook("c") : s)) };
  expect(read(oneLeaves)).toBe("0a 0if ? 1b 1d : 1c >out");
  const loop: Steps = { start: "a", steps: [webhook("a", "if"), branch("if", "a", "b"), webhook("b")] };
  expect(read(loop)).toBe("0a 0if ? >a : 1b >out");
  expect(outlineOf({ start: "a", steps: [webhook("a"), webhook("lost")] }).unreached).toHaveLength(1);
});

it("a step is put in, moved through the sides of a branch, and taken out again", () => {
  const lines = outlineOf(divided).lines;
  const last = lines.findLast((line) => line.kind === "place");
  const longer = insertStep(divided, last?.kind === "place" ? last.ways : [], webhook("e"));
  expect(read(longer)).toBe("0a 0if ? 1b : 1c 0d 0e >out");
  let moved: Steps | undefined = longer;
  const seen: string[] = [];
  while (moved) {
    seen.push(read(moved));
    moved = moveStep(moved, "e", -1);
  }
  expect(seen).toEqual([
    "0a 0if ? 1b : 1c 0d 0e >out",
    "0a 0if ? 1b : 1c 0e 0d >out",
    "0a 0if ? 1b : 1c 1e 0d >out",
    "0a 0if ? 1b : 1e 1c 0d >out",
    "0a 0if ? 1b 1e : 1c 0d >out",
    "0a 0if ? 1e 1b : 1c 0d >out",
    "0a 0e 0if ? 1b : 1c 0d >out",
    "0e 0a 0if ? 1b : 1c 0d >out",
  ]);
  expect(read(removeStep(divided, "if"))).toBe("0a 0b 0d >out");
  expect(read(removeStep(divided, "a"))).toBe("0if ? 1b : 1c 0d >out");
  expect(freeId(divided, "a")).toBe("a-2");
});

it("whatever is put in, moved and removed, no step is lost and no way leads nowhere", () => {
  const change = fc.record({
    what: fc.constantFrom("add", "branch", "up", "down", "remove"),
    at: fc.nat(100),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 20 }), (changes) => {
      let play: Steps = divided;
      for (const { what, at } of changes) {
        const { lines, unreached } = outlineOf(play);
        const places = lines.flatMap((line) => (line.kind === "place" ? [line.ways] : []));
        const id = play.steps[at % Math.max(1, play.steps.length)]?.id;
        const count = play.steps.length;
        if (what === "add" || what === "branch") {
          const name = freeId(play, what);
          const step = what === "add" ? webhook(name) : branch(name, null, null);
          play = insertStep(play, places[at % places.length] ?? [], step);
          expect(play.steps).toHaveLength(count + 1);
        } else if (what === "remove" && id !== undefined) {
          play = removeStep(play, id);
        } else if (id !== undefined) {
          play = moveStep(play, id, what === "up" ? -1 : 1) ?? play;
          expect(play.steps).toHaveLength(count);
        }
        expect(unreached).toEqual([]);
        expect(outlineOf(play).unreached).toEqual([]);
        const known = new Set<string | null>([null, ...play.steps.map((step) => step.id)]);
        expect(play.steps.every((step) => step.kind === "leave" || known.has(step.next))).toBe(true);
      }
    }),
    { numRuns: 50 },
  );
});
