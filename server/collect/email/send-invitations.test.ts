import { generateKeyPairSync } from "node:crypto";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import PostalMime, { type Email } from "postal-mime";
import { expect, test, vi } from "vitest";
import { bareWorkspace } from "../../../test/bare-workspace.ts";
import { askByMail, mailedSurvey, sendJobs } from "../../../test/mailed-survey.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { type ReceivedMail, startMailServer } from "../../../test/start-mail-server.ts";
import { deleteWorkspace } from "../../platform/accounts/delete-workspace.ts";
import { sendMail } from "../../platform/mail/send-mail.ts";
import { cancelInvitation } from "../asking/cancel-invitation.ts";
import { closeComplaint } from "../asking/close-complaint.ts";
import { noteContacts } from "../asking/contact-budget.ts";
import { contactIdOf } from "../asking/invitation.ts";
import { giveUpMessages } from "../asking/give-up-messages.ts";
import { openComplaint } from "../asking/open-complaint.ts";
import { suppressAddress } from "../asking/suppress-address.ts";
import { claimInvitations, renewClaims } from "./claim-invitations.ts";
import { messageTagOf, readMessageId } from "./message-id.ts";
import { queueDueInvitations } from "./queue-due-invitations.ts";
import { markSent, postpone, putBack } from "./settle-invitations.ts";

const baseUrl = "https://nps.example";
const headerOf = (mail: Email, key: string) => mail.headers.find((header) => header.key === key)?.value;
const linksOf = (text: string) =>
  [...text.matchAll(/https:\/\/nps\.example\/[^\s"<>]+/g)].map(([link]) => link);
const parse = ({ raw }: ReceivedMail) => PostalMime.parse(raw);

async function newMailing(
  env: Record<string, string> = {},
  options: Parameters<typeof mailedSurvey>[2] = {},
) {
  const mailServer = await startMailServer();
  const nines = await newTestApp({
    env: { SMTP_URL: mailServer.url, MAIL_FROM: "Nines <ask@larkfield.example>", BASE_URL: baseUrl, ...env },
  });
  const workspaceId = await bareWorkspace(nines);
  const surveyId = await mailedSurvey(nines, workspaceId, options);
  const mail = async (asking: Partial<Parameters<typeof askByMail>[1]> = {}) => {
    const asked = await askByMail(nines, { workspaceId, surveyId, n: 1, ...asking });
    await sendJobs(nines, workspaceId, asked);
    await nines.runJobs();
    return asked;
  };
  return { nines, mailServer, workspaceId, surveyId, mail };
}

const invitationOf = ({ db }: TestApp, id: string) =>
  db.selectFrom("invitations").selectAll().where("id", "=", id).executeTakeFirstOrThrow();

test("a received invitation has eleven links in both parts, and the headers that mailboxes look for", async () => {
  const { nines, mailServer, mail, workspaceId, surveyId } = await newMailing(
    {},
    { settings: { sender: { name: "Ines from Larkfield", replyTo: "ines@larkfield.example" } } },
  );
  const [asked] = await mail();
  expect(mailServer.received.map(({ to }) => to)).toEqual(["ask0@example.com"]);
  const parsed = await parse(mailServer.received[0]!);

  const scores = (links: string[]) =>
    links.flatMap(
      (link) => /^https:\/\/nps\.example\/r\/([\w-]{67})\/(\d+)$/.exec(link)?.slice(1, 3).join(" ") ?? [],
    );
  const inText = scores(linksOf(parsed.text ?? ""));
  const inHtml = scores(linksOf(parsed.html ?? ""));
  expect(inText.map((each) => each.split(" ")[1])).toEqual(Array.from({ length: 11 }, (_, i) => String(i)));
  expect(inHtml).toEqual(inText);
  const token = inText[0]?.split(" ")[0];
  expect(parsed.html).toContain(`${baseUrl}/r/${token}/more`);
  expect(parsed.text).not.toContain("/more");
  expect(parsed.html).not.toMatch(/<img|<script|%%/);
  expect(parsed.html?.match(/<td class="score"/g)).toHaveLength(11);
  expect(Buffer.byteLength(parsed.html ?? "")).toBeLessThan(60_000);
  expect(parsed.html).toMatch(/<html lang="en" dir="ltr"/);
  expect(parsed.html).toContain("Hello Katrin Meier,");
  expect(parsed.subject).toBe("One question, one number");

  expect(parsed.from).toMatchObject({ name: "Ines from Larkfield", address: "ask@larkfield.example" });
  expect(parsed.replyTo).toMatchObject([{ address: "ines@larkfield.example" }]);
  const unsubscribe = headerOf(parsed, "list-unsubscribe");
  expect(unsubscribe).toMatch(/^<https:\/\/nps\.example\/u\/[\w-]{67}>$/);
  expect(parsed.html).toContain(unsubscribe?.slice(1, -1));
  expect(parsed.text).toContain(unsubscribe?.slice(1, -1));
  expect(headerOf(parsed, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  expect(parsed.messageId).toBe(
    `<${asked?.id}.0.${asked?.customerId.replaceAll("-", "")}@larkfield.example>`,
  );
  expect(headerOf(parsed, "x-nines-invitation")).toBe(parsed.messageId?.slice(1, -1));
  expect(readMessageId(parsed.messageId ?? "")).toEqual({ ...asked, number: 0 });
  expect(headerOf(parsed, "feedback-id")).toBe(`${surveyId}:${workspaceId}:invitation:nines`);
  for (const absent of ["precedence", "auto-submitted", "bcc"])
    expect(headerOf(parsed, absent)).toBeUndefined();

  const row = await invitationOf(nines, asked!.id);
  expect(row).toMatchObject({ state: "sent", attempts: 0, claimedAt: null, reason: null });
  expect(row.sentAt).toEqual(nines.clock.now());
  expect(row.remindAt).toEqual(new Date(nines.clock.now().getTime() + 5 * 24 * 3_600_000));
});

test("DKIM covers both headers of one-click unsubscribing", async () => {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { mailServer, mail } = await newMailing({
    DKIM_DOMAIN: "larkfield.example",
    DKIM_SELECTOR: "nines",
    DKIM_PRIVATE_KEY: String(privateKey.export({ type: "pkcs8", format: "pem" })).replaceAll("\n", "\\n"),
    BOUNCE_ADDRESS: "bounces@larkfield.example",
    BOUNCE_TOKEN: "a-token-for-bounces",
  });
  await mail();
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`;
  const resolver = async (name: string) => {
    if (name !== "nines._domainkey.larkfield.example") throw new Error(name);
    return [[record]];
  };
  const { results } = await dkimVerify(mailServer.received[0]!.raw, { resolver });
  expect(results).toHaveLength(1);
  expect(results[0]?.status.result).toBe("pass");
  const signed = results[0]?.signingHeaders?.keys.toLowerCase().split(/:\s*/);
  for (const name of ["from", "subject", "list-unsubscribe", "list-unsubscribe-post", "message-id"])
    expect(signed).toContain(name);
  const parsed = await parse(mailServer.received[0]!);
  expect(headerOf(parsed, "list-unsubscribe")).toMatch(
    /^<https:\/\/nps\.example\/u\/([\w-]{67})>, <mailto:bounces@larkfield\.example\?subject=unsubscribe%20\1>$/,
  );
});

test("names, traits and texts stay text: no header, no recipient, no markup comes of them", async () => {
  const evil =
    'Eve\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>"><img src=x onerror=1>{{ company }}';
  const content = {
    company: 'Lark "field" <b>\r\nX-Evil: 1',
    languages: {
      en: {
        wording: {
          email: {
            subject: "For {{ customer.name }} of {{ customer.traits.plan }}",
            greeting: "Hi {{ customer.firstName }} {{ customer.traits.plan }}",
          },
        },
        words: {},
        drivers: {},
      },
    },
  };
  const { mailServer, mail } = await newMailing({}, { content });
  await mail({ name: evil, traits: { plan: evil } });
  expect(mailServer.received.map(({ to }) => to)).toEqual(["ask0@example.com"]);
  const parsed = await parse(mailServer.received[0]!);
  const names = parsed.headers.map(({ key }) => key);
  for (const absent of ["bcc", "x-evil", "cc"]) expect(names).not.toContain(absent);
  expect(parsed.to).toMatchObject([{ address: "ask0@example.com" }]);
  expect(parsed.from?.address).toBe("ask@larkfield.example");
  expect(parsed.subject).not.toMatch(/[\r\n]/);
  expect(parsed.html).not.toMatch(/<script|<img|<b>/);
  expect(parsed.html).toContain("&lt;script&gt;");
  // A value is not read as a template again.
  expect(parsed.html).toContain("{{ company }}");
});

test.each([
  [
    "an object's inside",
    "Hi {{ customer.constructor.name }}{{ customer.__proto__ }}{{ company.length.constructor }}",
  ],
  ["a file", "{% include '/etc/passwd' %}"],
  ["a loop", "{% for i in (1..1000000000) %}x{% endfor %}"],
])("a template that reaches for %s gives away nothing and holds nobody up", async (_what, greeting) => {
  const languages = { en: { wording: { email: { greeting } }, words: {}, drivers: {} } };
  const { nines, mailServer, mail } = await newMailing({}, { content: { languages } });
  const [asked] = await mail();
  const row = await invitationOf(nines, asked!.id);
  if (row.state === "failed") {
    expect(row.reason).toBe("text_broken");
    expect(mailServer.received).toEqual([]);
  } else {
    const parsed = await parse(mailServer.received[0]!);
    expect(parsed.text).not.toMatch(/function|Object|root:|xxxx/);
  }
});

test("a wave in four languages: each mail is in its own", async () => {
  const languages = ["de", "fr", "ja"];
  const { mailServer, mail } = await newMailing({}, { languages });
  for (const language of ["en", ...languages]) await mail({ language, prefix: language });
  const parsed = await Promise.all(mailServer.received.map(parse));
  expect(parsed).toHaveLength(4);
  const tags = parsed.map(({ html }) => /<html lang="([\w-]+)"/.exec(html ?? "")?.[1]);
  expect(tags).toEqual(["en", "de", "fr", "ja"]);
  expect(new Set(parsed.map(({ subject }) => subject)).size).toBe(4);
  for (const { text, html } of parsed) {
    expect(linksOf(text ?? "").filter((link) => /\/r\/[\w-]+\/\d+$/.test(link))).toHaveLength(11);
    expect(html).toContain("Larkfield");
  }
});

test("a reminder stands in the thread of the first mail, under its own subject", async () => {
  const content = {
    languages: {
      en: { wording: { email: { reminderSubject: "Still open" } }, words: {}, drivers: {} },
    },
  };
  const { nines, mailServer, mail, workspaceId } = await newMailing({}, { content });
  const asked = await mail();
  await nines.db
    .updateTable("invitations")
    .set({ state: "queued", reminders: 1, remindAt: null })
    .where("id", "=", asked[0]!.id)
    .execute();
  nines.clock.advance(24 * 3_600_000);
  await sendJobs(nines, workspaceId, asked);
  await nines.runJobs();
  const [first, second] = await Promise.all(mailServer.received.map(parse));
  expect(second?.subject).toBe("Still open");
  expect(second?.messageId).toBe(first?.messageId?.replace(".0.", ".1."));
  expect(second?.inReplyTo).toBe(first?.messageId);
  expect(second?.references).toBe(first?.messageId);
  const row = await invitationOf(nines, asked[0]!.id);
  expect(row).toMatchObject({ state: "sent", reminders: 1, remindAt: null });
  expect(row.sentAt?.getTime()).toBe(nines.clock.now().getTime() - 24 * 3_600_000);
});

test("mails of an anonymous survey carry no token but the one that ends them", async () => {
  const { nines, mailServer, mail, surveyId } = await newMailing({}, { anonymous: true });
  const [asked] = await mail();
  const parsed = await parse(mailServer.received[0]!);
  expect(parsed.html).not.toContain("/r/");
  expect(parsed.text).not.toContain("/r/");
  const pages = linksOf(parsed.text ?? "").filter((link) => link.includes(`/s/${surveyId}`));
  expect(pages.map((link) => link.split(surveyId)[1])).toEqual([
    ...Array.from({ length: 11 }, (_, score) => `/${score}?lang=en`),
    "?lang=en",
  ]);
  expect(parsed.text).toMatch(/\/u\/[\w-]{67}/);
  expect((await invitationOf(nines, asked!.id)).remindAt).toBeNull();
});

test("whoever answered, unsubscribed, or whose time is over gets nothing, and it says why", async () => {
  const { nines, mailServer, workspaceId, surveyId } = await newMailing();
  const asked = await askByMail(nines, { workspaceId, surveyId, n: 5 });
  const set = (i: number, values: object) =>
    nines.db.updateTable("invitations").set(values).where("id", "=", asked[i]!.id).execute();
  await set(0, { answeredAt: nines.clock.now() });
  await set(1, { expiresAt: nines.clock.now() });
  await nines.db
    .insertInto("suppressions")
    .values({ workspaceId, key: "email:ask2@example.com", reason: "unsubscribed", source: "test" })
    .execute();
  await set(3, { recipient: "a@b.example\r\nBcc: c@d.example" });
  await sendJobs(nines, workspaceId, asked);
  await nines.runJobs();
  const rows = await Promise.all(asked.map(({ id }) => invitationOf(nines, id)));
  expect(rows.map(({ state, reason }) => [state, reason])).toEqual([
    ["cancelled", "answered"],
    ["cancelled", "expired"],
    ["cancelled", "unsubscribed"],
    ["failed", "no_such_address"],
    ["sent", null],
  ]);
  expect(mailServer.received).toHaveLength(1);
});

test("an address that does not exist is never asked again; other refusals only end the invitation", async () => {
  const { nines, mailServer, mail } = await newMailing();
  mailServer.behaviour.refuse = (address) =>
    address.startsWith("gone")
      ? "550 5.1.1 <gone0@example.com>: user unknown"
      : address.startsWith("policy")
        ? "550 5.7.1 not here"
        : address.startsWith("grey")
          ? "451 4.7.1 try again later"
          : undefined;
  const asked = [];
  for (const prefix of ["gone", "policy", "grey", "good"]) asked.push(...(await mail({ prefix })));
  const rows = await Promise.all(asked.map(({ id }) => invitationOf(nines, id)));
  expect(rows.map(({ state, reason, attempts }) => [state, reason, attempts])).toEqual([
    ["failed", "no_such_address", 1],
    ["failed", "recipient_refused", 1],
    ["queued", null, 1],
    ["sent", null, 0],
  ]);
  expect(rows[2]!.sendAfter.getTime() - nines.clock.now().getTime()).toBe(60_000);
  expect(await nines.db.selectFrom("suppressions").select(["key", "reason", "detail"]).execute()).toEqual([
    {
      key: "email:gone0@example.com",
      reason: "bounced",
      detail: "550 5.1.1 <gone0@example.com>: user unknown",
    },
  ]);
});

test("without a mail server the mails are in the outbox, and count as sent", async () => {
  const { nines, mail } = await newMailing({ SMTP_URL: "" });
  const asked = await mail({ n: 3 });
  const mails = await nines.db.selectFrom("outbox").select(["recipient", "subject", "html"]).execute();
  expect(mails.map(({ recipient }) => recipient).sort()).toEqual([
    "ask0@example.com",
    "ask1@example.com",
    "ask2@example.com",
  ]);
  expect((await invitationOf(nines, asked[0]!.id)).state).toBe("sent");
});

test("the sample company's mails go to the outbox, whatever mail server there is", async () => {
  const { nines, mailServer, mail, workspaceId } = await newMailing();
  await nines.db.updateTable("workspaces").set({ sample: true }).where("id", "=", workspaceId).execute();
  const [asked] = await mail();
  expect(mailServer.received).toEqual([]);
  const mails = await nines.db.selectFrom("outbox").select("recipient").execute();
  expect(mails).toEqual([{ recipient: "ask0@example.com" }]);
  expect((await invitationOf(nines, asked!.id)).state).toBe("sent");
});

const working = { from: "09:00", to: "17:00", weekends: false };

test("a mail that comes late waits for the customer's hours, and is not charged with a try", async () => {
  const { nines, mailServer, workspaceId, surveyId } = await newMailing({}, { settings: { hours: working } });
  // A Tuesday: 15:30 by the workspace's clock, 17:30 in Berlin.
  nines.clock.advance(new Date("2026-10-13T15:30:00Z").getTime() - nines.clock.now().getTime());
  const asked = await askByMail(nines, { workspaceId, surveyId, n: 3 });
  const zoneOf = (i: number, timeZone: string) =>
    nines.db.updateTable("customers").set({ timeZone }).where("id", "=", asked[i]!.customerId).execute();
  await zoneOf(1, "Europe/Berlin");
  await zoneOf(2, "Mars/Olympus");
  for (const { customerId, id } of asked)
    await noteContacts(nines.db, workspaceId, [
      {
        customerId,
        id: contactIdOf(id, 0),
        at: nines.clock.now(),
        kind: "invitation",
        surveyId,
        sourceId: id,
      },
    ]);
  await sendJobs(nines, workspaceId, asked);
  await nines.runJobs();
  expect(mailServer.received.map(({ to }) => to).sort()).toEqual(["ask0@example.com", "ask2@example.com"]);
  const morning = new Date("2026-10-14T07:00:00Z");
  expect(await invitationOf(nines, asked[1]!.id)).toMatchObject({
    state: "queued",
    attempts: 0,
    claimedAt: null,
    sendAfter: morning,
  });
  const contact = nines.db.selectFrom("contacts").select("at").where("sourceId", "=", asked[1]!.id);
  expect((await contact.executeTakeFirstOrThrow()).at).toEqual(morning);

  nines.clock.advance(morning.getTime() - nines.clock.now().getTime() + 10_000);
  await queueDueInvitations(nines.resources);
  await nines.runJobs();
  expect(mailServer.received).toHaveLength(3);
});

test("what is still in the queue of a slow mail server when the hours end stays until they begin again", async () => {
  const { nines, mailServer, workspaceId, surveyId } = await newMailing({}, { settings: { hours: working } });
  nines.clock.advance(new Date("2026-10-13T16:59:00Z").getTime() - nines.clock.now().getTime());
  const asked = await askByMail(nines, { workspaceId, surveyId, n: 30 });
  mailServer.behaviour.refuse = () => {
    nines.clock.advance(5_000);
    return undefined;
  };
  await sendJobs(nines, workspaceId, asked);
  await nines.runJobs();
  const states = await nines.db
    .selectFrom("invitations")
    .select(["state", "sendAfter", "attempts"])
    .execute();
  const waiting = states.filter(({ state }) => state === "queued");
  expect(waiting.length).toBeGreaterThan(5);
  expect(waiting.length + mailServer.received.length).toBe(30);
  for (const each of waiting)
    expect(each).toMatchObject({ attempts: 0, sendAfter: new Date("2026-10-14T09:00:00Z") });
});

test("whoever complained or unsubscribed while a worker had the mail in hand gets nothing", async () => {
  const { nines, mailServer, workspaceId, surveyId } = await newMailing();
  const asked = await askByMail(nines, { workspaceId, surveyId, n: 4 });
  await nines.db
    .updateTable("invitations")
    .set({ state: "sending", claimedAt: nines.clock.now(), attempts: 1 })
    .execute();
  const idOf = (i: number) => asked[i]!.customerId;
  await openComplaint(nines.db, nines.clock, workspaceId, { customerId: idOf(0) });
  const closed = await openComplaint(nines.db, nines.clock, workspaceId, { customerId: idOf(1) });
  await closeComplaint(nines.db, nines.clock, workspaceId, { customerId: idOf(1), id: closed.id });
  // Asked for no more mail when their address was another.
  await suppressAddress(nines.db, nines.clock, {
    workspaceId,
    email: "former@example.com",
    reason: "unsubscribed",
    source: "page",
    customerId: idOf(2),
  });
  nines.clock.advance(130_000);
  await sendJobs(nines, workspaceId, asked);
  await nines.runJobs();
  const rows = await Promise.all(asked.map(({ id }) => invitationOf(nines, id)));
  expect(rows.map(({ state, reason }) => [state, reason])).toEqual([
    ["cancelled", "complaint"],
    ["cancelled", "complaint"],
    ["cancelled", "unsubscribed"],
    ["sent", null],
  ]);
  expect(mailServer.received.map(({ to }) => to)).toEqual(["ask3@example.com"]);
});

test("what is cancelled while a worker has it in hand is not tried again, and no reminder follows", async () => {
  const { nines, mailServer, workspaceId, surveyId } = await newMailing();
  const asked = await askByMail(nines, { workspaceId, surveyId, n: 2 });
  let cancelling: Promise<unknown> = Promise.resolve();
  mailServer.behaviour.refuse = (address) => {
    const invitation = asked[Number(address[3])]!;
    cancelling = Promise.all([cancelling, cancelInvitation(nines.db, workspaceId, invitation)]);
    return address.startsWith("ask0") ? "451 4.7.1 try again later" : undefined;
  };
  mailServer.behaviour.slow = 300;
  await sendJobs(nines, workspaceId, asked);
  await nines.runJobs();
  await cancelling;
  nines.clock.advance(3_600_000);
  delete mailServer.behaviour.refuse;
  await queueDueInvitations(nines.resources);
  await nines.runJobs();
  expect(mailServer.received.map(({ to }) => to)).toEqual(["ask1@example.com"]);
  expect(await invitationOf(nines, asked[0]!.id)).toMatchObject({ state: "cancelled", reason: "cancelled" });
  expect(await invitationOf(nines, asked[1]!.id)).toMatchObject({ state: "sent", remindAt: null });
});

test("a mail carries its tag for each provider whose events are taken, and for no other", async () => {
  const taken = {
    SES_TOPIC_ARN: "arn:aws:sns:eu-central-1:123456789012:bounces",
    POSTMARK_WEBHOOK_PASSWORD: "a password for postmark",
    MAILGUN_SIGNING_KEY: "a signing key of mailgun",
  };
  const { mailServer, mail } = await newMailing(taken);
  const [asked] = await mail();
  const parsed = await parse(mailServer.received[0]!);
  const tag = messageTagOf({ customerId: asked!.customerId, id: asked!.id, number: 0 });
  expect(headerOf(parsed, "x-ses-message-tags")).toBe(`nines=${tag}`);
  expect(headerOf(parsed, "x-pm-metadata-nines")).toBe(tag);
  expect(JSON.parse(headerOf(parsed, "x-mailgun-variables")!)).toEqual({ nines: tag });
  expect(headerOf(parsed, "x-smtpapi")).toBeUndefined();
});

test("a worker that was thought dead settles nothing of what another has taken over; what it sent is noted all the same", async () => {
  const { nines, workspaceId, surveyId } = await newMailing();
  const asked = await askByMail(nines, { workspaceId, surveyId, n: 2 });
  const claim = () => claimInvitations(nines.db, workspaceId, asked, nines.clock.now());
  const slow = await claim();
  expect(await claim()).toEqual([]);
  nines.clock.advance(121_000);
  const quick = await claim();
  expect(quick).toHaveLength(2);
  const held = async () => Promise.all(asked.map(({ id }) => invitationOf(nines, id)));
  const before = await held();
  expect(before.map((row) => row.claim)).toEqual([quick[0]!.claim, quick[0]!.claim]);
  nines.clock.advance(1_000);
  await renewClaims(nines.db, slow, nines.clock.now());
  await putBack(nines.db, slow, { sendAfter: nines.clock.now(), counted: false });
  await postpone(nines.db, slow, nines.clock.now());
  await giveUpMessages(nines.db, slow, { state: "failed", reason: "gave_up", claim: slow[0]!.claim });
  expect(await held()).toEqual(before);
  const sentBy = (some: typeof slow, remindAt: Date | null) =>
    markSent(
      nines.db,
      some.map((each) => ({ ...each, at: nines.clock.now(), remindAt })),
    );
  await sentBy(quick.slice(0, 1), null);
  // The first reminder is under way when the slow one comes back with the mail before it.
  const reminder = { state: "queued", reminders: 1 } as const;
  await nines.db.updateTable("invitations").set(reminder).where("id", "=", quick[0]!.id).execute();
  await sentBy(slow, new Date("2030-01-01"));
  const rows = new Map((await held()).map((row) => [row.id, row]));
  expect(rows.get(quick[0]!.id)).toMatchObject({ ...reminder, remindAt: null });
  expect(rows.get(quick[1]!.id)).toMatchObject({ state: "sent", claim: null });
  await giveUpMessages(nines.db, quick, { state: "failed", reason: "gave_up", claim: quick[0]!.claim });
  expect((await invitationOf(nines, quick[1]!.id)).state).toBe("sent");
});

test("of a workspace that is deleted no mail goes out any more, and none is kept", async () => {
  const { nines, mailServer, workspaceId, surveyId } = await newMailing();
  const asked = await askByMail(nines, { workspaceId, surveyId, n: 40 });
  mailServer.behaviour.slow = 400;
  await sendJobs(nines, workspaceId, asked);
  await sendMail(nines.db, nines.clock, { workspaceId, to: "new@example.com", subject: "s", text: "t" });
  const working = nines.runJobs();
  await vi.waitUntil(() => mailServer.received.length > 0, 5_000);
  await deleteWorkspace(nines.db, workspaceId);
  await working;
  const sent = mailServer.received.map(({ to }) => to);
  expect(sent.length).toBeLessThan(40);
  expect(await nines.db.selectFrom("invitations").select("id").execute()).toEqual([]);

  // Without a mail server: neither what was queued before nor what a worker has in hand ends in the outbox.
  const plain = await newTestApp();
  const gone = await bareWorkspace(plain);
  await sendMail(plain.db, plain.clock, { workspaceId: gone, to: "a@example.com", subject: "s", text: "t" });
  await deleteWorkspace(plain.db, gone);
  const { rows } = await plain.pool.query("select data from pgboss.job where data::text like $1", [
    `%${gone}%`,
  ]);
  expect(rows).toEqual([]);
  await sendMail(plain.db, plain.clock, { workspaceId: gone, to: "b@example.com", subject: "s", text: "t" });
  await plain.runJobs();
  expect(await plain.db.selectFrom("outbox").selectAll().execute()).toEqual([]);
});

test("a mail that was held up for longer than the rest is dropped where another survey asked meanwhile", async () => {
  const rest = { restDays: 7, openDays: 30 };
  const { nines, mailServer, workspaceId, surveyId } = await newMailing({}, { settings: rest });
  const asked = await askByMail(nines, { workspaceId, surveyId, n: 2 });
  const contactOf = (
    { customerId, id }: { customerId: string; id: string },
    kind: "invitation" | "play",
  ) => ({
    customerId,
    id: contactIdOf(id, 0),
    at: nines.clock.now(),
    kind,
    surveyId: null,
    sourceId: id,
  });
  await noteContacts(
    nines.db,
    workspaceId,
    asked.map((each) => contactOf(each, "invitation")),
  );
  nines.clock.advance(8 * 24 * 3_600_000);
  const elsewhere = { customerId: asked[0]!.customerId, id: crypto.randomUUID() };
  await noteContacts(nines.db, workspaceId, [contactOf(elsewhere, "play")]);
  nines.clock.advance(24 * 3_600_000);
  await sendJobs(nines, workspaceId, asked);
  await nines.runJobs();
  expect(mailServer.received.map(({ to }) => to)).toEqual(["ask1@example.com"]);
  expect(await invitationOf(nines, asked[0]!.id)).toMatchObject({ state: "cancelled", reason: "rest" });
});
