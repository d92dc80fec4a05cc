import { expect, test } from "vitest";
import { mail, steps } from "../../../test/a-play.ts";
import { signIn } from "../../../test/sign-in.ts";
import { newPlayCompany } from "../../../test/play-company.ts";
import { createWriteKey } from "../../identify/events/create-write-key.ts";
import type { TimelineItem } from "../../identify/customers/timeline/timeline.ts";
import type { PlayResult } from "./play-result.ts";
import { send } from "../../platform/jobs/send.ts";
import { newId } from "../../platform/ids.ts";
import { placeOf } from "../../statistics/assignment.ts";
import { isPermanentlyHeldOut } from "../../act/plays/assign-arm.ts";
import type { PlayDetails } from "../../act/plays/play.ts";
import type { StepPreview } from "../../act/plays/preview-step.ts";

/** A company whose customers are known by the ids u0, u1, … of its program, and by addresses; its program tells who is who. */
async function newKnownCompany() {
  const company = await newPlayCompany();
  const { nines, workspaceId, client } = company;
  const { key } = await createWriteKey(nines.db, nines.clock, workspaceId, { name: "shop", trusted: true });
  const tell = async (type: "identify" | "alias", message: object) => {
    const response = await nines.app.request(`/v1/${type}`, {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${key}:`)}`, "content-type": "application/json" },
      body: JSON.stringify(message),
    });
    expect(response.status).toBe(200);
    await nines.runJobs();
  };
  const find = async (email: string) =>
    (await client.ask<{ items: { id: string }[] }>("GET", `/customers?text=${email}`)).items[0]!.id;
  let made = 0;
  /** New customers, each with an id of the company. */
  const identified = async (n: number, traits: object = { plan: "pro" }) => {
    const people = [];
    for (const last = made + n; made < last; made++) {
      const person = { userId: `u${made}`, email: `u${made}@example.com` };
      await tell("identify", { userId: person.userId, traits: { email: person.email, ...traits } });
      people.push({ ...person, id: await find(person.email) });
    }
    return people;
  };
  const merge = async (from: string, into: string) => {
    const { merged } = await client.ask<{ merged: boolean }>("POST", `/customers/${into}/merge`, { from });
    expect(merged).toBe(true);
    await nines.runJobs();
  };
  const mailsTo = (email: string) => company.mailServer.received.filter(({ to }) => to === email).length;
  /** When plays look for customers again. */
  const soon = async () => {
    nines.clock.advance(60_000);
    await company.work();
  };
  return { ...company, tell, identified, merge, mailsTo, soon };
}

const isSmaller = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

test("whoever is merged into the permanent holdout gets nothing more from a play, in both arms, and keeps the arm", async () => {
  const company = await newKnownCompany();
  const { nines, client, workspaceId, addCustomers, addPlay, work, later, enrolments, runs } = company;
  const { tell, identified, merge, mailsTo, soon, mailServer } = company;
  const { db, clock, pool } = nines;
  const poolId = newId(clock);
  await db.insertInto("codePools").values({ workspaceId, id: poolId, name: "Spring" }).execute();
  await pool.query(
    `insert into codes (workspace_id, pool_id, id, code)
     select $1, $2, gen_random_uuid(), 'CODE' || i from generate_series(1, 99) as i`,
    [workspaceId, poolId],
  );
  await client.ask("PUT", "/act-settings", { permanentHoldout: 0.5 });
  const heldOut = ({ id }: { id: string }) =>
    isPermanentlyHeldOut({ id: workspaceId, salt: "permanent", permanentHoldout: 0.5 }, id);
  const playId = await addPlay({
    holdout: { share: 0.5, reason: null },
    days: 60,
    restDays: 0,
    steps: steps(
      mail("first"),
      { id: "wait", kind: "wait", hours: 24 },
      { id: "code", kind: "code", pool: poolId, purpose: "thanks" },
      mail("second", { languages: { en: { subject: "A code", body: "Take {{ code }}." } } }),
      { id: "task", kind: "task", title: "Call them" },
      { id: "ask", kind: "ask", survey: company.surveyId, day: 5 },
      mail("last"),
    ),
  });
  // The mail server does not take at once what goes to one of them.
  const slow = new Set<string>();
  mailServer.behaviour.refuse = (to) => {
    if (slow.size === 0) slow.add(to);
    return slow.has(to) ? "451 4.7.1 later" : undefined;
  };
  // Known by an address only, and by an id of the company.
  const addressed = (await addCustomers(60)).map((id, i) => ({ id, email: `p${i}@example.com` }));
  await work();
  const { salt } = await db.selectFrom("plays").select("salt").executeTakeFirstOrThrow();
  const treated = ({ id }: { id: string }) => placeOf(playId, salt, id) >= 0.5;
  const known: Awaited<ReturnType<typeof identified>> = [];
  const spare = () => known.filter(heldOut).toSorted(isSmaller);
  const knownTreated = () =>
    known.find((each) => !heldOut(each) && treated(each) && each.id > spare()[0]!.id);
  do known.push(...(await identified(4)));
  while (spare().length < 6 || !knownTreated());
  await soon();
  const before = await enrolments(playId);
  const entered = addressed.filter((each) => !heldOut(each));
  expect(new Set(before.map(({ customerId }) => customerId))).toEqual(
    new Set([...entered, ...known.filter((each) => !heldOut(each))].map(({ id }) => id)),
  );
  expect(before.map(({ arm }) => arm)).toEqual(
    before.map(({ customerId: id }) => (treated({ id }) ? "treated" : "holdout")),
  );
  const fresh = entered.filter(({ email }) => !slow.has(email));
  const [byApi, byIdentify] = fresh.filter(treated);
  const [alone, quiet] = fresh.filter((each) => !treated(each));

  // By a program, by what an event says, and by a second id; and one who was left alone.
  const [aliasInto, apiInto, identifyInto, aloneInto, slowInto, quietInto] = spare();
  const byAlias = knownTreated()!;
  await merge(byApi!.id, apiInto!.id);
  await tell("identify", { userId: identifyInto!.userId, traits: { email: byIdentify!.email } });
  await tell("alias", { userId: aliasInto!.userId, previousId: byAlias.userId });
  await merge(alone!.id, aloneInto!.id);
  const merged = [
    { from: byApi!, into: apiInto! },
    { from: byIdentify!, into: identifyInto! },
    { from: byAlias, into: aliasInto! },
    { from: alone!, into: aloneInto! },
  ];
  slow.add(quiet!.email);
  const mailed = merged.map(({ from, into }) => mailsTo(from.email) + mailsTo(into.email));
  await later(1);
  await later(4);
  expect(merged.map(({ from, into }) => mailsTo(from.email) + mailsTo(into.email))).toEqual(mailed);
  const after = await enrolments(playId);
  expect(after.map(({ id, arm, place, unitId }) => ({ id, arm, place, unitId })).toSorted(isSmaller)).toEqual(
    before.map(({ id, arm, place, unitId }) => ({ id, arm, place, unitId })).toSorted(isSmaller),
  );
  for (const { from, into } of merged) {
    const theirs = (await runs(playId)).filter(({ customerId }) => customerId === into.id);
    const skipped = theirs.filter(({ reason }) => reason === "permanent_holdout").map(({ step }) => step);
    expect(new Set(skipped), from.email).toEqual(
      new Set(treated(from) ? ["code", "second", "task", "ask", "last"] : ["ask"]),
    );
    expect(theirs.filter(({ step }) => step === "wait").map(({ state }) => state)).toEqual(
      treated(from) ? ["done"] : [],
    );
    const { items } = await client.ask<{ items: TimelineItem[] }>(
      "GET",
      `/customers/${into.id}/timeline?kind=plays`,
    );
    const told = items.flatMap((item) =>
      item.kind === "play" && item.reason === "permanent_holdout" ? [item.what] : [],
    );
    expect(told.toSorted()).toEqual(
      treated(from) ? ["left_out", "left_out", "not_asked", "not_written", "not_written"] : ["not_asked"],
    );
  }
  // What events say is nobody's deed.
  const log = await db
    .selectFrom("auditLog")
    .select("aboutId")
    .where("action", "=", "customer.merged")
    .execute();
  expect(new Set(log.map(({ aboutId }) => aboutId))).toEqual(new Set([apiInto!.id, aloneInto!.id]));
  for (const table of ["incentives", "cases", "invitations"] as const)
    expect(
      await db
        .selectFrom(table)
        .select("customerId")
        .where(
          "customerId",
          "in",
          merged.map(({ into }) => into.id),
        )
        .execute(),
    ).toEqual([]);
  // Everybody else got all of it.
  const others = after.filter(({ customerId }) => !merged.some(({ into }) => into.id === customerId));
  expect(await db.selectFrom("invitations").select("id").execute()).toHaveLength(others.length);
  const { counts } = await client.ask<PlayDetails>("GET", `/plays/${playId}`);
  expect(counts.steps.find(({ step }) => step === "ask")).toMatchObject({
    done: others.length,
    skipped: merged.length,
    why: [{ reason: "permanent_holdout", n: merged.length }],
  });
  const preview = { step: "first", customerId: apiInto!.id };
  expect(await client.ask<StepPreview>("POST", `/plays/${playId}/preview`, preview)).toMatchObject({
    skip: "permanent_holdout",
    mail: { subject: "Three features" },
  });

  // What has been written and not sent is taken back: mails that are tried again, and an ask.
  const waiting = entered.find(({ email }) => slow.has(email) && email !== quiet!.email)!;
  await merge(waiting.id, slowInto!.id);
  await merge(quiet!.id, quietInto!.id);
  mailServer.behaviour.refuse = () => undefined;
  await later(1);
  for (const { email } of [waiting, slowInto!, quiet!, quietInto!]) expect(mailsTo(email), email).toBe(0);
  const droppedOf = async (table: "messages" | "invitations", { id }: { id: string }) =>
    db.selectFrom(table).select(["state", "reason"]).where("customerId", "=", id).execute();
  const dropped = { state: "cancelled", reason: "permanent_holdout" };
  expect(await droppedOf("messages", slowInto!)).toEqual([dropped, dropped, dropped]);
  expect(await droppedOf("invitations", quietInto!)).toEqual([dropped]);

  await later(60);
  const { arms, sampleRatio } = await client.ask<PlayResult>("GET", `/plays/${playId}/result`);
  const count = (arm: string) => before.filter((each) => each.arm === arm).length;
  expect([arms.treated.units, arms.holdout.units]).toEqual([count("treated"), count("holdout")]);
  expect(sampleRatio?.alarm).toBe(false);
});

test("of two enrolments that merging brings together the one ends that would not have begun", async () => {
  const company = await newKnownCompany();
  const { client, addPlay, identified, merge, work, soon, later, enrolments, mailsTo } = company;
  const two = steps(mail("first"), { id: "wait", kind: "wait", hours: 48 }, mail("second"));
  const playId = await addPlay({ holdout: { share: 0.5, reason: null }, days: 30, restDays: 0, steps: two });
  const isVip = { kind: "trait", trait: "vip", is: "equal", value: true } as const;
  const onlyOnce = { segment: null, filter: isVip, again: null };
  const important = await addPlay({
    priority: 9,
    holdout: { share: 0, reason: "a test" },
    audience: onlyOnce,
    days: 30,
    restDays: 0,
    steps: two,
  });
  const { salt } = await company.nines.db
    .selectFrom("plays")
    .select("salt")
    .where("id", "=", playId)
    .executeTakeFirstOrThrow();
  const armOf = ({ id }: { id: string }) => (placeOf(playId, salt, id) < 0.5 ? "holdout" : "treated");
  /** New customers, at least so many in each arm. */
  const drawn = async (wanted: { treated: number; holdout: number }) => {
    const people: Awaited<ReturnType<typeof identified>> = [];
    const lacks = (arm: "treated" | "holdout") =>
      people.filter((each) => armOf(each) === arm).length < wanted[arm];
    while (lacks("treated") || lacks("holdout")) people.push(...(await identified(2)));
    return people;
  };
  const older = await drawn({ treated: 2, holdout: 1 });
  const [vip] = await identified(1, { vip: true });
  await work();
  await later(2);
  const younger = await drawn({ treated: 3, holdout: 1 });
  await soon();
  const count = (arm: string) => [...older, ...younger].filter((each) => armOf(each) === arm).length;
  const units = { treated: count("treated"), holdout: count("holdout") };
  expect(await enrolments(playId)).toHaveLength(units.treated + units.holdout);
  expect(await enrolments(important)).toHaveLength(1);
  const pick = (from: typeof older, arm: string) =>
    from.splice(
      from.findIndex((each) => armOf(each) === arm),
      1,
    )[0]!;
  // The older is left alone, or through all steps of the play; or is in a play with a higher priority.
  const alone = { into: pick(older, "holdout"), from: pick(younger, "treated") };
  const through = { into: pick(older, "treated"), from: pick(younger, "treated") };
  const both = { into: pick(older, "treated"), from: pick(younger, "holdout") };
  const outranked = { into: vip!, from: pick(younger, "treated") };
  const pairs = [alone, through, both, outranked];
  for (const { from, into } of pairs.slice(1)) await merge(from.id, into.id);
  const owner = await signIn(company.nines, "owner@acme.example");
  const body = { from: alone.from.id };
  expect((await owner.fetch("POST", `/api/v1/customers/${alone.into.id}/merge`, body)).status).toBe(200);
  // Who did it stays known; by events nobody does.
  const log = (await (await owner.fetch("GET", "/api/v1/audit-log")).json()) as {
    items: { action: string; by: { kind: string; name: string }; aboutId: string; details: object }[];
  };
  const said = log.items.filter(({ action }) => action === "customer.merged");
  expect(
    said.map(({ by: { kind, name }, aboutId, details }) => ({ by: { kind, name }, aboutId, details })),
  ).toEqual(
    expect.arrayContaining(
      pairs.map(({ from, into }) => ({
        by: into === alone.into ? { kind: "member", name: "Olga Owner" } : { kind: "key", name: "test" },
        aboutId: into.id,
        details: { gone: from.id },
      })),
    ),
  );
  expect(said).toHaveLength(pairs.length);
  const mailed = pairs.map(({ from, into }) => mailsTo(from.email) + mailsTo(into.email));
  expect(mailed).toEqual([1, 3, 2, 3]);
  await later(3);
  expect(pairs.map(({ from, into }) => mailsTo(from.email) + mailsTo(into.email))).toEqual(mailed);
  const ends = async ({ into }: { into: { id: string } }) =>
    (await enrolments(playId))
      .filter(({ customerId }) => customerId === into.id)
      .toSorted((a, b) => a.enteredAt.getTime() - b.enteredAt.getTime())
      .map(({ arm, state, stoppedBy }) => [arm, stoppedBy ?? state]);
  expect(await ends(alone)).toEqual([
    ["holdout", "active"],
    ["treated", "merged"],
  ]);
  expect(await ends(through)).toEqual([
    ["treated", "done"],
    ["treated", "merged"],
  ]);
  expect(await ends(both)).toEqual([
    ["treated", "done"],
    ["holdout", "merged"],
  ]);
  expect(await ends(outranked)).toEqual([["treated", "higher_priority"]]);

  // What they do counts on both sides, and nobody is missing.
  const answer = { surveyId: company.surveyId, score: 10, customer: { id: both.into.userId } };
  await client.ask("POST", "/responses", answer);
  await later(40);
  await send(company.nines.db, "measure-plays", {});
  await company.nines.runJobs();
  const result = await client.ask<PlayResult>("GET", `/plays/${playId}/result`);
  expect([result.arms.treated, result.arms.holdout]).toMatchObject([
    { units: units.treated, results: units.treated, reached: 1 },
    { units: units.holdout, results: units.holdout, reached: 1 },
  ]);

  // A larger share of the permanent holdout: what waits to be sent is looked at once more.
  company.mailServer.behaviour.refuse = () => "451 4.7.1 later";
  const newest = await drawn({ treated: 6, holdout: 0 });
  await soon();
  await client.ask("PUT", "/act-settings", { permanentHoldout: 0.5 });
  company.mailServer.behaviour.refuse = () => undefined;
  await later(1);
  const workspace = { id: company.workspaceId, salt: "permanent", permanentHoldout: 0.5 };
  for (const each of newest)
    expect(mailsTo(each.email), each.email).toBe(
      armOf(each) === "treated" && !isPermanentlyHeldOut(workspace, each.id) ? 1 : 0,
    );
});

test("whoever was asked twice on one day, as two customers who are one by now, is asked once", async () => {
  const company = await newKnownCompany();
  const { nines, addPlay, addCustomers, merge, work, later, runs, enrolments } = company;
  const [first, second] = await addCustomers(2);
  const playId = await addPlay({
    holdout: { share: 0.5, reason: null },
    steps: steps({ id: "ask", kind: "ask", survey: company.surveyId, day: 5 }),
  });
  await work();
  expect(await enrolments(playId)).toHaveLength(2);
  await merge(second!, first!);
  await later(5);
  expect(await nines.db.selectFrom("invitations").select("customerId").execute()).toEqual([
    { customerId: first },
  ]);
  const asks = (await runs(playId)).map(({ state, reason }) => [state, reason]);
  expect(asks).toEqual(
    expect.arrayContaining([
      ["done", null],
      ["skipped", "rest"],
    ]),
  );
});
