import type { SegmentCondition } from "../../../server/identify/segments/segment-condition.ts";
import type { SegmentFilter } from "../../../server/identify/segments/segment-filter.ts";

/** The kind of a condition. */
export type Kind = SegmentCondition["kind"];

/** A condition while it is written: parts of it may be missing. */
export type DraftCondition = { kind: Kind } & { [field: string]: unknown };

/** What a field of a condition holds, as it stands in an input; empty where there is nothing. */
export function textOf(value: unknown): string {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : "";
}

/** How the parts of a group are joined. */
export type Match = "all" | "any" | "none";

/** One line of the editor. */
export interface Row {
  type: "row";
  /** Tells parts apart while they move. */
  key: number;
  condition: DraftCondition;
}

/** Lines that belong together. */
export interface Group {
  type: "group";
  key: number;
  match: Match;
  parts: Part[];
}

export type Part = Row | Group;

let lastKey = 0;
const newKey = () => (lastKey += 1);

/** A line with this condition. */
export function newRow(condition: DraftCondition): Row {
  return { type: "row", key: newKey(), condition };
}

/** A group of these parts. */
export function newGroup(match: Match, parts: Part[]): Group {
  return { type: "group", key: newKey(), match, parts };
}

/** A filter as the editor shows it; the outermost is always a group. */
export function groupOf(filter: SegmentFilter): Group {
  const part = partOf(filter);
  return part.type === "group" ? part : newGroup("all", [part]);
}

function partOf(filter: SegmentFilter): Part {
  switch (filter.kind) {
    case "all":
    case "any":
      return newGroup(filter.kind, filter.of.map(partOf));
    case "not":
      return newGroup("none", filter.of.kind === "any" ? filter.of.of.map(partOf) : [partOf(filter.of)]);
    default:
      return newRow(filter);
  }
}

/** What the editor shows, as a filter. Groups without a line are left out. */
export function filterOf(group: Group): SegmentFilter {
  const parts = group.parts
    .filter((part) => part.type === "row" || hasRow(part))
    .map((part) => (part.type === "row" ? (part.condition as unknown as SegmentCondition) : filterOf(part)));
  if (group.match === "all" || parts.length === 0) return { kind: "all", of: parts };
  const any = { kind: "any" as const, of: parts };
  return group.match === "any" ? any : { kind: "not", of: any };
}

function hasRow(group: Group): boolean {
  return group.parts.some((part) => part.type === "row" || hasRow(part));
}

/** All lines of a group and of those within it. */
export function rowsOf(group: Group): Row[] {
  return group.parts.flatMap((part) => (part.type === "row" ? [part] : rowsOf(part)));
}
