import type { OpenAPIHono } from "@hono/zod-openapi";
import { type Access, type Env, errorBody, scopesOf } from "./router.ts";

type Document = ReturnType<OpenAPIHono["getOpenAPI31Document"]>;
type Operation = { "x-access"?: Access; operationId?: string; security?: unknown; responses?: object };

/** The OpenAPI 3.1 description of all routes, with who may use each. */
export function describeApi(
  app: OpenAPIHono<Env>,
  { version, url }: { version: string; url: string },
): Document {
  app.openAPIRegistry.register("Error", errorBody);
  const document = app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: {
      title: "Nines",
      version,
      description:
        "Net Promoter Score software whose hero is the passive customer. Programs send an API key; how errors look and what may be repeated is in docs/guides/api.md.",
      license: { name: "Apache-2.0", url: "https://www.apache.org/licenses/LICENSE-2.0" },
    },
    servers: [{ url }],
  });
  for (const [path, methods] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(methods as Record<string, Operation>)) {
      operation.operationId ??= operationId(method, path);
      operation.security = securityOf(operation["x-access"] ?? "public");
      operation.responses = { ...operation.responses, "4XX": refusal };
    }
  }
  const components = (document.components ??= {});
  components.securitySchemes = {
    apiKey: {
      type: "http",
      scheme: "bearer",
      description: "An API key, `nines_…`, from Settings → API keys.",
    },
    writeKey: {
      type: "http",
      scheme: "basic",
      description: "A write key as the user name, without a password. It may also be `writeKey` in the body.",
    },
    session: {
      type: "apiKey",
      in: "cookie",
      name: "nines.session_token",
      description: "A signed-in browser; `x-workspace` names the workspace.",
    },
  };
  return document;
}

const refusal = {
  description: "A refusal: one sentence that tells the way out.",
  content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } },
};

function securityOf(access: Access) {
  if (access === "public") return [];
  if (access === "write-key") return [{ writeKey: [] }];
  if (access === "signed-in") return [{ session: [] }];
  return [...scopesOf(access).map((scope) => ({ apiKey: [scope] })), { session: [] }];
}

/** `get /api/v1/members/{id}` → `getMembersById`. */
function operationId(method: string, path: string): string {
  const words = path
    .replace(/^\/api\/(v1\/)?/, "")
    .split(/[/-]/)
    .map((word) => (word.startsWith("{") ? `by-${word.slice(1, -1)}` : word))
    .flatMap((word) => word.split(/[-_]/));
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}
