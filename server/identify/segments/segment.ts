import { z } from "@hono/zod-openapi";
import { nameText } from "../../collect/response.ts";
import { AnyFilter, SegmentFilter } from "./segment-filter.ts";

/** How many segments a workspace may have. */
export const mostSegments = 200;

export const segmentName = nameText(100);

export const NewSegment = z.object({ name: segmentName, filter: SegmentFilter }).openapi("NewSegment");
export type NewSegment = z.output<typeof NewSegment>;

export const SegmentChange = z
  .object({ name: segmentName.optional(), filter: SegmentFilter.optional() })
  .openapi("SegmentChange");
export type SegmentChange = z.output<typeof SegmentChange>;

/** What stands on a segment, so that it cannot be deleted. */
export const SegmentUse = z.object({
  kind: z.enum(["survey", "segment", "play"]),
  id: z.uuid(),
  name: z.string(),
});
export type SegmentUse = z.infer<typeof SegmentUse>;

/** A named filter, with how many customers fit it and how that changes. */
export const Segment = z
  .object({
    id: z.uuid(),
    name: z.string(),
    filter: AnyFilter,
    members: z.int().nullable().describe("When last compared; null before the first time."),
    comparedAt: z.iso.datetime().nullable(),
    entered: z.int().describe("Customers who came in within the last 7 days."),
    left: z.int().describe("Customers who left within the last 7 days."),
    usedBy: z.array(SegmentUse),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .openapi("Segment");
export type Segment = z.infer<typeof Segment>;

/** A customer as lists of segments show them. */
export const SegmentMember = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    email: z.string().nullable(),
    externalId: z.string().nullable(),
    account: z.string().nullable(),
    score: z.int().nullable().describe("Of the latest answer."),
    answeredAt: z.iso.datetime().nullable(),
    state: z.enum(["cooling", "flat", "warming", "dormant", "unknown"]).describe("Of their activity."),
  })
  .openapi("SegmentMember");
export type SegmentMember = z.infer<typeof SegmentMember>;
