import { z } from "@hono/zod-openapi";
import { Refusal } from "../platform/errors.ts";
import { encodeText } from "../platform/http/encode-text.ts";
import { errorBody, json, jsonBody, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { newSurveyFinder } from "./find-survey.ts";
import { findImport, importSchema, selectImports, toImport } from "./imports/import.ts";
import { failureSchema, failuresCsv, listFailures } from "./imports/list-failures.ts";
import { mappingSchema, type Format } from "./imports/mapping.ts";
import { readImport } from "./imports/read-import.ts";
import { receiveUpload } from "./imports/receive-upload.ts";
import { removeUpload } from "./imports/remove-upload.ts";
import { startImport } from "./imports/start-import.ts";
import { requestUndo } from "./imports/undo-import.ts";
import { nameText } from "./response.ts";
import { surveyName } from "./survey.ts";

const refusals = { "4XX": json(errorBody, "Refused, with the reason.") };
const params = z.object({ id: z.uuid("is not the id of an import") });
const mayRead = { role: "viewer", scope: "imports:write" } as const;
const mayWrite = { role: "editor", scope: "imports:write" } as const;
const mostListed = 200;

/** Imports of past answers from CSV files. */
export function importRoutes(resources: Resources) {
  const { db } = resources.database;
  const findSurvey = newSurveyFinder(db, resources.clock);

  return newRouter()
    .openapi(uploadRoute, async (c) => {
      const { workspaceId, personId } = c.var.caller;
      const { name, survey } = c.req.valid("query");
      refuseForms(c.req.header("content-type"));
      const length = Number(c.req.header("content-length") ?? Number.NaN);
      const id = await receiveUpload(resources, {
        workspaceId,
        surveyId: await findSurvey(workspaceId, survey),
        name,
        personId,
        body: c.req.raw.body ?? nothing(),
        announced: Number.isFinite(length) ? length : undefined,
      });
      return c.json(await readImport(db, workspaceId, id), 201);
    })
    .openapi(listRoute, async (c) => {
      const rows = await selectImports(db, c.var.caller.workspaceId).limit(mostListed).execute();
      return c.json({ imports: rows.map(toImport) }, 200);
    })
    .openapi(readRoute, async (c) => {
      const { id } = c.req.valid("param");
      return c.json(await readImport(db, c.var.caller.workspaceId, id), 200);
    })
    .openapi(startRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const { id } = c.req.valid("param");
      await startImport(resources, workspaceId, id, c.req.valid("json"));
      return c.json(await readImport(db, workspaceId, id), 202);
    })
    .openapi(undoRoute, async (c) => {
      const { workspaceId } = c.var.caller;
      const { id } = c.req.valid("param");
      await requestUndo(resources, workspaceId, id);
      return c.json(await readImport(db, workspaceId, id), 202);
    })
    .openapi(deleteRoute, async (c) => {
      const { id } = c.req.valid("param");
      await findImport(db, c.var.caller.workspaceId, id);
      if (!(await removeUpload(db, id))) {
        throw new Refusal(
          "conflict",
          "This import has been started, so it stays on record. Undo it instead.",
          { reason: "import_started" },
        );
      }
      return c.body(null, 204);
    })
    .openapi(failuresRoute, async (c) => {
      const { id } = c.req.valid("param");
      const { rowsFailed } = await findImport(db, c.var.caller.workspaceId, id);
      const failures = await listFailures(db, id, c.req.valid("query"));
      return c.json({ failures, total: rowsFailed }, 200);
    })
    .openapi(failuresFileRoute, async (c) => {
      const { id } = c.req.valid("param");
      const { format, name } = await findImport(db, c.var.caller.workspaceId, id);
      const file = `failed rows of ${name.replace(/\.\w+$/, "")}.csv`;
      const body = encodeText(failuresCsv(db, id, format as Format | null));
      return c.body(body, 200, {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": `attachment; filename="failed-rows.csv"; filename*=UTF-8''${encodeURIComponent(file)}`,
      });
    });
}

function refuseForms(contentType: string | undefined): void {
  if (!contentType?.toLowerCase().startsWith("multipart/")) return;
  throw new Refusal(
    "bad_request",
    "Send one file as the request body itself, not as a form: curl --data-binary @FILE.csv.",
    { reason: "multipart" },
  );
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

const uploadRoute = route({
  method: "post",
  path: "/imports",
  summary: "Upload a CSV file of past answers",
  description:
    "The request body is the file, of any size. The answer shows its first rows and a guess of its columns; nothing becomes an answer before `start`.",
  access: mayWrite,
  request: {
    query: z.object({
      name: nameText(300).default("answers.csv").describe("Name of the file."),
      survey: z.uuid("is not the id of a survey").optional().describe("Default: the oldest live survey."),
    }),
  },
  responses: {
    201: json(importSchema, "The import, with its preview."),
    ...refusals,
    507: json(errorBody, "The disk of the database is full."),
  },
});

const listRoute = route({
  method: "get",
  path: "/imports",
  summary: "The imports, newest first",
  access: mayRead,
  responses: { 200: json(z.object({ imports: z.array(importSchema) }), "At most 200."), ...refusals },
});

const readRoute = route({
  method: "get",
  path: "/imports/{id}",
  summary: "One import: its preview, or how far it is",
  access: mayRead,
  request: { params },
  responses: { 200: json(importSchema, "The import."), ...refusals },
});

const startRoute = route({
  method: "post",
  path: "/imports/{id}/start",
  summary: "Start an uploaded import",
  access: mayWrite,
  request: {
    params,
    body: jsonBody(
      z.object({
        mapping: mappingSchema,
        surveyId: z.uuid().optional(),
        newSurveyName: surveyName.optional(),
      }),
    ),
  },
  responses: { 202: json(importSchema, "It runs."), ...refusals },
});

const undoRoute = route({
  method: "post",
  path: "/imports/{id}/undo",
  summary: "Take out what an import has stored",
  access: mayWrite,
  request: { params },
  responses: { 202: json(importSchema, "It is being undone."), ...refusals },
});

const deleteRoute = route({
  method: "delete",
  path: "/imports/{id}",
  summary: "Discard an upload that was not started",
  access: mayWrite,
  request: { params },
  responses: { 204: { description: "It is gone." }, ...refusals },
});

const failuresRoute = route({
  method: "get",
  path: "/imports/{id}/failures",
  summary: "The rows that were not stored, with line and reason",
  access: mayRead,
  request: {
    params,
    query: z.object({
      after: z.coerce.number().int().min(0).default(0).describe("Line after which to go on."),
      limit: z.coerce.number().int().min(1).max(1_000).default(100),
    }),
  },
  responses: {
    200: json(z.object({ failures: z.array(failureSchema), total: z.number().int() }), "One page."),
    ...refusals,
  },
});

const failuresFileRoute = route({
  method: "get",
  path: "/imports/{id}/failures.csv",
  summary: "The rows that were not stored, as a CSV file",
  access: mayRead,
  request: { params },
  responses: {
    200: {
      content: { "text/csv": { schema: z.string() } },
      description: "Line, reason, and the row itself.",
    },
    ...refusals,
  },
});
