import { hash, timingSafeEqual } from "node:crypto";
import { z } from "@hono/zod-openapi";
import { applyMailEvents } from "../collect/email/events/apply-mail-events.ts";
import { readBounceMail } from "../collect/email/events/bounce-mail.ts";
import { Refusal } from "../platform/errors.ts";
import { errorBody, json, newRouter, route } from "../platform/http/router.ts";
import type { Resources } from "../platform/resources.ts";
import { incomingBody } from "./inbox/incoming-body.ts";
import { readIncomingMail } from "./inbox/read-incoming-mail.ts";
import { type Received, receiveMail } from "./inbox/receive-mail.ts";
import { messagesAsMail } from "./messages/messages-as-mail.ts";

/** Stage 4: mail that customers write to us. */
export function incomingRoutes(resources: Resources) {
  return newRouter().openapi(incomingRoute, async (c) => {
    requireToken(resources.config.incomingToken, c.req.valid("param").token);
    const raw = await incomingBody(c.req.raw);
    const report = await readBounceMail(raw);
    if (report.events.length > 0) {
      const once = hash("sha256", raw);
      await applyMailEvents(
        resources,
        { source: "dsn", events: report.events, once, byAddress: false },
        messagesAsMail,
      );
      return c.json({ outcome: "bounce" as const, message: sentences.bounce }, 200);
    }
    const mail = await readIncomingMail(raw);
    const outcome: Received | "unreadable" = mail ? await receiveMail(resources, mail, raw) : "unreadable";
    return c.json({ outcome, message: sentences[outcome] }, 200);
  });
}

const sentences: Record<Received | "bounce" | "unreadable", string> = {
  stored: "It is in the conversation with its customer.",
  automatic: "A machine wrote it; it is in the conversation, and opens nothing.",
  known: "It was here before.",
  unknown: "It answers no mail of ours, so it was not stored; whoever wrote it can be told to answer ours.",
  own: "We sent it ourselves, so it was not stored.",
  bounce: "It reports what became of a mail of ours; that is noted.",
  unreadable: "It is no mail that can be read, so it was not stored.",
};

function requireToken(wanted: string | undefined, given: string): void {
  const refuse = () =>
    new Refusal(
      "not_found",
      "Nobody takes mail at this address. To take it, set INCOMING_TOKEN; see docs/guides/inbox.md.",
    );
  if (wanted === undefined) throw refuse();
  const [a, b] = [hash("sha256", wanted, "buffer"), hash("sha256", given, "buffer")];
  if (!timingSafeEqual(a, b)) throw refuse();
}

const incomingRoute = route({
  method: "post",
  path: "/mail/incoming/{token}",
  summary: "A mail that a customer wrote to us",
  description:
    "As message/rfc822, or in a field of a form or of JSON as mail services send it (body-mime, email, RawEmail). Mails that answer " +
    "one of ours are stored; reports of delivery are noted; all others are kept out, and answered with 200 and the reason.",
  access: "public",
  request: { params: z.object({ token: z.string().max(200) }) },
  responses: {
    200: json(
      z.object({
        outcome: z.enum(["stored", "automatic", "known", "unknown", "own", "bounce", "unreadable"]),
        message: z.string(),
      }),
      "What became of it.",
    ),
    "4XX": json(errorBody, "Refused, with the reason."),
  },
});
