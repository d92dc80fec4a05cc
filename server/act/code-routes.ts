import { z } from "@hono/zod-openapi";
import { encodeText } from "../platform/http/encode-text.ts";
import { Refusal } from "../platform/errors.ts";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { addCodes } from "./incentives/add-codes.ts";
import { changePool, createPool, deletePool, withdrawCodes } from "./incentives/change-pools.ts";
import { AddedCodes, CodePool, Incentive, PoolChange, PoolDraft } from "./incentives/code-pool.ts";
import { exportIncentives } from "./incentives/export-incentives.ts";
import { listIncentives } from "./incentives/list-incentives.ts";
import { listPools, readPool } from "./incentives/list-pools.ts";
import { readCodeFile, readCodes } from "./incentives/read-code-list.ts";
import { redeemCode } from "./incentives/redeem-code.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const mayRead = { role: "viewer", scope: "codes:read" } as const;
const mayWrite = { role: "editor", scope: "codes:write" } as const;
const params = z.object({ id: z.uuid() });

/** Stage 4: pools of codes that are worth something, and the ledger of who got which. */
export function codeRoutes({ database: { db }, clock }: Resources) {
  return newRouter()
    .openapi(listRoute, async (c) => c.json({ pools: await listPools(db, c.var.caller.workspaceId) }, 200))
    .openapi(createRoute, async (c) => {
      const { caller } = c.var;
      const id = await createPool(db, clock, caller, c.req.valid("json"));
      return c.json(await readPool(db, caller.workspaceId, id), 201);
    })
    .openapi(changeRoute, async (c) => {
      const { caller } = c.var;
      const { id } = c.req.valid("param");
      await changePool(db, clock, caller, { id, change: c.req.valid("json") });
      return c.json(await readPool(db, caller.workspaceId, id), 200);
    })
    .openapi(deleteRoute, async (c) => {
      await deletePool(db, clock, c.var.caller, c.req.valid("param").id);
      return c.body(null, 204);
    })
    .openapi(addRoute, async (c) => {
      const { id } = c.req.valid("param");
      const isJson = c.req.header("content-type")?.includes("json") ?? false;
      // Only a body that says it is JSON was looked at before it came here.
      const list = isJson
        ? readCodes((c.req.valid("json") as CodeArray).codes)
        : readCodeFile(await c.req.text());
      if (list.codes.length === 0 && list.faulty.length === 0)
        throw new Refusal("bad_input", "There is no code in this; send one a line, or a list as JSON.", {
          reason: "no_codes",
        });
      return c.json(await addCodes(db, clock, c.var.caller, { id, ...list }), 201);
    })
    .openapi(withdrawRoute, async (c) => {
      const { id } = c.req.valid("param");
      const { codes } = c.req.valid("json");
      return c.json({ withdrawn: await withdrawCodes(db, clock, c.var.caller, { id, codes }) }, 200);
    })
    .openapi(ledgerRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const { id: poolId } = c.req.valid("param");
      await readPool(db, workspaceId, poolId);
      return c.json(await listIncentives(db, { workspaceId, poolId, ...c.req.valid("query") }), 200);
    })
    .openapi(exportRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const { id: poolId } = c.req.valid("param");
      await readPool(db, workspaceId, poolId);
      return c.body(encodeText(exportIncentives(db, { workspaceId, poolId })), 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="codes-${clock.now().toISOString().slice(0, 10)}.csv"`,
      });
    })
    .openapi(redeemByCodeRoute, async (c) =>
      c.json(await redeemCode(db, clock, c.var.caller, c.req.valid("json")), 200),
    )
    .openapi(redeemRoute, async (c) =>
      c.json(await redeemCode(db, clock, c.var.caller, { id: c.req.valid("param").id }), 200),
    );
}

const listRoute = route({
  method: "get",
  path: "/code-pools",
  summary: "The pools of codes, with how many are left",
  access: mayRead,
  responses: { 200: json(z.object({ pools: z.array(CodePool) }), "By name."), ...refusals },
});

const createRoute = route({
  method: "post",
  path: "/code-pools",
  summary: "Make a pool of codes",
  access: mayWrite,
  request: { body: jsonBody(PoolDraft) },
  responses: { 201: json(CodePool, "It has no codes yet."), ...refusals },
});

const changeRoute = route({
  method: "patch",
  path: "/code-pools/{id}",
  summary: "Change what is said of a pool of codes",
  access: mayWrite,
  request: { params, body: jsonBody(PoolChange) },
  responses: { 200: json(CodePool, "As it is now."), ...refusals },
});

const deleteRoute = route({
  method: "delete",
  path: "/code-pools/{id}",
  summary: "Delete a pool of codes",
  description: "Its free codes go out to nobody. The ledger keeps those that were handed out.",
  access: mayWrite,
  request: { params },
  responses: { 204: { description: "It is gone." }, ...refusals },
});

const CodeArray = z.object({ codes: z.array(z.string()).max(100_000) });
type CodeArray = z.infer<typeof CodeArray>;

const addRoute = route({
  method: "post",
  path: "/code-pools/{id}/codes",
  summary: "Put codes into a pool",
  description:
    "A list as JSON, or a CSV file: the column called code, else the first. Codes that are in any pool already are passed over and told.",
  access: mayWrite,
  request: {
    params,
    body: {
      content: {
        "application/json": { schema: CodeArray },
        "text/csv": { schema: z.string() },
      },
    },
  },
  responses: { 201: json(AddedCodes, "What became of them."), ...refusals },
});

const withdrawRoute = route({
  method: "post",
  path: "/code-pools/{id}/withdraw",
  summary: "Withdraw codes that nobody has yet",
  access: mayWrite,
  request: {
    params,
    body: jsonBody(
      z.object({
        codes: z.array(z.string()).max(10_000).optional().describe("Default: all that are free."),
      }),
    ),
  },
  responses: { 200: json(z.object({ withdrawn: z.int() }), "How many."), ...refusals },
});

const ledgerRoute = route({
  method: "get",
  path: "/code-pools/{id}/incentives",
  summary: "The ledger of a pool: who got which code, when and why",
  access: mayRead,
  request: {
    params,
    query: z.object({
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: {
    200: json(z.object({ items: z.array(Incentive), next: z.string().nullable() }), "Newest first."),
    ...refusals,
  },
});

const exportRoute = route({
  method: "get",
  path: "/code-pools/{id}/incentives.csv",
  summary: "The ledger of a pool as CSV",
  access: mayRead,
  request: { params },
  responses: {
    200: { content: { "text/csv": { schema: z.string() } }, description: "All of it, with a header." },
    ...refusals,
  },
});

const Redeemed = z.object({
  id: z.string(),
  code: z.string(),
  customerId: z.string(),
  redeemedAt: z.iso.datetime(),
  known: z.boolean().describe("It was marked before, and stays as it was."),
});

const redeemByCodeRoute = route({
  method: "post",
  path: "/incentives/redeem",
  summary: "Mark a code that was handed out as used, by the code",
  access: mayWrite,
  request: { body: jsonBody(z.object({ code: z.string().trim().min(1).max(200) })) },
  responses: { 200: json(Redeemed, "It counts as used."), ...refusals },
});

const redeemRoute = route({
  method: "post",
  path: "/incentives/{id}/redeem",
  summary: "Mark a code that was handed out as used",
  access: mayWrite,
  request: { params },
  responses: { 200: json(Redeemed, "It counts as used."), ...refusals },
});
