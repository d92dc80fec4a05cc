import { expect, test } from "vitest";
import { newApiClient } from "../../../test/api-client.ts";
import { newTestApp } from "../../../test/new-test-app.ts";
import { newMember, signIn } from "../../../test/sign-in.ts";
import { send } from "../../platform/jobs/send.ts";

test("a digest comes at eight by the workspace's clocks, once a day or on Mondays, in the member's language", async () => {
  // A Monday, 07:59 in Berlin.
  const nines = await newTestApp({ now: "2026-10-12T05:59:00Z" });
  const client = await newApiClient(nines);
  const { db, clock } = nines;
  await db.updateTable("workspaces").set({ timeZone: "Europe/Berlin" }).execute();
  const owner = await signIn(nines, "owner@acme.example", "acme");
  const editor = await newMember(nines, { workspaceId: client.workspaceId, slug: "acme" }, "editor");
  const viewer = await newMember(nines, { workspaceId: client.workspaceId, slug: "acme" }, "viewer");
  await db.updateTable("people").set({ language: "de" }).where("id", "=", editor.personId).execute();
  const choose = async (who: typeof owner, rhythm: string) =>
    (await who.fetch("PUT", "/api/v1/digest", { rhythm })).status;
  expect(await (await owner.fetch("GET", "/api/v1/digest")).json()).toEqual({ rhythm: "never" });
  expect([
    await choose(owner, "daily"),
    await choose(editor, "weekly"),
    await choose(viewer, "hourly"),
  ]).toEqual([200, 200, 422]);
  expect(await (await owner.fetch("GET", "/api/v1/digest")).json()).toEqual({ rhythm: "daily" });

  const answer = async (score: number, name: string) =>
    client.ask<{ customerId: string }>("POST", "/responses", {
      score,
      comment: `Words of ${name}`,
      customer: { id: name, name },
    });
  await answer(3, "Ada");
  const { customerId } = await answer(8, "Bo");
  await nines.runJobs();
  await db
    .updateTable("standings")
    .set({ state: "cooling", stateSince: "2026-10-12", change: -0.42, revenue: 100 })
    .where("customerId", "=", customerId)
    .execute();
  const tick = async (advance: number) => {
    clock.advance(advance);
    await send(db, "send-digests", {});
    await nines.runJobs();
    const mails = await db
      .selectFrom("outbox")
      .select(["recipient", "subject", "text"])
      .orderBy("recipient")
      .execute();
    await db.deleteFrom("outbox").execute();
    return mails;
  };
  expect(await tick(0)).toEqual([]);
  const [german, english] = await tick(60_000);
  expect(german).toMatchObject({ recipient: "editor@acme.example", subject: "Acme: 1 Kunde wartet" });
  expect(english).toMatchObject({ recipient: "owner@acme.example", subject: "Acme: 1 customer waits" });
  expect(english!.text).toContain("2 answers since yesterday, 1 of them from detractors");
  expect(english!.text).toMatch(/Ada: Words of Ada, due Mon,? 12 Oct,? 17:00/);
  expect(english!.text).toContain("1 passive customer started to cool\n- Bo, −42 %");
  expect(german!.text).toContain("1 Kunde wartet auf eine Antwort");
  expect(german!.text).toContain("http://localhost:9090/acme/settings/alerts");
  expect(await tick(3_600_000)).toEqual([]);
  const day = 24 * 3_600_000;
  expect((await tick(day)).map(({ recipient }) => recipient)).toEqual(["owner@acme.example"]);
  await choose(owner, "never");
  expect(await tick(5 * day)).toEqual([]);
  expect((await tick(day)).map(({ recipient }) => recipient)).toEqual(["editor@acme.example"]);
});
