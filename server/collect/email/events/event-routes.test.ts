import { createHmac, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { expect, test } from "vitest";
import { bareWorkspace } from "../../../../test/bare-workspace.ts";
import { askByMail, mailedSurvey } from "../../../../test/mailed-survey.ts";
import { newTestApp, type TestApp } from "../../../../test/new-test-app.ts";
import { readSecret } from "../../../platform/accounts/read-secret.ts";
import { openRequestLimits } from "../../../platform/http/limit-requests.ts";
import { prepareRequests } from "../../../platform/http/prepare-requests.ts";
import { respondToErrors } from "../../../platform/http/respond-to-errors.ts";
import { newRouter } from "../../../platform/http/router.ts";
import { newInvitationTokens } from "../../answering/invitation-token.ts";
import { messageIdOf, messageTagOf } from "../message-id.ts";
import { mailEventRoutes } from "./event-routes.ts";
import {
  readMailgunEvents,
  readPostmarkEvents,
  readSendgridEvents,
  readSesEvents,
} from "./provider-events.ts";
import { type SnsMessage, signedText } from "./sns-message.ts";

const now = "2026-10-13T08:00:00Z";
const seconds = Date.parse(now) / 1000;
const amazon = generateKeyPairSync("rsa", { modulusLength: 2048 });
const sendgrid = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
const topic = "arn:aws:sns:eu-central-1:123456789012:bounces";
const certificateUrl = "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123abcd.pem";
const pem = (key: KeyObject) => String(key.export({ type: "spki", format: "pem" }));
const env = {
  SES_TOPIC_ARN: topic,
  SENDGRID_WEBHOOK_KEY: sendgrid.publicKey.export({ type: "spki", format: "der" }).toString("base64"),
  POSTMARK_WEBHOOK_PASSWORD: "a password for postmark",
  MAILGUN_SIGNING_KEY: "a signing key of mailgun",
  BOUNCE_TOKEN: "a-token-for-bounce-mails",
};
const html = '550 5.1.1 <script>alert("x")</script>\r\nunknown\u0000user';

/** Three customers who were mailed, and the routes. */
async function newReceiver() {
  const nines = await newTestApp({ env, now });
  const workspaceId = await bareWorkspace(nines);
  const surveyId = await mailedSurvey(nines, workspaceId);
  await askByMail(nines, { workspaceId, surveyId, n: 3 });
  await nines.pool.query("update invitations set state = 'sent', sent_at = send_after");
  const fetched: string[] = [];
  const amazonSays = { text: pem(amazon.publicKey), down: false };
  const fetchFromAmazon = async (address: string) => {
    fetched.push(address);
    if (amazonSays.down) throw new Error("connect ETIMEDOUT");
    return amazonSays.text;
  };
  const app = newRouter();
  const nobody = async () => undefined;
  app.use(
    prepareRequests(nines.resources, {
      findCaller: nobody,
      findPerson: nobody,
      limitRequests: openRequestLimits(),
    }),
  );
  app.onError(respondToErrors(nines.resources.log));
  app.route("/", mailEventRoutes(nines.resources, { fetchFromAmazon }));
  const post = async (source: string, body: string, headers: Record<string, string> = {}) => {
    const response = await app.request(`/mail-events/${source}`, { method: "POST", body, headers });
    return { status: response.status, ...((await response.json()) as { events?: number }) };
  };
  const ids = await nines.pool.query<{ id: string; customer_id: string; recipient: string }>(
    "select id, customer_id, recipient from invitations order by recipient",
  );
  const messageIds = ids.rows.map(({ id, customer_id }) =>
    messageIdOf({ id, customerId: customer_id, number: 0 }, "larkfield.example"),
  );
  return { nines, post, fetched, amazonSays, messageIds, asked: ids.rows, workspaceId };
}

const suppressions = async ({ db }: TestApp) =>
  db.selectFrom("suppressions").select(["key", "reason", "source", "detail"]).orderBy("key").execute();

function snsMessage(message: object, more: Partial<SnsMessage> = {}, key = amazon.privateKey): string {
  const envelope: SnsMessage = {
    Type: "Notification",
    MessageId: crypto.randomUUID(),
    TopicArn: topic,
    Message: JSON.stringify(message),
    Timestamp: new Date(now).toISOString(),
    SignatureVersion: "2",
    Signature: "",
    SigningCertURL: certificateUrl,
    ...more,
  };
  const digest = envelope.SignatureVersion === "1" ? "sha1" : "sha256";
  const signature = sign(digest, Buffer.from(signedText(envelope)), key).toString("base64");
  return JSON.stringify({ ...envelope, Signature: signature });
}

const sesBounce = (messageId: string, bounceType = "Permanent") => ({
  notificationType: "Bounce",
  bounce: {
    bounceType,
    bounceSubType: "General",
    bouncedRecipients: [
      { emailAddress: "ask0@example.com", action: "failed", status: "5.1.1", diagnosticCode: html },
    ],
    timestamp: now,
    feedbackId: "01",
    reportingMTA: "dns; a.smtp-out.amazonses.com",
  },
  mail: {
    messageId: "0102018",
    destination: ["ask0@example.com"],
    headers: [
      { name: "Message-ID", value: "<0102018@eu-central-1.amazonses.com>" },
      { name: "X-Nines-Invitation", value: messageId },
    ],
  },
});

test("SES: a permanent bounce ends an address, its text is kept as text; a transient one is only noted", async () => {
  const { nines, post, messageIds } = await newReceiver();
  expect(await post("ses", snsMessage(sesBounce(messageIds[0]!, "Transient")))).toEqual({
    status: 200,
    events: 1,
  });
  expect(await suppressions(nines)).toEqual([]);
  expect(
    await nines.db.selectFrom("invitations").select("reason").where("reason", "is not", null).execute(),
  ).toEqual([{ reason: "soft_bounce" }]);
  expect(await post("ses", snsMessage(sesBounce(messageIds[0]!), { SignatureVersion: "1" }))).toEqual({
    status: 200,
    events: 1,
  });
  expect(await suppressions(nines)).toEqual([
    {
      key: "email:ask0@example.com",
      reason: "bounced",
      source: "ses",
      detail: 'Permanent General 550 5.1.1 <script>alert("x")</script> unknown user',
    },
  ]);
  const row = await nines.db
    .selectFrom("invitations")
    .selectAll()
    .where("recipient", "=", "ask0@example.com")
    .executeTakeFirstOrThrow();
  expect(row.bouncedAt).toEqual(nines.clock.now());
  const complaint = {
    eventType: "Complaint",
    complaint: {
      complaintFeedbackType: "abuse",
      complainedRecipients: [{ emailAddress: "Ask1@Example.com" }],
    },
    mail: { messageId: "0102019" },
  };
  await post("ses", snsMessage(complaint));
  expect((await suppressions(nines)).map(({ reason }) => reason)).toEqual(["bounced", "complained"]);
});

test("SES: wrong signatures, other topics, old messages and foreign certificates are refused", async () => {
  const { nines, post, messageIds, fetched } = await newReceiver();
  const bounce = sesBounce(messageIds[0]!);
  const stranger = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
  const changed = JSON.parse(snsMessage(bounce)) as SnsMessage;
  for (const body of [
    snsMessage(bounce, {}, stranger),
    JSON.stringify({ ...changed, Message: changed.Message.replace("ask0", "ask2") }),
    snsMessage(bounce, { TopicArn: `${topic}-other` }),
    snsMessage(bounce, { Timestamp: "2026-10-11T08:00:00.000Z" }),
    "{}",
    "not json",
  ])
    expect(await post("ses", body), body).toMatchObject({ status: 403 });
  const before = fetched.length;
  for (const address of [
    "https://sns.eu-central-1.amazonaws.com.evil.example/a.pem",
    "https://evil.example/sns.eu-central-1.amazonaws.com/a.pem",
    "http://sns.eu-central-1.amazonaws.com/a.pem",
    "https://sns.eu-central-1.amazonaws.com:8080/a.pem",
    "https://user@sns.eu-central-1.amazonaws.com/a.pem",
    "https://sns.eu-central-1.amazonaws.com/?x=.pem",
    "https://sns.eu-central-1.amazonaws.com/a.pem?x=1",
    "https://sns.eu-central-1.amazonaws.com/a.pem#b",
    "https://sns.eu-central-1.amazonaws.com/b/../a.pem",
    "https://sns.eu-central-1.amazonaws.com/%61.pem",
    "https://SNS.eu-central-1.amazonaws.com/a.pem",
    "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-0123abcd.pem",
    "https://sns.eu-central-1.amazonaws.com.cn/a.pem",
    "https://169.254.169.254/latest.pem",
    "file:///etc/passwd.pem",
  ])
    expect(await post("ses", snsMessage(bounce, { SigningCertURL: address })), address).toMatchObject({
      status: 403,
    });
  expect(fetched).toHaveLength(before);
  expect(await suppressions(nines)).toEqual([]);
});

test("SES: a certificate is fetched once, one that is none is refused, and without network the event is to come again", async () => {
  const { nines, post, messageIds, fetched, amazonSays } = await newReceiver();
  const [first = "", second = "", third = ""] = messageIds.map((id) => snsMessage(sesBounce(id)));
  amazonSays.down = true;
  const response = (await post("ses", first)) as unknown as { status: number; error: { message: string } };
  expect(response).toMatchObject({ status: 503 });
  expect(response.error.message).toMatch(/^Amazon could not be asked .* sns\.eu-central-1\.amazonaws\.com/);
  amazonSays.down = false;
  amazonSays.text = "<html>no certificate</html>";
  expect(await post("ses", first)).toMatchObject({ status: 403 });
  amazonSays.text = pem(amazon.publicKey);
  for (const body of [first, second, third]) expect(await post("ses", body)).toMatchObject({ status: 200 });
  expect(fetched).toEqual([certificateUrl, certificateUrl, certificateUrl]);
  expect(await suppressions(nines)).toHaveLength(3);
});

test("SES: the subscription is confirmed at Amazon and nowhere else", async () => {
  const { post, fetched } = await newReceiver();
  const confirm = (SubscribeURL: string) =>
    post("ses", snsMessage({}, { Type: "SubscriptionConfirmation", Token: "t", SubscribeURL }));
  const good = "https://sns.eu-central-1.amazonaws.com/?Action=ConfirmSubscription&Token=t";
  expect(await confirm(good)).toEqual({ status: 200, events: 0 });
  expect(fetched).toContain(good);
  expect(await confirm("https://evil.example/?Action=ConfirmSubscription")).toMatchObject({ status: 403 });
  expect(fetched.filter((url) => url.includes("evil"))).toEqual([]);
});

test("an event that is sent again changes nothing, not even after an editor lifted the bounce", async () => {
  const { nines, post, messageIds } = await newReceiver();
  const body = snsMessage(sesBounce(messageIds[0]!));
  expect(await post("ses", body)).toEqual({ status: 200, events: 1 });
  await nines.db.deleteFrom("suppressions").execute();
  expect(await post("ses", body)).toEqual({ status: 200, events: 0 });
  nines.clock.advance(26 * 3_600_000);
  expect(await post("ses", body)).toMatchObject({ status: 403 });
  expect(await suppressions(nines)).toEqual([]);
});

test("an event counts in the workspace that sent the mail, by its tag; by an address that two know it counts in neither", async () => {
  const { nines, post, asked, workspaceId } = await newReceiver();
  const otherId = await bareWorkspace(nines);
  const others = await askByMail(nines, {
    workspaceId: otherId,
    surveyId: await mailedSurvey(nines, otherId),
    n: 3,
  });
  await nines.pool.query("update invitations set state = 'sent', sent_at = send_after");
  const authorization = `Basic ${Buffer.from(`nines:${env.POSTMARK_WEBHOOK_PASSWORD}`).toString("base64")}`;
  let number = 0;
  const complain = async (more: object) => {
    const event = { RecordType: "SpamComplaint", Email: "ask0@example.com", MessageID: String(number++) };
    return post("postmark", JSON.stringify({ ...event, ...more }), { authorization });
  };
  const listed = async () =>
    (await nines.db.selectFrom("suppressions").selectAll().execute()).map((row) => row.workspaceId);
  expect(await complain({})).toEqual({ status: 200, events: 0 });
  expect(await complain({ Metadata: { nines: "nonsense" } })).toEqual({ status: 200, events: 0 });
  expect(await listed()).toEqual([]);
  const { customerId, id } = others[0]!;
  expect(await complain({ Metadata: { nines: messageTagOf({ customerId, id, number: 1 }) } })).toEqual({
    status: 200,
    events: 1,
  });
  expect(await listed()).toEqual([otherId]);
  const rows = await nines.db.selectFrom("customers").select(["workspaceId", "unsubscribedAt"]).execute();
  expect(rows.filter((row) => row.unsubscribedAt).map((row) => row.workspaceId)).toEqual([otherId]);

  // Where nobody else knows the address it will do, unless it is also that of a person who signs in here.
  await nines.pool.query("delete from customer_keys where workspace_id = $1", [otherId]);
  await nines.pool.query(
    "insert into people (id, name, email) values (gen_random_uuid(), 'P', 'ask1@example.com')",
  );
  expect(await complain({ Email: "ask1@example.com" })).toEqual({ status: 200, events: 0 });
  expect(await complain({ Email: "Ask2@example.com" })).toEqual({ status: 200, events: 1 });
  expect((await listed()).sort()).toEqual([otherId, workspaceId].sort());
  expect(asked).toHaveLength(3);
});

test("each provider gives the tag back", () => {
  const message = { customerId: crypto.randomUUID(), id: crypto.randomUUID(), number: 2 };
  const nines = messageTagOf(message);
  expect(nines).toMatch(/^[\w-]{71}$/);
  const events = [
    readSesEvents({
      eventType: "Complaint",
      complaint: { complainedRecipients: [{ emailAddress: "a@x.example" }] },
      mail: { tags: { nines: [nines], "ses:caller-identity": ["nines"] } },
    }),
    readSendgridEvents([{ event: "spamreport", email: "a@x.example", nines }]),
    readPostmarkEvents({
      RecordType: "Bounce",
      Type: "HardBounce",
      Email: "a@x.example",
      Metadata: { nines },
    }),
    readMailgunEvents({ event: "complained", recipient: "a@x.example", "user-variables": { nines } }),
  ];
  for (const read of events) expect(read).toMatchObject([{ message, recipient: "a@x.example" }]);
});

test("SendGrid: signed events count, by Message-ID or address; unsigned, changed and old ones do not", async () => {
  const { nines, post, messageIds } = await newReceiver();
  const body = JSON.stringify([
    {
      email: "ask0@example.com",
      event: "bounce",
      type: "bounce",
      status: "5.1.1",
      reason: html,
      "smtp-id": `<${messageIds[0]}>`,
      sg_event_id: "a",
      timestamp: seconds,
    },
    { email: "ask1@example.com", event: "spamreport", sg_event_id: "b", timestamp: seconds },
    { email: "ask2@example.com", event: "bounce", type: "blocked", reason: "421 busy", sg_event_id: "c" },
    { email: "stranger@example.com", event: "bounce", type: "bounce" },
    { event: { deep: [] }, email: 7 },
    "nonsense",
  ]);
  const headers = (signed = body, at = seconds, key = sendgrid.privateKey) => ({
    "x-twilio-email-event-webhook-timestamp": String(at),
    "x-twilio-email-event-webhook-signature": sign("sha256", Buffer.from(at + signed), key).toString(
      "base64",
    ),
  });
  const stranger = generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;
  for (const wrong of [
    {},
    headers(`${body} `),
    headers(body, seconds, stranger),
    headers(body, seconds - 26 * 3600),
    { ...headers(), "x-twilio-email-event-webhook-timestamp": String(seconds + 1) },
    { ...headers(), "x-twilio-email-event-webhook-signature": "AAAA" },
  ])
    expect(await post("sendgrid", body, wrong as Record<string, string>)).toMatchObject({ status: 403 });
  expect(await suppressions(nines)).toEqual([]);
  expect(await post("sendgrid", body, headers())).toEqual({ status: 200, events: 3 });
  expect(await post("sendgrid", body, headers())).toEqual({ status: 200, events: 0 });
  expect((await suppressions(nines)).map(({ key, reason }) => [key, reason])).toEqual([
    ["email:ask0@example.com", "bounced"],
    ["email:ask1@example.com", "complained"],
  ]);
});

test("Postmark: by its password", async () => {
  const { nines, post } = await newReceiver();
  const body = JSON.stringify({
    RecordType: "Bounce",
    Type: "HardBounce",
    TypeCode: 1,
    Email: "ask0@example.com",
    MessageID: "883953f4-6105-42a2-a16a-77a8eac79483",
    Details: html,
    Inactive: true,
    CanActivate: true,
    BouncedAt: now,
  });
  const basic = (password: string) => ({
    authorization: `Basic ${Buffer.from(`nines:${password}`).toString("base64")}`,
  });
  expect(await post("postmark", body)).toMatchObject({ status: 403 });
  expect(await post("postmark", body, basic("wrong"))).toMatchObject({ status: 403 });
  expect(await post("postmark", body, basic(env.POSTMARK_WEBHOOK_PASSWORD))).toEqual({
    status: 200,
    events: 1,
  });
  expect(await suppressions(nines)).toMatchObject([{ reason: "bounced", source: "postmark" }]);
});

test("Mailgun: signed events count, and a token only once, whatever comes with it", async () => {
  const { nines, post, messageIds } = await newReceiver();
  const delivery = (event: object, { token = "token-1", at = seconds, key = env.MAILGUN_SIGNING_KEY } = {}) =>
    JSON.stringify({
      signature: {
        timestamp: String(at),
        token,
        signature: createHmac("sha256", key).update(`${at}${token}`).digest("hex"),
      },
      "event-data": event,
    });
  const bounced = {
    event: "failed",
    severity: "permanent",
    reason: "bounce",
    recipient: "ask0@example.com",
    "delivery-status": { code: 550, message: html },
    message: { headers: { "message-id": messageIds[0] } },
  };
  expect(await post("mailgun", delivery(bounced, { key: "another signing key" }))).toMatchObject({
    status: 403,
  });
  expect(await post("mailgun", delivery(bounced, { at: seconds - 26 * 3600 }))).toMatchObject({
    status: 403,
  });
  expect(await post("mailgun", "[]")).toMatchObject({ status: 403 });
  expect(await post("mailgun", delivery(bounced))).toEqual({ status: 200, events: 1 });
  // The signature says nothing about the event, so who saw one could put another event under it.
  const forged = { event: "complained", recipient: "ask1@example.com" };
  expect(await post("mailgun", delivery(forged))).toEqual({ status: 200, events: 0 });
  expect(await suppressions(nines)).toMatchObject([{ key: "email:ask0@example.com", reason: "bounced" }]);
  expect(await post("mailgun", delivery(forged, { token: "token-2" }))).toEqual({ status: 200, events: 1 });
});

const report = (
  messageId: string,
  { status = "5.1.1", action = "failed", recipient = "ask0@example.com" } = {},
) =>
  [
    "From: MAILER-DAEMON@mx.example",
    "To: bounces@larkfield.example",
    "Subject: Undelivered Mail Returned to Sender",
    "MIME-Version: 1.0",
    'Content-Type: multipart/report; report-type=delivery-status; boundary="B"',
    "",
    "--B",
    "Content-Type: text/plain",
    "",
    "I'm sorry to have to inform you …",
    "--B",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example",
    "Arrival-Date: Tue, 13 Oct 2026 08:00:00 +0000",
    "",
    `Final-Recipient: rfc822; ${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; 550 ${status} <b>unknown</b>`,
    "    user",
    "",
    "--B",
    "Content-Type: message/rfc822",
    "",
    `Message-ID: <${messageId}>`,
    "Subject: One question, one number",
    "",
    "body",
    "--B--",
    "",
  ].join("\r\n");

test("bounce mails: a report ends the address that was mailed; without our Message-ID it does nothing", async () => {
  const { nines, post, messageIds, asked } = await newReceiver();
  const bearer = { authorization: `Bearer ${env.BOUNCE_TOKEN}` };
  expect(await post("dsn", report(messageIds[0]!))).toMatchObject({ status: 403 });
  expect(await post("dsn", report(messageIds[0]!), { authorization: "Bearer wrong" })).toMatchObject({
    status: 403,
  });
  const dsn = (mail: string) => post("dsn", mail, bearer);
  expect(await dsn(report("guessed@larkfield.example", { recipient: "ask1@example.com" }))).toEqual({
    status: 200,
    events: 0,
  });
  expect(await dsn("nonsense")).toEqual({ status: 200, events: 0 });
  expect(await dsn(report(messageIds[0]!, { status: "4.4.7" }))).toEqual({ status: 200, events: 1 });
  expect(await dsn(report(messageIds[0]!, { status: "5.7.1" }))).toEqual({ status: 200, events: 1 });
  expect(await suppressions(nines)).toEqual([]);
  expect(await dsn(report(messageIds[0]!))).toEqual({ status: 200, events: 1 });
  expect(await suppressions(nines)).toMatchObject([
    {
      key: "email:ask0@example.com",
      reason: "bounced",
      source: "dsn",
      detail: "5.1.1 smtp; 550 5.1.1 <b>unknown</b> user",
    },
  ]);

  const complaint = report(messageIds[1]!)
    .replace("report-type=delivery-status", "report-type=feedback-report")
    .replace("message/delivery-status", "message/feedback-report")
    .replace("Reporting-MTA: dns; mx.example", "Feedback-Type: abuse\r\nVersion: 1");
  expect(await dsn(complaint)).toEqual({ status: 200, events: 1 });

  const tokens = newInvitationTokens(await readSecret(nines.resources));
  const { id, customer_id } = asked[2]!;
  const holder = { customerId: customer_id, invitationId: id, number: 1 };
  const byMail = (token: string) => dsn(`From: a@b.example\r\nSubject: unsubscribe ${token}\r\n\r\nbye\r\n`);
  expect(await byMail(tokens.sign("answer", holder))).toEqual({ status: 200, events: 0 });
  expect(await byMail(tokens.sign("unsubscribe", holder))).toEqual({ status: 200, events: 1 });
  expect((await suppressions(nines)).map(({ reason }) => reason)).toEqual([
    "bounced",
    "complained",
    "unsubscribed",
  ]);
});

test("of a bounce mail that is much longer than any report only the beginning is read", async () => {
  const { nines, post, messageIds } = await newReceiver();
  const authorization = { authorization: "Bearer a-token-for-bounce-mails" };
  const long = report(messageIds[0]!).replace("body", "\r\n ".repeat(300_000));
  expect(await post("dsn", long, authorization)).toEqual({ status: 200, events: 1 });
  const late = report(messageIds[1]!).replace("I'm sorry", "\r\n ".repeat(100_000));
  expect(await post("dsn", late, authorization)).toEqual({ status: 200, events: 0 });
  expect(await suppressions(nines)).toMatchObject([{ key: "email:ask0@example.com" }]);
});

test("where a provider is not set up its events are not taken", async () => {
  const { app } = await newTestApp();
  for (const source of ["ses", "sendgrid", "postmark", "mailgun", "dsn"]) {
    const response = await app.request(`/api/v1/mail-events/${source}`, { method: "POST", body: "{}" });
    expect(response.status).toBe(404);
  }
});
