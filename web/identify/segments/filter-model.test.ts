import { describe, expect, it } from "vitest";
import { SegmentFilter } from "../../../server/identify/segments/segment-filter.ts";
import {
  comparisons,
  controlsOf,
  freshCondition,
  isComplete,
  subjectOf,
  subjects,
  withComparison,
} from "./condition-forms.ts";
import { type DraftCondition, filterOf, groupOf, newGroup, newRow } from "./filter-model.ts";

const id = "01900000-0000-7000-8000-000000000001";

/** A condition with everything written that it lacks. */
function filled(condition: DraftCondition): DraftCondition {
  const types = new Set(controlsOf(condition).map(({ type }) => type));
  const isAlone = condition["is"] === "set" || condition["is"] === "not_set";
  const isList = condition["is"] === "one_of" || condition["is"] === "none_of";
  return {
    ...condition,
    ...(types.has("name") && (condition.kind === "used" ? { event: "Opened" } : { trait: "plan" })),
    ...(types.has("segment") && { segment: id }),
    ...(types.has("surveys") && { value: [id] }),
    ...(types.has("value") &&
      !isAlone &&
      condition["days"] === undefined && { value: isList ? ["Pro"] : "Pro" }),
    ...(types.has("moment") && condition["days"] === undefined && !isAlone && { day: "2026-10-13" }),
  };
}

describe("the editor's conditions", () => {
  it("are what the server takes, by every subject and every comparison, once they are complete", () => {
    for (const subject of Object.values(subjects).flat()) {
      const fresh = freshCondition(subject);
      expect(subjectOf(fresh)).toBe(subject);
      const control = controlsOf(fresh).find(({ type }) => type === "is");
      const ways = control?.type === "is" ? comparisons[control.words] : [undefined];
      for (const way of ways) {
        const condition = filled(way === undefined ? fresh : withComparison(fresh, way));
        const said = JSON.stringify(condition);
        expect(isComplete(condition), said).toBe(true);
        expect(SegmentFilter.safeParse(condition).error?.issues, said).toBeUndefined();
      }
    }
  });

  it("say what is still missing", () => {
    const incomplete = [
      "trait",
      "customer:name",
      "account:trait",
      "used",
      "segment",
      "answer_survey",
    ] as const;
    for (const subject of incomplete) expect(isComplete(freshCondition(subject)), subject).toBe(false);
  });
});

describe("a filter in the editor", () => {
  const passive = { kind: "answer_category", is: "one_of", value: ["passive"] } as const;
  const asked = { kind: "asked", is: "at_most", value: 0 } as const;
  const filters: SegmentFilter[] = [
    { kind: "all", of: [] },
    {
      kind: "all",
      of: [passive, { kind: "any", of: [asked, { kind: "not", of: { kind: "any", of: [passive] } }] }],
    },
    { kind: "not", of: { kind: "any", of: [passive, asked] } },
  ] as SegmentFilter[];

  it("comes back as it was", () => {
    for (const filter of filters) expect(filterOf(groupOf(filter))).toEqual(filter);
  });

  it("has a group around a single condition, and none of these for its opposite", () => {
    expect(filterOf(groupOf(passive as unknown as SegmentFilter))).toEqual({ kind: "all", of: [passive] });
    expect(filterOf(groupOf({ kind: "not", of: passive } as unknown as SegmentFilter))).toEqual({
      kind: "not",
      of: { kind: "any", of: [passive] },
    });
    expect(groupOf({ kind: "not", of: filters[1]! })).toMatchObject({
      match: "none",
      parts: [{ type: "group", match: "all" }],
    });
  });

  it("leaves groups out that hold no line", () => {
    const row = newRow(freshCondition("asked"));
    expect(filterOf(newGroup("all", [row, newGroup("any", [newGroup("none", [])])])).kind).toBe("all");
    expect(filterOf(newGroup("all", [row, newGroup("any", [])]))).toMatchObject({ of: [{ kind: "asked" }] });
  });
});
