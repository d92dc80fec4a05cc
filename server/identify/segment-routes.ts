import { z } from "@hono/zod-openapi";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { changeSegment } from "./segments/change-segment.ts";
import { createSegment } from "./segments/create-segment.ts";
import { deleteSegment } from "./segments/delete-segment.ts";
import type { OtherUses } from "./segments/find-uses.ts";
import { listMembers, previewFilter } from "./segments/list-members.ts";
import { listSegments, readSegment } from "./segments/list-segments.ts";
import { NewSegment, Segment, SegmentChange, SegmentMember } from "./segments/segment.ts";
import { SegmentFilter } from "./segments/segment-filter.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const params = z.object({ id: z.uuid("is not the id of a segment") });
const mayRead = { role: "viewer", scope: "segments:read" } as const;
const mayWrite = { role: "editor", scope: "segments:write" } as const;

/** Stage 2: segments, which are named filters of customers. */
export function segmentRoutes({ database, clock }: Resources, others: OtherUses) {
  const { db, reads, searches } = database;

  return newRouter()
    .openapi(listRoute, async (c) =>
      c.json({ segments: await listSegments(reads, clock, c.var.caller.workspaceId, { others }) }, 200),
    )
    .openapi(createRoute, async (c) => {
      const { caller } = c.var;
      const id = await createSegment(db, clock, caller, c.req.valid("json"));
      return c.json(await readSegment(db, clock, caller.workspaceId, id, others), 201);
    })
    .openapi(previewRoute, async (c) => {
      const { filter, segment } = c.req.valid("json");
      return c.json(
        await previewFilter(searches, clock, c.var.caller.workspaceId, { filter, self: segment }),
        200,
      );
    })
    .openapi(readRoute, async (c) =>
      c.json(await readSegment(reads, clock, c.var.caller.workspaceId, c.req.valid("param").id, others), 200),
    )
    .openapi(changeRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const { id } = c.req.valid("param");
      await changeSegment(db, clock, { workspaceId, id }, c.req.valid("json"));
      return c.json(await readSegment(db, clock, workspaceId, id, others), 200);
    })
    .openapi(deleteRoute, async (c) => {
      await deleteSegment(db, c.var.caller.workspaceId, c.req.valid("param").id, others);
      return c.body(null, 204);
    })
    .openapi(membersRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const { id } = c.req.valid("param");
      return c.json(await listMembers(searches, clock, { workspaceId, id }, c.req.valid("query")), 200);
    });
}

const listRoute = route({
  method: "get",
  path: "/segments",
  summary: "The segments by name, with their size, the moves of the last 7 days and what uses them",
  access: mayRead,
  responses: { 200: json(z.object({ segments: z.array(Segment) }), "All segments."), ...refusals },
});

const createRoute = route({
  method: "post",
  path: "/segments",
  summary: "Make a segment",
  access: mayWrite,
  request: { body: jsonBody(NewSegment) },
  responses: { 201: json(Segment, "Made; its members are counted in a moment."), ...refusals },
});

const previewRoute = route({
  method: "post",
  path: "/segments/preview",
  summary: "How many customers fit a filter, and a few of them",
  access: mayRead,
  request: {
    body: jsonBody(
      z.object({
        filter: SegmentFilter,
        segment: z
          .uuid("is not the id of a segment")
          .optional()
          .describe("The segment whose filter it would be, which it cannot name."),
      }),
    ),
  },
  responses: {
    200: json(z.object({ n: z.int(), sample: z.array(SegmentMember) }), "As of this moment."),
    ...refusals,
  },
});

const readRoute = route({
  method: "get",
  path: "/segments/{id}",
  summary: "One segment",
  access: mayRead,
  request: { params },
  responses: { 200: json(Segment, "The segment."), ...refusals },
});

const changeRoute = route({
  method: "patch",
  path: "/segments/{id}",
  summary: "Give a segment another name or filter",
  description:
    "Another filter makes nobody enter or leave: moves are counted anew from whoever fits it first.",
  access: mayWrite,
  request: { params, body: jsonBody(SegmentChange) },
  responses: { 200: json(Segment, "As it is now."), ...refusals },
});

const deleteRoute = route({
  method: "delete",
  path: "/segments/{id}",
  summary: "Delete a segment that nothing uses",
  access: mayWrite,
  request: { params },
  responses: { 204: { description: "Deleted." }, ...refusals },
});

const membersRoute = route({
  method: "get",
  path: "/segments/{id}/members",
  summary: "The customers who fit a segment now, by pages",
  access: mayRead,
  request: {
    params,
    query: z.object({
      cursor: z.string().optional().describe("`next` of the page before."),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(SegmentMember), next: z.string().nullable() }), "One page."),
    ...refusals,
  },
});
