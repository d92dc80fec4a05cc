import { expect, test } from "vitest";
import { newAsked } from "../../../test/new-asked.ts";
import { newTestApp } from "../../../test/new-test-app.ts";
import { newWorkspace } from "../../../test/sign-in.ts";
import { newInvitationReader } from "./invitation-reader.ts";
import { recordClick } from "./record-click.ts";
import { setAside } from "./set-aside.ts";

test("of a customer who is deleted while their link is fetched, neither the fetch nor the answer is kept", async () => {
  const nines = await newTestApp();
  const { db, clock, resources } = nines;
  const { workspaceId } = await newWorkspace(nines);
  const { surveyId, invite } = await newAsked(resources, workspaceId);
  const { customerId, id } = await invite();
  const found = (await newInvitationReader(resources.database)({ customerId, invitationId: id }))!;
  const click = { at: clock.now(), method: "GET", score: 8, honeypot: false, scanner: undefined };
  const aside = { workspaceId, surveyId, customerId, invitationId: id, score: 8, channel: "email" };
  const fetchAndAnswer = async () => {
    await recordClick(db, found, { ...click, id: crypto.randomUUID() });
    await setAside(db, clock, { ...aside, reason: "trap", language: "en", anonymous: false });
    const clicks = await db.selectFrom("clicks").selectAll().execute();
    return [clicks.length, (await db.selectFrom("setAsides").selectAll().execute()).length];
  };
  expect(await fetchAndAnswer()).toEqual([1, 1]);
  for (const table of ["clicks", "setAsides", "invitations", "customers"] as const)
    await db.deleteFrom(table).execute();
  expect(await fetchAndAnswer()).toEqual([0, 0]);
});
