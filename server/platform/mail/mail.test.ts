import { once } from "node:events";
import type { AddressInfo } from "node:net";
import fc from "fast-check";
import PostalMime from "postal-mime";
import { SMTPServer } from "smtp-server";
import { expect, onTestFinished, test } from "vitest";
import { newTestApp } from "../../../test/new-test-app.ts";
import { newMember, newWorkspace } from "../../../test/sign-in.ts";
import { emailAddress } from "./address.ts";
import { sendMail } from "./send-mail.ts";
import { memberInvitationMail } from "./templates.ts";

interface Received {
  to: string[];
  raw: string;
}

/** A real mail server on a free port; `refuse` answers for a recipient with an SMTP code. */
async function startMailServer(refuse: (address: string) => number | undefined = () => undefined) {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    closeTimeout: 50,
    onRcptTo({ address }, _session, done) {
      const code = refuse(address);
      done(code === undefined ? null : Object.assign(new Error("no"), { responseCode: code }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ to, raw: Buffer.concat(chunks).toString("utf8") });
        done();
      });
    },
  });
  const listening = server.listen(0, "127.0.0.1");
  await once(listening, "listening");
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())));
  return { received, url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}` };
}

test("with SMTP_URL a mail reaches the mail server, as text and HTML", async () => {
  const mailServer = await startMailServer();
  const nines = await newTestApp({
    env: { SMTP_URL: mailServer.url, MAIL_FROM: "Nines <nines@acme.example>" },
  });
  const link = "https://nps.acme.example/invitation/abc";
  const mail = memberInvitationMail({
    inviter: "Ada <b>",
    workspace: "Müller & Söhne",
    link,
    language: "de",
  });
  await sendMail(nines.db, nines.clock, { ...mail, to: "Bob@Example.com" });
  await nines.runJobs();

  expect(mailServer.received).toHaveLength(1);
  const [message] = mailServer.received;
  expect(message?.to).toEqual(["bob@example.com"]);
  const parsed = await PostalMime.parse(message?.raw ?? "");
  expect(parsed.subject).toBe("Ada <b> lädt Sie zu Müller & Söhne in Nines ein");
  expect(parsed.from).toMatchObject({ name: "Nines", address: "nines@acme.example" });
  expect(parsed.text).toContain(link);
  expect(parsed.html).toContain("Ada &lt;b&gt;");
  expect(parsed.html).not.toContain("<b>");
  expect(parsed.messageId).toMatch(/^<[0-9a-f-]{36}@acme\.example>$/);
});

test("a line break in a name or subject never becomes a header or a recipient", async () => {
  const mailServer = await startMailServer();
  const nines = await newTestApp({ env: { SMTP_URL: mailServer.url } });
  const subject = "Hello\r\nBcc: victim@example.com\r\n\r\nBody\u2028X: y";
  await sendMail(nines.db, nines.clock, { to: "bob@example.com", subject, text: "Hi" });
  await nines.runJobs();
  const parsed = await PostalMime.parse(mailServer.received[0]?.raw ?? "");
  expect(mailServer.received[0]?.to).toEqual(["bob@example.com"]);
  expect(parsed.bcc ?? []).toEqual([]);
  expect(parsed.headers.map(({ key }) => key)).not.toContain("bcc");
  expect(parsed.text?.trim()).toBe("Hi");
});

test.each([
  "a@b.example\r\nBcc: c@d.example",
  "a@b.example, c@d.example",
  "a@b.example;c@d.example",
  "Ada <a@b.example>",
  '"a b"@c.example',
  "a@b@c.example",
  "a@[127.0.0.1]",
  "a..b@c.example",
  ".a@b.example",
  "a@b..example",
  "a@-b.example",
  "a@b.example\u0000",
  "á@b.example",
  `${"a".repeat(65)}@b.example`,
  `a@${"b".repeat(300)}.example`,
  "",
])("%j is refused as an address", async (address) => {
  expect(emailAddress.safeParse(address).success).toBe(false);
});

test("whatever is accepted as an address has one @ and no space, comma, bracket or control character", () => {
  fc.assert(
    fc.property(fc.oneof(fc.emailAddress(), fc.string()), (text) => {
      const parsed = emailAddress.safeParse(text);
      if (parsed.success)
        expect(parsed.data).toMatch(/^[^\s@,;:<>()"[\]\\\p{Cc}]+@[^\s@,;:<>()"[\]\\\p{Cc}]+$/u);
    }),
  );
});

test("a mail server that is down keeps the mail queued; one that knows no such recipient ends it", async () => {
  const mailServer = await startMailServer((address) =>
    address.startsWith("busy") ? 451 : address.startsWith("gone") ? 550 : undefined,
  );
  const nines = await newTestApp({ env: { SMTP_URL: mailServer.url } });
  await sendMail(nines.db, nines.clock, { to: "gone@example.com", subject: "s", text: "t" });
  await nines.runJobs();
  await sendMail(nines.db, nines.clock, { to: "busy@example.com", subject: "s", text: "t" });
  await expect(nines.runJobs()).rejects.toThrow(/451/);

  const down = await newTestApp({ env: { SMTP_URL: "smtp://127.0.0.1:1" } });
  await sendMail(down.db, down.clock, { to: "bob@example.com", subject: "s", text: "t" });
  await expect(down.runJobs()).rejects.toThrow(/ECONNREFUSED/);
});

test("without SMTP_URL the owner reads the mail in the outbox; nobody else does", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const admin = await newMember(nines, acme, "admin");
  const invited = await acme.owner.fetch("POST", "/api/v1/member-invitations", {
    email: "new@example.com",
    role: "editor",
  });
  const { link } = (await invited.json()) as { link: string };
  await nines.runJobs();
  const outbox = await acme.owner.fetch("GET", "/api/v1/outbox");
  const { mails } = (await outbox.json()) as { mails: { id: string; to: string; subject: string }[] };
  expect(mails).toMatchObject([
    { to: "new@example.com", subject: "Olga Owner invites you to Acme in Nines" },
  ]);
  const mail = await acme.owner.fetch("GET", `/api/v1/outbox/${mails[0]?.id}`);
  expect(((await mail.json()) as { text: string }).text).toContain(link);
  expect((await admin.fetch("GET", "/api/v1/outbox")).status).toBe(403);
});

test("a reset link in the outbox is shown to nobody who could use it to enter another workspace", async () => {
  const nines = await newTestApp();
  const acme = await newWorkspace(nines);
  const other = await newWorkspace(nines, { name: "Other", email: "owner@other.example" });
  const both = await newMember(nines, acme, "viewer");
  await nines.db
    .insertInto("members")
    .values({ workspaceId: other.workspaceId, personId: both.personId, role: "owner" })
    .execute();
  for (const email of [both.email, "owner@acme.example"]) {
    const asked = await nines.app.request("/api/auth/request-password-reset", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email }),
    });
    expect(asked.status).toBe(200);
  }
  await nines.runJobs();
  const recipients = async (browser: typeof acme.owner) => {
    const response = await browser.fetch("GET", "/api/v1/outbox");
    return ((await response.json()) as { mails: { to: string }[] }).mails.map(({ to }) => to);
  };
  expect(await recipients(acme.owner)).toEqual(["owner@acme.example"]);
  expect(await recipients(other.owner)).toEqual([]);
});
