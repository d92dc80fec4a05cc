import { z } from "@hono/zod-openapi";
import { saysNoSuchAddress } from "../sort-failure.ts";
import { type MailEvent, messageIn, plainDetail } from "./mail-event.ts";

// Everything is optional and anything else is let through: providers add fields, and an event that cannot be read must
// not hold up the others of its delivery.
const text = z.string().nullish().catch(undefined);
const list = <S extends z.ZodType>(item: S) => z.array(item).max(10_000).nullish().catch(undefined);

const SesEvent = z.object({
  notificationType: text,
  eventType: text,
  bounce: z
    .object({
      bounceType: text,
      bounceSubType: text,
      bouncedRecipients: list(z.object({ emailAddress: text, diagnosticCode: text })),
    })
    .nullish()
    .catch(undefined),
  complaint: z
    .object({ complaintFeedbackType: text, complainedRecipients: list(z.object({ emailAddress: text })) })
    .nullish()
    .catch(undefined),
  mail: z
    .object({
      headers: list(z.object({ name: text, value: text })),
      commonHeaders: z.object({ messageId: text }).nullish().catch(undefined),
      tags: z
        .object({ nines: list(z.string()) })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
});

/** The events in a notification of Amazon SES. */
export function readSesEvents(value: unknown): MailEvent[] {
  const event = SesEvent.safeParse(value).data;
  if (!event) return [];
  const { bounce, complaint, mail } = event;
  // SES puts a Message-ID of its own on every mail; ours is among the headers it repeats.
  const header = (name: string) => mail?.headers?.find((each) => each.name?.toLowerCase() === name)?.value;
  const message = messageIn(
    ...(mail?.tags?.nines ?? []),
    header("x-nines-invitation"),
    header("message-id"),
    mail?.commonHeaders?.messageId,
  );
  const type = event.notificationType ?? event.eventType;
  if (type === "Bounce" && bounce) {
    const kind = bounce.bounceType === "Permanent" ? "hard_bounce" : "soft_bounce";
    return (bounce.bouncedRecipients ?? []).map(({ emailAddress, diagnosticCode }) => ({
      kind,
      message,
      recipient: emailAddress ?? undefined,
      detail: plainDetail(bounce.bounceType, bounce.bounceSubType, diagnosticCode),
    }));
  }
  if (type !== "Complaint" || !complaint || complaint.complaintFeedbackType === "not-spam") return [];
  return (complaint.complainedRecipients ?? []).map(({ emailAddress }) => ({
    kind: "complaint",
    message,
    recipient: emailAddress ?? undefined,
    detail: plainDetail(complaint.complaintFeedbackType),
  }));
}

const SendgridEvent = z.object({
  email: text,
  event: text,
  type: text,
  reason: text,
  status: text,
  "smtp-id": text,
  nines: text,
});

/** The events that SendGrid posts. */
export function readSendgridEvents(value: unknown): MailEvent[] {
  const events = Array.isArray(value) ? value : [];
  return events.slice(0, 10_000).flatMap((each) => {
    const event = SendgridEvent.safeParse(each).data;
    const kind = event && kindAtSendgrid(event);
    if (!kind) return [];
    const { email, reason, status } = event;
    return {
      kind,
      message: messageIn(event.nines, event["smtp-id"]),
      recipient: email ?? undefined,
      detail: plainDetail(status, reason),
    };
  });
}

function kindAtSendgrid({
  event,
  type,
  reason,
}: z.infer<typeof SendgridEvent>): MailEvent["kind"] | undefined {
  switch (event) {
    case "bounce":
      return type === "blocked" ? "soft_bounce" : "hard_bounce";
    case "dropped":
      if (reason === "Bounced Address" || reason === "Invalid") return "hard_bounce";
      if (reason === "Spam Reporting Address") return "complaint";
      return reason === "Unsubscribed Address" ? "unsubscribe" : "soft_bounce";
    case "spamreport":
      return "complaint";
    case "unsubscribe":
    case "group_unsubscribe":
      return "unsubscribe";
    default:
      return undefined;
  }
}

const PostmarkEvent = z.object({
  RecordType: text,
  Type: text,
  Email: text,
  Recipient: text,
  Description: text,
  Details: text,
  SuppressSending: z.boolean().nullish().catch(undefined),
  SuppressionReason: text,
  Metadata: z.object({ nines: text }).nullish().catch(undefined),
});

/** The event that Postmark posts. */
export function readPostmarkEvents(value: unknown): MailEvent[] {
  const event = PostmarkEvent.safeParse(value).data;
  const kind = event && kindAtPostmark(event);
  if (!kind) return [];
  const { Email, Recipient, Details, Description, Metadata } = event;
  return [
    {
      kind,
      message: messageIn(Metadata?.nines),
      recipient: Email ?? Recipient ?? undefined,
      detail: plainDetail(Details || Description),
    },
  ];
}

function kindAtPostmark(event: z.infer<typeof PostmarkEvent>): MailEvent["kind"] | undefined {
  const { RecordType, Type, SuppressSending, SuppressionReason } = event;
  if (RecordType === "SpamComplaint") return "complaint";
  if (RecordType === "Bounce") {
    if (Type === "HardBounce" || Type === "BadEmailAddress") return "hard_bounce";
    if (Type === "SpamComplaint") return "complaint";
    return Type === "Unsubscribe" ? "unsubscribe" : "soft_bounce";
  }
  if (RecordType !== "SubscriptionChange" || !SuppressSending) return undefined;
  if (SuppressionReason === "HardBounce") return "hard_bounce";
  return SuppressionReason === "SpamComplaint" ? "complaint" : "unsubscribe";
}

/** What Mailgun posts, as far as its signature goes. */
export const MailgunDelivery = z.object({
  signature: z.object({ timestamp: z.string(), token: z.string().min(1).max(200), signature: z.string() }),
  "event-data": z.unknown(),
});

const MailgunEvent = z.object({
  event: text,
  severity: text,
  reason: text,
  recipient: text,
  "delivery-status": z
    .object({ code: z.number().nullish().catch(undefined), message: text, description: text })
    .nullish()
    .catch(undefined),
  message: z
    .object({ headers: z.object({ "message-id": text }).nullish().catch(undefined) })
    .nullish()
    .catch(undefined),
  "user-variables": z.object({ nines: text }).nullish().catch(undefined),
});

/** The event in a delivery of Mailgun. */
export function readMailgunEvents(value: unknown): MailEvent[] {
  const event = MailgunEvent.safeParse(value).data;
  const kind = event && kindAtMailgun(event);
  if (!kind) return [];
  const status = event["delivery-status"];
  return [
    {
      kind,
      message: messageIn(event["user-variables"]?.nines, event.message?.headers?.["message-id"]),
      recipient: event.recipient ?? undefined,
      detail: plainDetail(status?.code, status?.message || status?.description || event.reason),
    },
  ];
}

function kindAtMailgun(event: z.infer<typeof MailgunEvent>): MailEvent["kind"] | undefined {
  if (event.event === "complained") return "complaint";
  if (event.event === "unsubscribed") return "unsubscribe";
  if (event.event !== "failed") return undefined;
  if (event.severity !== "permanent") return "soft_bounce";
  if (event.reason === "suppress-complaint") return "complaint";
  if (event.reason === "suppress-unsubscribe") return "unsubscribe";
  const said = plainDetail(event["delivery-status"]?.code, event["delivery-status"]?.message);
  // Mailgun calls a refusal for reasons of policy permanent as well.
  const isGone = event.reason === "suppress-bounce" || event.reason === "bounce" || saysNoSuchAddress(said);
  return isGone ? "hard_bounce" : "soft_bounce";
}
