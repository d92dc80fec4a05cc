import fc from "fast-check";
import { expect, test } from "vitest";
import { bareWorkspace } from "../../../test/bare-workspace.ts";
import { askByMail, mailedSurvey } from "../../../test/mailed-survey.ts";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { responseIdOfInvitation } from "../answering/read-asked.ts";
import { eraseCustomer } from "../customers/erase-customer.ts";
import { mergeCustomers } from "../customers/merge-customers.ts";
import { markSent } from "../email/settle-invitations.ts";
import { newResponseRecorder } from "../record-responses.ts";
import { createInvitation } from "./create-invitation.ts";
import { foldInvitationDays, rebuildInvitationDays } from "./invitation-days.ts";
import { suppressAddress } from "./suppress-address.ts";

const most = 5;
const which = fc.nat(most - 1);
const aStep = fc.oneof(
  { weight: 4, arbitrary: fc.record({ is: fc.constant("send" as const), which }) },
  { weight: 4, arbitrary: fc.record({ is: fc.constant("answer" as const), which }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant("bounce" as const), which }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("complain" as const), which }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("erase" as const), which }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("merge" as const), which, other: which }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("link" as const), which }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant("fold" as const), which }) },
);

async function countedNow({ pool }: TestApp, workspaceId: string) {
  const counted = await pool.query<{ day: string; invited: number; answered: number }>(
    `select day, sum(invited) as invited, sum(answered) as answered
     from (select workspace_id, day, invited, answered from invitation_days union all
           select workspace_id, day, invited, answered from invitation_changes) as days
     where workspace_id = $1 group by day having sum(invited) <> 0 or sum(answered) <> 0 order by day`,
    [workspaceId],
  );
  const there = await pool.query(
    `select (sent_at at time zone 'UTC')::date as day, count(*) as invited, count(answered_at) as answered
     from invitations where workspace_id = $1 and sent_at is not null and bounced_at is null group by 1 order by 1`,
    [workspaceId],
  );
  return { counted: counted.rows, there: there.rows };
}

test("whatever happens to invitations, in any order and at once, days plus changes are what counting them gives", async () => {
  const nines = await newTestApp();
  const { resources, db, clock } = nines;
  const recorder = newResponseRecorder(resources);
  const sentOn = new Set<string>();
  let round = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(aStep, { minLength: 2, maxLength: 5 }), { minLength: 6, maxLength: 9 }),
      async (steps) => {
        const workspaceId = await bareWorkspace(nines);
        const surveyId = await mailedSurvey(nines, workspaceId);
        const asked = await askByMail(nines, { workspaceId, surveyId, n: most, prefix: `r${round++}-` });
        const take = async (step: typeof aStep extends fc.Arbitrary<infer S> ? S : never) => {
          const { customerId, id } = asked[step.which]!;
          const at = clock.now();
          if (step.is === "send") {
            const sent = [0, 1].map((reminders) => ({ customerId, id, reminders, at, remindAt: null }));
            await db.transaction().execute(async (db) => markSent(db, sent.slice(0, 1)));
            await nines.pool.query(
              "update invitations set state = 'queued', reminders = 1 where id = $1 and state = 'sent' and reminders = 0",
              [id],
            );
            await db.transaction().execute(async (db) => markSent(db, sent.slice(1)));
          } else if (step.is === "answer") {
            await recorder.recordGiven({
              workspaceId,
              surveyId,
              at,
              id: responseIdOfInvitation(id),
              answer: { score: 8, channel: "email" },
              given: {
                version: 1,
                state: "confirmed",
                drivers: [],
                mayContact: null,
                customerId,
                invitationId: id,
              },
            });
          } else if (step.is === "bounce" || step.is === "complain") {
            await suppressAddress(db, clock, {
              workspaceId,
              email: `${id}@example.com`,
              reason: step.is === "bounce" ? "bounced" : "complained",
              source: "api",
              customerId,
              invitationId: id,
            });
          } else if (step.is === "erase") await eraseCustomer(resources, workspaceId, customerId);
          else if (step.is === "merge") {
            const into = asked[step.other]!.customerId;
            await mergeCustomers(resources, { workspaceId, from: customerId, into, reason: "member" });
          } else if (step.is === "link") {
            const customer = { id: `${round}-${step.which}` };
            await createInvitation(resources, workspaceId, { surveyId, customer, channel: "api" });
          } else await foldInvitationDays(db);
        };
        for (const some of steps) {
          // Some are refused: whoever was erased answers no more.
          await Promise.allSettled(some.map(take));
          clock.advance(5 * 3_600_000);
        }
        const { counted, there } = await countedNow(nines, workspaceId);
        for (const { day } of there) sentOn.add(day);
        expect(counted).toEqual(there);
      },
    ),
    { numRuns: 12 },
  );
  expect(sentOn.size).toBeGreaterThan(3);
  await foldInvitationDays(db);
  const folded = await db.selectFrom("invitationDays").selectAll().orderBy("day").execute();
  await rebuildInvitationDays(db);
  const days = await db.selectFrom("invitationDays").selectAll().orderBy("day").execute();
  const key = (row: (typeof days)[number]) => `${row.surveyId} ${row.day} ${row.invited} ${row.answered}`;
  expect(
    folded
      .filter(({ invited }) => invited !== 0)
      .map(key)
      .sort(),
  ).toEqual(days.map(key).sort());
  expect(await db.selectFrom("invitationChanges").selectAll().execute()).toEqual([]);
});
