import { Refusal } from "../../platform/errors.ts";
import type { SegmentFilter } from "./segment-filter.ts";

/** How many conditions a filter may have once the segments that it names are written out. */
export const mostExpanded = 300;

/** A segment as filters name it. */
export interface KnownSegment {
  id: string;
  name: string;
  filter: SegmentFilter;
}

/**
 * A filter with the filters of the segments that it names in their places, and of those that they name.
 * @param options `self`: the segment whose filter this is
 * @throws Refusal when a segment is not there, when segments name each other in a circle, or when it all becomes too long
 */
export function expandFilter(
  filter: SegmentFilter,
  known: ReadonlyMap<string, KnownSegment>,
  { self }: { self?: string | undefined } = {},
): SegmentFilter {
  let count = 0;
  const expand = (part: SegmentFilter, inside: readonly string[]): SegmentFilter => {
    switch (part.kind) {
      case "all":
      case "any":
        return { kind: part.kind, of: part.of.map((each) => expand(each, inside)) };
      case "not":
        return { kind: "not", of: expand(part.of, inside) };
      case "segment": {
        count += 1;
        if (count > mostExpanded) throw tooLong();
        const other = known.get(part.segment);
        if (!other) throw missing(part.segment);
        if (inside.includes(other.id))
          throw circle([...inside.slice(inside.indexOf(other.id)), other.id], known);
        const expanded = expand(other.filter, [...inside, other.id]);
        return part.is === "in" ? expanded : { kind: "not", of: expanded };
      }
      default:
        count += 1;
        if (count > mostExpanded) throw tooLong();
        return part;
    }
  };
  return expand(filter, self === undefined ? [] : [self]);
}

function missing(id: string): Refusal {
  return new Refusal(
    "bad_input",
    `filter: there is no segment ${id} here, it may have been deleted; take an id from GET /api/v1/segments.`,
    { reason: "no_such_segment_in_filter" },
  );
}

function circle(ids: readonly string[], known: ReadonlyMap<string, KnownSegment>): Refusal {
  const names = ids.map((id) => `“${known.get(id)?.name ?? id}”`);
  return new Refusal(
    "bad_input",
    `filter: segments cannot name each other in a circle: ${names.join(" → ")}. Take one of them out.`,
    { reason: "segments_in_circle", values: { path: names.join(" → ") } },
  );
}

function tooLong(): Refusal {
  return new Refusal(
    "bad_input",
    `filter: with the segments that it names written out it has more than ${mostExpanded} conditions; name fewer.`,
    { reason: "filter_too_large", values: { most: mostExpanded } },
  );
}
