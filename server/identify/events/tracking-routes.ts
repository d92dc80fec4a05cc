import { z } from "@hono/zod-openapi";
import { cors } from "hono/cors";
import type { Context } from "hono";
import { Refusal } from "../../platform/errors.ts";
import { type Env, errorBody, json, newRouter, route } from "../../platform/http/router.ts";
import type { Resources } from "../../platform/resources.ts";
import { type MessageType, most } from "./event.ts";
import { sentenceOf } from "./event-problem.ts";
import type { Sender, WriteKeys } from "./find-write-key.ts";
import { receiveMessages } from "./receive-messages.ts";
import { readBody } from "./read-body.ts";
import type { EventRecorder } from "./record-events.ts";

/**
 * What Segment's clients, and those made like them, send to: unchanged but for the host. With a write key and without
 * cookies, hence open to every origin.
 */
export function trackingRoutes(
  resources: Pick<Resources, "clock" | "config">,
  recorder: EventRecorder,
  writeKeys: WriteKeys,
) {
  const router = newRouter();
  router.use(
    "/v1/*",
    cors({
      origin: "*",
      allowMethods: ["GET", "POST"],
      allowHeaders: ["authorization", "content-type", "content-encoding", "x-retry-count"],
      exposeHeaders: ["retry-after"],
      maxAge: 86_400,
    }),
  );
  const receive = async (c: Context<Env>, type?: MessageType) => {
    // A key that is wrong is told before anything else, but it may be in the body.
    const header = keyInHeader(c.req.header("authorization"));
    const early = header === undefined ? undefined : await findSender(c, writeKeys, header);
    const packed = Buffer.from(await c.req.arrayBuffer());
    const sent = await readBody(packed, c.req.header("content-encoding"));
    const sender = early ?? (await findSender(c, writeKeys, sent.writeKey));
    await limit(c, sender);
    const { refused, accepted } = await receiveMessages(resources, recorder, sender, { sent, type });
    if (refused.length === 0) return c.json({ success: true }, 200);
    const problems = refused.slice(0, 20).map(({ index, problem }) => ({
      path: type === undefined ? `batch.${index}` : "",
      message: sentenceOf(problem),
      reason: problem.reason,
      values: problem.values,
    }));
    if (accepted > 0) return c.json({ success: true, problems }, 200);
    throw new Refusal("bad_request", problems[0]!.message, { reason: problems[0]!.reason, problems });
  };
  for (const [path, type] of Object.entries(paths))
    router.openapi(messageRoute(path, type), (c) => receive(c, type));
  for (const path of ["/v1/batch", "/v1/import", "/v1/b"])
    router.openapi(batchRoute(path), (c) => receive(c));
  return router.openapi(settingsRoute, async (c) => {
    const { key } = c.req.valid("param");
    const sender = await writeKeys.find(key);
    if (!sender || sender.trusted)
      throw new Refusal(
        "not_found",
        "This is no write key for pages and apps; make one in Settings → Write keys.",
        { reason: "no_such_write_key" },
      );
    const { host, protocol } = new URL(resources.config.baseUrl);
    c.header("cache-control", "public, max-age=60");
    const apiHost = `${host}/v1`;
    return c.json(
      { integrations: { "Segment.io": { apiKey: key, apiHost, protocol: protocol.slice(0, -1) } } },
      200,
    );
  });
}

const paths: Record<string, MessageType> = {
  "/v1/identify": "identify",
  "/v1/i": "identify",
  "/v1/track": "track",
  "/v1/t": "track",
  "/v1/page": "page",
  "/v1/p": "page",
  "/v1/screen": "screen",
  "/v1/s": "screen",
  "/v1/group": "group",
  "/v1/g": "group",
  "/v1/alias": "alias",
  "/v1/a": "alias",
};

/** The write key is the name of Basic authentication; the password is empty. */
function keyInHeader(authorization: string | undefined): string | undefined {
  const coded = /^Basic\s+(\S+)$/i.exec(authorization ?? "")?.[1];
  if (coded === undefined) return undefined;
  return Buffer.from(coded, "base64").toString("utf8").split(":")[0] || undefined;
}

async function findSender(c: Context<Env>, writeKeys: WriteKeys, key: unknown): Promise<Sender> {
  const sender = typeof key === "string" && key !== "" ? await writeKeys.find(key) : undefined;
  if (sender) return sender;
  await c.get("limitRequests")("address", c.get("address"));
  if (typeof key !== "string" || key === "")
    throw new Refusal(
      "not_signed_in",
      "There is no write key: send it as the user name of Basic authentication, or as `writeKey` in the body.",
      { reason: "no_write_key" },
    );
  throw new Refusal(
    "not_signed_in",
    "This write key is not known; it may have been revoked. Those there are stand in Settings → Write keys.",
    { reason: "wrong_write_key" },
  );
}

/** Anybody can read the key of a page, so its senders are counted by where they are too. */
async function limit(c: Context<Env>, { trusted, writeKeyId }: Sender): Promise<void> {
  await c.get("limitRequests")("key", writeKeyId);
  if (!trusted) await c.get("limitRequests")("address", c.get("address"));
}

const answers = {
  200: json(
    z.object({
      success: z.literal(true),
      problems: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    }),
    "After the commit. Messages that something is wrong with are named; the others are stored.",
  ),
  400: json(errorBody, "Nothing was stored, with the reason."),
  401: json(errorBody, "No write key, or none that is known."),
  503: json(errorBody, "Too much at once; try again after the seconds in Retry-After."),
};

const messageRoute = (path: string, type: MessageType) =>
  route({
    method: "post",
    path,
    summary: `Receive one message: ${type}`,
    description: `In the form of Segment's specification, at most ${most.eventBytes / 1024} KB. The same \`messageId\` twice is stored once.`,
    access: "write-key",
    responses: answers,
  });

const batchRoute = (path: string) =>
  route({
    method: "post",
    path,
    summary: "Receive messages: identify, track, page, screen, group, alias",
    description: `\`{"batch": […], "sentAt": "…"}\` in the form of Segment's specification; at most ${most.batch.toLocaleString("en")} messages and ${most.batchBytes / 1024} KB unpacked.`,
    access: "write-key",
    responses: answers,
  });

const settingsRoute = route({
  method: "get",
  path: "/v1/projects/{key}/settings",
  summary: "Where analytics.js of Segment sends to",
  access: "public",
  request: { params: z.object({ key: z.string().max(200) }) },
  responses: {
    200: json(
      z.object({ integrations: z.record(z.string(), z.record(z.string(), z.string())) }),
      "The settings.",
    ),
    "4XX": json(errorBody, "No such key."),
  },
});
