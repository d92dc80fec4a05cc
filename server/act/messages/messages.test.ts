import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { bareWorkspace } from "../../../test/bare-workspace.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { type ReceivedMail, startMailServer } from "../../../test/start-mail-server.ts";
import { ensureCustomer } from "../../collect/asking/ensure-customer.ts";
import { contactIdOf } from "../../collect/asking/invitation.ts";
import { noteContacts } from "../../collect/asking/contact-budget.ts";
import { mergeCustomers } from "../../collect/customers/merge-customers.ts";
import { send } from "../../platform/jobs/send.ts";
import { newId } from "../../platform/ids.ts";
import { letterLink } from "../content/letter-link.ts";
import { checkMessages } from "./check-messages.ts";
import { claimMessages } from "./claim-messages.ts";
import { putMessagesBack } from "./settle-messages.ts";
import { cancelMessage, type NewMessage, queueMessage } from "./queue-message.ts";

const env = {
  MAIL_FROM: "Larkfield <ask@larkfield.example>",
  BASE_URL: "https://nps.example",
  POSTMARK_WEBHOOK_PASSWORD: "only for this test",
};

async function newMailing({ smtp = true } = {}) {
  const mailServer = await startMailServer();
  const nines = await newTestApp({ env: { ...env, ...(smtp && { SMTP_URL: mailServer.url }) } });
  const workspaceId = await bareWorkspace(nines);
  const { db, clock } = nines;
  // Nobody is kept out for ever, whatever their ids.
  await db
    .insertInto("actSettings")
    .values({ workspaceId, permanentHoldout: 0, permanentSalt: "permanent", inbox: "{}" })
    .execute();
  const ofPlay = async (state: "live" | "paused" | "ended" = "live") => {
    const id = newId(clock);
    await db.insertInto("plays").values({ workspaceId, id, name: "Tips", state, salt: "s" }).execute();
    return id;
  };
  const queue = async (name: string, other: Partial<NewMessage> = {}) => {
    const email = `${name}@example.com`;
    const customerId = await ensureCustomer(db, clock, workspaceId, { email, name });
    const id = newId(clock);
    const message: NewMessage = {
      workspaceId,
      customerId,
      id,
      state: "queued",
      sendAfter: clock.now(),
      language: "de",
      sender: { name: "Ines from\r\nLarkfield", replyTo: "ines@larkfield.example" },
      recipient: email,
      subject: "Three features\nfor you",
      text: "Good day, have a look.",
      html: "<p>Good day</p>",
      now: clock.now(),
      ...other,
    };
    await queueMessage(db, message);
    await queueMessage(db, message);
    return { customerId, id };
  };
  const work = async () => {
    await send(db, "send-messages", {});
    await nines.runJobs();
  };
  return { nines, mailServer, workspaceId, queue, work, ofPlay };
}

const messageOf = ({ db }: TestApp, id: string) =>
  db.selectFrom("messages").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
const parse = async ({ raw }: ReceivedMail) => PostalMime.parse(raw);

test("a mail of a play goes out once, says how to unsubscribe, and its link does so by POST", async () => {
  const { nines, mailServer, queue, work, ofPlay } = await newMailing();
  const playId = await ofPlay();
  const { id, customerId } = await queue("ada", { playId });
  const later = await queue("ada", { playId, sendAfter: new Date(nines.clock.now().getTime() + 60_000) });
  await Promise.all([work(), work()]);
  expect(mailServer.received.map(({ to }) => to)).toEqual(["ada@example.com"]);
  const mail = await parse(mailServer.received[0]!);
  const header = (key: string) => mail.headers.find((each) => each.key === key)?.value;
  const link = await letterLink(nines.resources, { customerId, messageId: id });
  expect(mail).toMatchObject({
    from: { name: "Ines from Larkfield", address: "ask@larkfield.example" },
    subject: "Three features for you",
    messageId: `<${id}.0.${customerId.replaceAll("-", "")}@larkfield.example>`,
    replyTo: [{ address: "ines@larkfield.example" }],
  });
  expect(mail.html).toContain("<p>Good day</p>");
  expect(header("list-unsubscribe")).toBe(`<${link}>`);
  expect(header("list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
  expect(await messageOf(nines, id)).toMatchObject({
    state: "sent",
    sentAt: nines.clock.now(),
    messageId: mail.messageId!.slice(1, -1),
    unsubscribedAt: null,
  });

  const path = new URL(link).pathname;
  const asked = await nines.app.request(path);
  expect([asked.status, await asked.text()]).toEqual([200, expect.stringContaining("<form")]);
  const body = "List-Unsubscribe=One-Click";
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  expect((await nines.app.request(path, { method: "POST", body, headers })).status).toBe(200);
  await nines.runJobs();
  expect((await messageOf(nines, id)).unsubscribedAt).toEqual(nines.clock.now());
  const suppressed = await nines.db.selectFrom("suppressions").selectAll().execute();
  expect(suppressed).toMatchObject([
    { key: "email:ada@example.com", reason: "unsubscribed", source: "one-click", customerId },
  ]);

  nines.clock.advance(60_000);
  await work();
  expect(await messageOf(nines, later.id)).toMatchObject({ state: "cancelled", reason: "unsubscribed" });
  // What a member writes by hand goes to them all the same, without a way to unsubscribe from it.
  const reply = await queue("ada", {
    caseId: newId(nines.clock),
    inReplyTo: "theirs@example.com",
    html: null,
  });
  await work();
  expect((await messageOf(nines, reply.id)).state).toBe("sent");
  const byHand = await parse(mailServer.received[1]!);
  expect(byHand.inReplyTo).toBe("<theirs@example.com>");
  expect(byHand.headers.map(({ key }) => key)).not.toContain("list-unsubscribe");
});

test("a held mail can be taken back until its time has come", async () => {
  const { nines, mailServer, workspaceId, queue, work } = await newMailing();
  const inSeconds = (seconds: number) => new Date(nines.clock.now().getTime() + 1_000 * seconds);
  const kept = await queue("ada", { state: "held", sendAfter: inSeconds(8) });
  const back = await queue("bo", { state: "held", sendAfter: inSeconds(8) });
  await work();
  expect(mailServer.received).toHaveLength(0);
  expect(await cancelMessage(nines.db, { workspaceId, ...back })).toBe(true);
  expect(await cancelMessage(nines.db, { workspaceId, ...back })).toBe(false);
  nines.clock.advance(8_000);
  await work();
  expect(mailServer.received.map(({ to }) => to)).toEqual(["ada@example.com"]);
  expect(await cancelMessage(nines.db, { workspaceId, ...kept })).toBe(false);
  expect((await messageOf(nines, back.id)).state).toBe("cancelled");
});

test("failures are tried again, given up or suppress the address; paused and ended plays send nothing", async () => {
  const { nines, mailServer, queue, work, ofPlay } = await newMailing();
  const [live, paused, ended] = [await ofPlay(), await ofPlay("paused"), await ofPlay("ended")];
  mailServer.behaviour.refuse = (address) =>
    ({ "gone@example.com": "550 5.1.1 no such user", "busy@example.com": "451 4.3.0 later" })[address];
  const gone = await queue("gone", { playId: live });
  const busy = await queue("busy", { playId: live });
  const contacted = [gone, busy].map(({ customerId, id }) => ({
    customerId,
    id: contactIdOf(id, 0),
    at: nines.clock.now(),
    kind: "play" as const,
    surveyId: null,
    sourceId: null,
  }));
  await noteContacts(nines.db, (await messageOf(nines, gone.id)).workspaceId, contacted);
  const waits = await queue("waits", { playId: paused });
  const late = await queue("late", { playId: ended });
  await work();
  expect(await messageOf(nines, gone.id)).toMatchObject({
    state: "failed",
    reason: "no_such_address",
    bouncedAt: nines.clock.now(),
  });
  expect(await messageOf(nines, busy.id)).toMatchObject({ state: "queued", attempts: 1 });
  expect(await messageOf(nines, waits.id)).toMatchObject({ state: "queued", attempts: 0 });
  expect(await messageOf(nines, late.id)).toMatchObject({ state: "cancelled", reason: "play_ended" });
  const contacts = () => nines.db.selectFrom("contacts").select(["customerId", "at"]).execute();
  // Nobody was written to, so nobody rests for it.
  expect(await contacts()).toMatchObject([{ customerId: busy.customerId }]);

  // The server is away: nothing is charged with a try.
  await mailServer.stop();
  nines.clock.advance(60_000);
  await work();
  expect(await messageOf(nines, busy.id)).toMatchObject({ state: "queued", attempts: 1 });
  await mailServer.start();
  mailServer.behaviour.refuse = () => undefined;
  await nines.db.updateTable("plays").set({ state: "live" }).where("id", "=", paused).execute();
  nines.clock.advance(600_000);
  await work();
  expect(mailServer.received.map(({ to }) => to).sort()).toEqual(["busy@example.com", "waits@example.com"]);
  expect(await contacts()).toEqual([{ customerId: busy.customerId, at: nines.clock.now() }]);

  // A complaint that a provider reports leads back to the mail, also where its customer is another by now.
  const { workspaceId } = await messageOf(nines, waits.id);
  await mergeCustomers(nines.resources, {
    workspaceId,
    from: waits.customerId,
    into: busy.customerId,
    reason: "member",
  });
  const tag = `${waits.id}_0_${waits.customerId.replaceAll("-", "")}`;
  const answer = await nines.app.request("/api/v1/mail-events/postmark", {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`x:${env.POSTMARK_WEBHOOK_PASSWORD}`)}` },
    body: JSON.stringify({
      RecordType: "SpamComplaint",
      Email: "waits@example.com",
      Metadata: { nines: tag },
    }),
  });
  expect(await answer.json()).toEqual({ events: 1 });
  expect((await messageOf(nines, waits.id)).complainedAt).toEqual(nines.clock.now());
  const after = await queue("waits", { caseId: newId(nines.clock) });
  await work();
  expect(await messageOf(nines, after.id)).toMatchObject({ state: "failed", reason: "complained" });
});

test("without a mail server the mail is in the outbox, once", async () => {
  const { nines, queue, work, ofPlay } = await newMailing({ smtp: false });
  const { id } = await queue("ada", { playId: await ofPlay() });
  await work();
  await work();
  expect((await messageOf(nines, id)).state).toBe("sent");
  const outbox = await nines.db.selectFrom("outbox").selectAll().execute();
  expect(outbox).toMatchObject([
    { recipient: "ada@example.com", text: "Good day, have a look.", html: "<p>Good day</p>" },
  ]);
});

test("a mail whose customer is merged while a worker has it in hand goes out under the other name, once", async () => {
  const { nines, mailServer, queue, work, ofPlay, workspaceId } = await newMailing();
  const { db, clock } = nines;
  const { id, customerId: from } = await queue("ada", { playId: await ofPlay() });
  const into = await ensureCustomer(db, clock, workspaceId, { email: "lovelace@example.com", name: "Ada" });
  const { claimed } = await claimMessages(db, clock.now(), 10);
  await mergeCustomers(nines.resources, { workspaceId, from, into, reason: "member" });
  const { ready, dropped, moved } = await checkMessages(db, workspaceId, claimed, clock.now());
  expect({ ready, dropped, moved: moved.map((each) => each.id) }).toEqual({
    ready: [],
    dropped: [],
    moved: [id],
  });
  await putMessagesBack(db, moved, { sendAfter: clock.now(), counted: false });
  await work();
  expect(mailServer.received.map(({ to }) => to)).toEqual(["ada@example.com"]);
  expect(await messageOf(nines, id)).toMatchObject({ state: "sent", customerId: into });
});
