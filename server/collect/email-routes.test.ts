import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { newTestApp } from "../../test/new-test-app.ts";
import { newWorkspace } from "../../test/sign-in.ts";
import { startMailServer } from "../../test/start-mail-server.ts";
import { newContent } from "./surveys/new-content.ts";
import { standardSettings } from "./surveys/survey-settings.ts";

interface Preview {
  subject: string;
  from: string;
  html: string;
  text: string;
  problems: { path: string; reason: string }[];
}

async function newEditor(env: Record<string, string> = {}) {
  const nines = await newTestApp({ env: { MAIL_FROM: "Nines <ask@larkfield.example>", ...env } });
  const { owner } = await newWorkspace(nines, { name: "Larkfield" });
  const made = await owner.fetch("POST", "/api/v1/surveys", { name: "Quarterly" });
  const { id } = (await made.json()) as { id: string };
  const ask = async <Answer>(path: string, body: object, status = 200) => {
    const response = await owner.fetch("POST", `/api/v1/surveys/${id}/${path}`, body);
    const text = await response.text();
    expect(response.status, text).toBe(status);
    return JSON.parse(text) as Answer;
  };
  return { nines, owner, id, ask };
}

test("the preview is the mail as it would be sent, to whomever the editor imagines", async () => {
  const { ask } = await newEditor();
  const content = newContent("Larkfield", "en", ["de"]);
  content.branding.accent = "#1f5f4a";
  content.signature = { name: "Ines Okafor", role: "Customer care" };
  const settings = { ...standardSettings, sender: { name: "Ines", replyTo: null } };
  const customer = { name: "Katrin <b>", traits: {} };
  const preview = await ask<Preview>("preview", { content, settings, language: "de", customer });
  expect(preview.from).toBe("Ines <ask@larkfield.example>");
  expect(preview.html).toContain('lang="de"');
  expect(preview.html).toContain("Katrin &lt;b&gt;");
  expect(preview.html).toContain("#1f5f4a");
  expect(preview.html).toContain("Ines Okafor");
  expect(preview.text).toContain("Larkfield");
  expect(preview.problems.map(({ reason }) => reason)).toEqual(["postal_address_missing"]);
});

test("a draft with gaps, broken templates and half a colour is shown all the same, with its problems", async () => {
  const { ask } = await newEditor();
  const content = newContent("Larkfield", "en", ["sv"]);
  content.languages.en!.wording = {
    email: { greeting: "Hello {{ customer.name", intro: "{% for i in (1..9) %}x{% endfor %}" },
  };
  content.branding.accent = '#12"><script>';
  const preview = await ask<Preview>("preview", { content, settings: standardSettings, language: "sv" });
  const paths = preview.problems.map(({ path }) => path);
  expect(paths).toContain("content.branding.accent");
  expect(paths).toContain("content.languages.sv.wording.question");
  expect(paths).toContain("content.languages.en.wording.email.greeting");
  expect(preview.html).toContain("Hello {{ customer.name");
  expect(preview.html).toContain("How likely are you to recommend Larkfield");
  expect(preview.html).not.toContain("<script>");
});

test("a test mail goes to the member who asks for it and to nobody else, with links that say so", async () => {
  const mailServer = await startMailServer();
  const { nines, owner, ask } = await newEditor({
    SMTP_URL: mailServer.url,
    BASE_URL: "https://nps.example",
  });
  expect(await ask<{ to: string }>("test-mail", {}, 202)).toEqual({ to: owner.email });
  await nines.runJobs();
  expect(mailServer.received.map(({ to }) => to)).toEqual([owner.email]);
  const mail = await PostalMime.parse(mailServer.received[0]!.raw);
  expect(mail.from).toMatchObject({ name: "Larkfield", address: "ask@larkfield.example" });
  expect(mail.text).toContain("Hello Olga Owner,");
  const [link = ""] = /https:\/\/nps\.example\/r\/[\w-]+\/7/.exec(mail.html ?? "") ?? [];
  const names = mail.headers.map(({ key }) => key);
  expect(names).toContain("list-unsubscribe-post");
  expect(names).not.toContain("auto-submitted");

  const page = await nines.app.request(new URL(link).pathname);
  expect(page.status).toBe(200);
  const [way = ""] = /https:\/\/nps\.example(\/u\/[\w-]+)/.exec(mail.html ?? "")?.slice(1) ?? [];
  await nines.app.request(way, { method: "POST" });
  for (const table of ["responses", "clicks", "suppressions", "invitations"] as const)
    expect(await nines.db.selectFrom(table).selectAll().execute(), table).toEqual([]);
});

test("a test mail of the sample company stays in the outbox: its members may be made up", async () => {
  const mailServer = await startMailServer();
  const { nines, owner, ask } = await newEditor({ SMTP_URL: mailServer.url });
  await nines.db.updateTable("workspaces").set({ sample: true }).execute();
  await ask<{ to: string }>("test-mail", {}, 202);
  await nines.runJobs();
  expect(mailServer.received).toEqual([]);
  const mails = await nines.db.selectFrom("outbox").select(["recipient", "workspaceId"]).execute();
  expect(mails).toEqual([{ recipient: owner.email, workspaceId: expect.any(String) }]);
});
