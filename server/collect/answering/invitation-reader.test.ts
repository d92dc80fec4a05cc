import { expect, test } from "vitest";
import { newAsked } from "../../../test/new-asked.ts";
import { newTestApp } from "../../../test/new-test-app.ts";
import { newWorkspace } from "../../../test/sign-in.ts";
import { newId } from "../../platform/ids.ts";
import { newInvitationReader } from "./invitation-reader.ts";
import { responseIdOfInvitation } from "./read-asked.ts";

/** Invitations of two surveys in two workspaces; some with fetches and answers. */
async function newInvited() {
  const nines = await newTestApp();
  const [acme, other] = [
    await newWorkspace(nines),
    await newWorkspace(nines, { name: "Other", email: "o@other.example" }),
  ];
  const mine = await newAsked(nines.resources, acme.workspaceId);
  const theirs = await newAsked(nines.resources, other.workspaceId, { state: "paused", anonymous: true });
  const invited = [];
  for (let i = 0; i < 24; i++) invited.push(await (i % 3 === 0 ? theirs : mine).invite());
  for (const [i, { customerId, id }] of invited.entries()) {
    const { surveyId, workspaceId } = i % 3 === 0 ? theirs : mine;
    const row = { workspaceId, customerId, surveyId };
    for (let score = 0; score < i % 4; score++) {
      const at = new Date(nines.clock.now().getTime() + score);
      const click = { id: newId(nines.clock), invitationId: id, at, method: "GET", score };
      await nines.db
        .insertInto("clicks")
        .values({ ...row, ...click, honeypot: score === 2 })
        .execute();
    }
    if (i % 5 > 0) continue;
    const answer = { id: responseIdOfInvitation(id), score: i % 11, channel: "email", at: nines.clock.now() };
    await nines.db
      .insertInto("responses")
      .values({ ...row, ...answer, invitationId: id })
      .execute();
  }
  return {
    nines,
    mine,
    theirs,
    invited: invited.map(({ customerId, id }) => ({ customerId, invitationId: id })),
  };
}

test("what is read for many at once is what is read for each alone, and nobody gets another's", async () => {
  const { nines, mine, theirs, invited } = await newInvited();
  const readInvitation = newInvitationReader(nines.resources.database);
  const strangers = [
    { customerId: newId(nines.clock), invitationId: invited[0]!.invitationId },
    { customerId: invited[0]!.customerId, invitationId: invited[1]!.invitationId },
  ];
  // Two of them twice, as when a page is opened and answered at the same moment.
  const holders = [...invited, ...strangers, invited[3]!, invited[4]!];
  const together = await Promise.all(holders.map(readInvitation));
  const alone = [];
  for (const holder of holders) alone.push(await readInvitation(holder));
  expect(together).toEqual(alone);
  for (const [i, { customerId, invitationId }] of invited.entries()) {
    const found = together[i]!;
    const { surveyId, workspaceId } = i % 3 === 0 ? theirs : mine;
    expect(found).toMatchObject({ id: invitationId, customerId });
    expect(found.survey).toMatchObject({
      id: surveyId,
      workspaceId,
      state: i % 3 === 0 ? "paused" : "live",
      anonymous: i % 3 === 0,
    });
    expect(found.clicks.map(({ score }) => score).toReversed()).toEqual([0, 1, 2].slice(0, i % 4));
    expect(found.clicks.filter(({ honeypot }) => honeypot)).toHaveLength(i % 4 === 3 ? 1 : 0);
    expect(found.answer?.score).toBe(i % 5 === 0 ? i % 11 : undefined);
  }
  expect(together.slice(invited.length, invited.length + strangers.length)).toEqual([undefined, undefined]);
});

test("each call reads what is stored when it comes, and one that fails does not end those after it", async () => {
  const { nines, invited } = await newInvited();
  const readInvitation = newInvitationReader(nines.resources.database);
  const holder = invited[1]!;
  const before = readInvitation(holder);
  await nines.pool.query("update surveys set state = 'archived'");
  expect((await before)?.survey.state).toMatch(/live|archived/);
  expect((await readInvitation(holder))?.survey.state).toBe("archived");
  await expect(readInvitation({ customerId: "nobody", invitationId: "nothing" })).rejects.toThrow("uuid");
  expect((await readInvitation(holder))?.survey.state).toBe("archived");
  await nines.pool.query("delete from customers where id = $1", [holder.customerId]);
  expect(await readInvitation(holder)).toBeUndefined();
});
