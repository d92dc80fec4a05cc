import { hash } from "node:crypto";
import { z } from "@hono/zod-openapi";
import { readSecret } from "../../../platform/accounts/read-secret.ts";
import { Refusal } from "../../../platform/errors.ts";
import { errorBody, json, newRouter, route } from "../../../platform/http/router.ts";
import type { Resources } from "../../../platform/resources.ts";
import { newInvitationTokens } from "../../answering/invitation-token.ts";
import { type FetchFromAmazon, newAmazon } from "./amazon.ts";
import { applyMailEvents } from "./apply-mail-events.ts";
import { readBounceMail } from "./bounce-mail.ts";
import type { OtherMail } from "../other-mail.ts";
import type { MailEvent, MailEventSource } from "./mail-event.ts";
import {
  MailgunDelivery,
  readMailgunEvents,
  readPostmarkEvents,
  readSendgridEvents,
  readSesEvents,
} from "./provider-events.ts";
import {
  refuseUnsigned,
  requireMailgunSignature,
  requirePassword,
  requireSendgridSignature,
  requireToken,
} from "./signatures.ts";
import { isOfSns, parseJson, readSnsMessage } from "./sns-message.ts";

/** Bounces and complaints, as mail servers and providers report them; each is told apart by its signature. */
export function mailEventRoutes(
  resources: Resources,
  {
    fetchFromAmazon,
    otherMail,
  }: { fetchFromAmazon?: FetchFromAmazon; otherMail?: OtherMail | undefined } = {},
) {
  const { config, clock, log } = resources;
  const amazon = newAmazon(fetchFromAmazon);
  const apply = async (
    source: MailEventSource,
    once: string,
    events: readonly MailEvent[],
    byAddress = true,
  ) => ({
    events: await applyMailEvents(resources, { source, events, once, byAddress }, otherMail),
  });

  return newRouter()
    .openapi(sesRoute, async (c) => {
      const topic = config.sesTopicArn ?? refuseUnset("SES_TOPIC_ARN");
      const message = await readSnsMessage(await c.req.text(), { topic, amazon, now: clock.now() });
      if (message.Type === "Notification")
        return c.json(await apply("ses", message.MessageId, readSesEvents(parseJson(message.Message))), 200);
      if (message.Type === "SubscriptionConfirmation") {
        const { SubscribeURL: address } = message;
        if (!address || !isOfSns(address, topic)) refuseUnsigned();
        await amazon.visit(address);
        log.info({ topic }, "the SNS topic is confirmed");
      }
      return c.json({ events: 0 }, 200);
    })
    .openapi(sendgridRoute, async (c) => {
      const key = config.sendgridWebhookKey ?? refuseUnset("SENDGRID_WEBHOOK_KEY");
      const body = await c.req.text();
      const signature = c.req.header("x-twilio-email-event-webhook-signature");
      const timestamp = c.req.header("x-twilio-email-event-webhook-timestamp");
      requireSendgridSignature(key, { body, signature, timestamp }, clock.now());
      return c.json(
        await apply("sendgrid", `${timestamp} ${body}`, readSendgridEvents(parseJson(body))),
        200,
      );
    })
    .openapi(postmarkRoute, async (c) => {
      const password = config.postmarkWebhookPassword ?? refuseUnset("POSTMARK_WEBHOOK_PASSWORD");
      requirePassword(password, c.req.header("authorization"));
      const body = await c.req.text();
      return c.json(await apply("postmark", body, readPostmarkEvents(parseJson(body))), 200);
    })
    .openapi(mailgunRoute, async (c) => {
      const key = config.mailgunSigningKey ?? refuseUnset("MAILGUN_SIGNING_KEY");
      const delivery = MailgunDelivery.safeParse(parseJson(await c.req.text()));
      if (!delivery.success) refuseUnsigned();
      const { signature, "event-data": event } = delivery.data;
      requireMailgunSignature(key, signature, clock.now());
      return c.json(await apply("mailgun", signature.token, readMailgunEvents(event)), 200);
    })
    .openapi(dsnRoute, async (c) => {
      requireToken(config.bounceToken ?? refuseUnset("BOUNCE_TOKEN"), c.req.header("authorization"));
      const raw = new Uint8Array(await c.req.arrayBuffer());
      const { events, unsubscribe } = await readBounceMail(raw);
      if (unsubscribe === undefined)
        return c.json(await apply("dsn", hash("sha256", raw), events, false), 200);
      const tokens = newInvitationTokens(await readSecret(resources));
      const holder = tokens.read("unsubscribe", unsubscribe) ?? tokens.read("letter", unsubscribe);
      if (!holder) return c.json({ events: 0 }, 200);
      const { customerId, invitationId: id, number } = holder;
      const asked: MailEvent = { kind: "unsubscribe", message: { customerId, id, number } };
      return c.json(await apply("mail", unsubscribe, [asked], false), 200);
    });
}

function refuseUnset(setting: string): never {
  throw new Refusal(
    "not_found",
    `Such events are not taken here. To take them, set ${setting}; see docs/guides/e-mail.md.`,
  );
}

const taken = {
  503: json(errorBody, "Not taken now; send it again after the seconds in Retry-After."),
  200: json(z.object({ events: z.int().describe("How many were about mails of this Nines.") }), "Taken."),
  "4XX": json(errorBody, "Refused, with the reason."),
};

const eventRoute = <Path extends string>(path: Path, summary: string, description: string) =>
  route({ method: "post", path, summary, description, access: "public", responses: taken });

const sesRoute = eventRoute(
  "/mail-events/ses",
  "Bounces and complaints from Amazon SES, by SNS",
  "For the topic SES_TOPIC_ARN; signed by SNS. The subscription confirms itself.",
);
const sendgridRoute = eventRoute(
  "/mail-events/sendgrid",
  "Bounces and complaints from SendGrid",
  "The signed event webhook; its key is SENDGRID_WEBHOOK_KEY.",
);
const postmarkRoute = eventRoute(
  "/mail-events/postmark",
  "Bounces and complaints from Postmark",
  "With POSTMARK_WEBHOOK_PASSWORD as the password of Basic authentication.",
);
const mailgunRoute = eventRoute(
  "/mail-events/mailgun",
  "Bounces and complaints from Mailgun",
  "Signed with MAILGUN_SIGNING_KEY; each token is good for one delivery.",
);
const dsnRoute = eventRoute(
  "/mail-events/dsn",
  "A mail to the bounce address, as message/rfc822",
  "Reports of delivery (RFC 3464), complaints (RFC 5965) and unsubscribing by mail, with BOUNCE_TOKEN as a bearer token. Only mails that bring back the Message-ID of an invitation count.",
);
