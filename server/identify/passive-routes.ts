import { z } from "@hono/zod-openapi";
import { encodeText } from "../platform/http/encode-text.ts";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { countPassives, listPassives } from "./passives/list-passives.ts";
import { passivesCsv } from "./passives/passives-csv.ts";
import { PassiveCustomer, PassiveFilter, Passives, passiveSorts } from "./passives/passives.ts";
import { previewRules, RulePreview } from "./passives/preview-rules.ts";
import { readPassives } from "./passives/read-passives.ts";
import { readRuleChoices, saveRuleChoices } from "./passives/rule-choices.ts";
import { RuleChoices, shippedRules } from "./passives/rules.ts";
import { selectPassives } from "./passives/select-passives.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const mayRead = { role: "viewer", scope: "passives:read" } as const;
const mayWrite = { role: "editor", scope: "passives:write" } as const;

/** Stage 2: who is passive, by what they said, by what they do, by their silence; and the rules of behaviour. */
export function passiveRoutes({ database, clock }: Resources) {
  const { db, reads } = database;

  return newRouter()
    .openapi(mapRoute, async (c) => c.json(await readPassives(reads, c.var.caller.workspaceId), 200))
    .openapi(listRoute, async (c) => {
      const { cursor, limit, sort, ...filter } = c.req.valid("query");
      const now = clock.now();
      const selection = await selectPassives(reads, c.var.caller.workspaceId, filter, now);
      const [page, total] = await Promise.all([
        listPassives(reads, selection, { now, sort, cursor, limit }),
        countPassives(reads, selection),
      ]);
      return c.json({ ...page, total }, 200);
    })
    .openapi(fileRoute, async (c) => {
      const { sort, ...filter } = c.req.valid("query");
      const now = clock.now();
      const selection = await selectPassives(reads, c.var.caller.workspaceId, filter, now);
      return c.body(encodeText(passivesCsv(reads, selection, { now, sort })), 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="passives-${now.toISOString().slice(0, 10)}.csv"`,
      });
    })
    .openapi(rulesRoute, async (c) => {
      const rules = await readRuleChoices(reads, c.var.caller.workspaceId);
      return c.json({ rules, shipped: shippedRules }, 200);
    })
    .openapi(saveRoute, async (c) => {
      const { caller } = c.var;
      await saveRuleChoices(db, clock, caller, c.req.valid("json"));
      return c.json({ rules: await readRuleChoices(db, caller.workspaceId), shipped: shippedRules }, 200);
    })
    .openapi(previewRoute, async (c) =>
      c.json(
        await previewRules(reads, c.var.caller.workspaceId, c.req.valid("json"), { now: clock.now() }),
        200,
      ),
    );
}

const sort = z
  .enum(passiveSorts)
  .default("attention")
  .describe(
    "`attention`: 7s and 8s first, of these who uses less first, then by revenue. `revenue`: highest first. `change`: greatest decline first. `answered`, `since`: newest first.",
  );

const mapRoute = route({
  method: "get",
  path: "/passives",
  summary: "Who is passive: totals, reasons, and the map of score by change of activity",
  description:
    "Each customer counts once, by their newest answer. Whoever has left (trait `churnedAt`) counts nowhere.",
  access: mayRead,
  responses: { 200: json(Passives, "All figures of the page of passives."), ...refusals },
});

const listRoute = route({
  method: "get",
  path: "/passives/customers",
  summary: "The customers who are passive in some way, with their reasons, by pages",
  access: mayRead,
  request: {
    query: PassiveFilter.extend({
      sort,
      cursor: z.string().optional().describe("`next` of the page before, with the same sort."),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
  },
  responses: {
    200: json(
      z.object({
        items: z.array(PassiveCustomer),
        next: z.string().nullable().describe("Cursor of the next page; null on the last."),
        total: z.int(),
      }),
      "One page.",
    ),
    ...refusals,
  },
});

const fileRoute = route({
  method: "get",
  path: "/passives/customers.csv",
  summary: "The same customers as a CSV file",
  description: "A text that a spreadsheet would take for a formula begins with an apostrophe.",
  access: mayRead,
  request: { query: PassiveFilter.extend({ sort }) },
  responses: {
    200: { content: { "text/csv": { schema: z.string() } }, description: "All of them, with a header." },
    ...refusals,
  },
});

const Rules = z.object({
  rules: RuleChoices,
  shipped: RuleChoices.describe("As Nines comes; what a workspace has not changed follows it."),
});

const rulesRoute = route({
  method: "get",
  path: "/passive-rules",
  summary: "The rules by which behaviour makes a customer passive",
  access: mayRead,
  responses: { 200: json(Rules, "The rules with their settings."), ...refusals },
});

const saveRoute = route({
  method: "put",
  path: "/passive-rules",
  summary: "Choose the rules and their settings",
  description: "What is left out is as shipped. All customers are looked at anew, which takes a moment.",
  access: mayWrite,
  request: { body: jsonBody(RuleChoices) },
  responses: { 200: json(Rules, "As they are now."), ...refusals },
});

const previewRoute = route({
  method: "post",
  path: "/passive-rules/preview",
  summary: "How many customers some rules would find",
  description:
    "Nothing is stored. Beyond 10,000 customers a sample is looked at, and each number has its interval.",
  access: mayRead,
  request: { body: jsonBody(RuleChoices) },
  responses: { 200: json(RulePreview, "How many each rule finds."), ...refusals },
});
