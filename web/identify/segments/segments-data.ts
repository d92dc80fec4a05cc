import { queryOptions } from "@tanstack/react-query";
import type { Segment, SegmentMember } from "../../../server/identify/segments/segment.ts";
import type { SegmentFilter } from "../../../server/identify/segments/segment-filter.ts";
import { api, read } from "../../api.ts";

export type { Segment, SegmentFilter, SegmentMember };

const segments = api.api.v1.segments;

/** All segments, by name. While one is being counted, it is looked again soon. */
export function segmentsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "segments"],
    queryFn: async (): Promise<Segment[]> => (await read(segments.$get())).segments,
    refetchInterval: ({ state }) =>
      state.data?.some(({ comparedAt }) => comparedAt === null) ? 2_000 : false,
  });
}

/** How many customers fit a filter, and a few of them. */
export function previewQuery(slug: string, filter: SegmentFilter, segment: string | undefined) {
  return queryOptions({
    queryKey: [slug, "segments", "preview", segment, filter],
    queryFn: ({ signal }): Promise<{ n: number; sample: SegmentMember[] }> =>
      read(segments.preview.$post({ json: { filter, ...(segment && { segment }) } }, { init: { signal } })),
    retry: false,
  });
}

/** Stores a segment, new or known; gives it as it is now. */
export function saveSegment(
  id: string | undefined,
  json: { name: string; filter: SegmentFilter },
): Promise<Segment> {
  return id === undefined
    ? read(segments.$post({ json }))
    : read(segments[":id"].$patch({ param: { id }, json }));
}

/** Deletes a segment that nothing uses. */
export async function deleteSegment(id: string): Promise<void> {
  await segments[":id"].$delete({ param: { id } });
}
