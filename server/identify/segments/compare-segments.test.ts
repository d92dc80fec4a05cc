import { beforeEach, describe, expect, it } from "vitest";
import { newTestApp, type TestApp } from "../../../test/new-test-app.ts";
import { newWorkspace } from "../../../test/sign-in.ts";
import { createHandlers } from "../../jobs.ts";
import { send } from "../../platform/jobs/send.ts";
import { openJobs } from "../../platform/jobs/work.ts";
import { compareSegment } from "./compare-segment.ts";
import type { Segment } from "./segment.ts";
import type { SegmentFilter } from "./segment-filter.ts";

const minute = 60_000;
const pro: SegmentFilter = { kind: "trait", trait: "plan", is: "equal", value: "Pro" };
const basic: SegmentFilter = { kind: "trait", trait: "plan", is: "equal", value: "Basic" };

let nines: TestApp;
let owner: Awaited<ReturnType<typeof newWorkspace>>;

beforeEach(async () => {
  nines = await newTestApp();
  owner = await newWorkspace(nines);
  await plans({ ann: "Pro", bob: "Pro", cyd: "Basic" });
});

const ask = async <Body>(method: string, path: string, body?: unknown): Promise<Body> => {
  const response = await owner.owner.fetch(method, `/api/v1${path}`, body);
  expect(response.ok, `${method} ${path} ${response.status}`).toBe(true);
  return (await response.json()) as Body;
};

/** Gives customers, by their ids, these plans. */
async function plans(of: Record<string, string>): Promise<void> {
  await ask("POST", "/customers", {
    customers: Object.entries(of).map(([id, plan]) => ({ id, traits: { plan } })),
  });
}

const make = (name: string, filter: SegmentFilter) => ask<Segment>("POST", "/segments", { name, filter });
const read = (id: string) => ask<Segment>("GET", `/segments/${id}`);

/** A minute later, with the regular job. */
async function compareLater(): Promise<void> {
  nines.clock.advance(minute);
  await send(nines.db, "compare-segments", {});
  await nines.runJobs();
}

async function movesOf(id: string): Promise<string[]> {
  const { rows } = await nines.pool.query<{ move: string }>(
    `select case when m.entered then '+' else '-' end || c.external_id as move from segment_moves m
     join customers c on c.id = m.customer_id where m.segment_id = $1 order by m.at, c.external_id`,
    [id],
  );
  return rows.map(({ move }) => move);
}

describe("comparing segments", () => {
  it("keeps who enters and who leaves, and takes whoever was there at first, or by a new filter, as members of old", async () => {
    const inPro = await make("Pro", pro);
    const notPro = await make("Not Pro", { kind: "segment", is: "not_in", segment: inPro.id });
    await nines.runJobs();
    expect(await read(inPro.id)).toMatchObject({ members: 2, entered: 0, left: 0 });
    expect(await read(notPro.id)).toMatchObject({ members: 1, entered: 0, left: 0 });

    await plans({ bob: "Basic", cyd: "Pro", dan: "Pro" });
    await compareLater();
    expect(await read(inPro.id)).toMatchObject({ members: 3, entered: 2, left: 1 });
    expect(await movesOf(inPro.id)).toEqual(["-bob", "+cyd", "+dan"]);
    expect(await movesOf(notPro.id)).toEqual(["+bob", "-cyd"]);
    const { comparedAt } = await read(inPro.id);
    await compareLater();
    expect(await movesOf(inPro.id)).toHaveLength(3);
    expect((await read(inPro.id)).comparedAt).not.toBe(comparedAt);

    // Another filter is no move of anybody, nor in the segments that name it; and the moves of the old one count no more.
    await ask("PATCH", `/segments/${inPro.id}`, { filter: basic });
    expect(await read(inPro.id)).toMatchObject({ members: null });
    await compareLater();
    expect(await read(inPro.id)).toMatchObject({ members: 1, entered: 0, left: 0 });
    expect(await read(notPro.id)).toMatchObject({ members: 3, entered: 0, left: 0 });
    await plans({ ann: "Basic" });
    await compareLater();
    expect(await read(inPro.id)).toMatchObject({ members: 2, entered: 1, left: 0 });
    expect((await movesOf(inPro.id)).at(-1)).toBe("+ann");
    nines.clock.advance(8 * 24 * 60 * minute);
    expect(await read(inPro.id)).toMatchObject({ entered: 0 });
  });

  it("rests the longer, the longer it takes, but not after a change", async () => {
    const inPro = await make("Pro", pro);
    await nines.runJobs();
    await nines.pool.query("update segments set compare_ms = 6000");
    await plans({ cyd: "Pro" });
    for (let n = 0; n < 4; n++) await compareLater();
    expect(await movesOf(inPro.id)).toEqual([]);
    await compareLater();
    expect(await movesOf(inPro.id)).toEqual(["+cyd"]);
    await nines.pool.query("update segments set compare_ms = 6000");
    await ask("PATCH", `/segments/${inPro.id}`, { filter: basic });
    await nines.runJobs();
    expect(await read(inPro.id)).toMatchObject({ members: 0 });
  });

  it("notes each move once, however often it is cut off and with two workers at once", async () => {
    const inPro = await make("Pro", pro);
    await nines.runJobs();
    await plans({ ann: "Basic", cyd: "Pro", dan: "Pro" });
    nines.clock.advance(minute);
    // Cut off between the members and the moves.
    await nines.pool.query(`
      create function fail() returns trigger language plpgsql as $$ begin raise 'cut off'; end $$;
      create trigger fail before insert on segment_moves execute function fail()`);
    await send(nines.db, "compare-segments", {});
    await nines.runJobs();
    expect(await read(inPro.id)).toMatchObject({ members: 2, entered: 0 });
    const { rows } = await nines.pool.query("select count(*) as n from segment_members");
    expect(rows).toEqual([{ n: 2 }]);
    await nines.pool.query("drop trigger fail on segment_moves");

    const { workspaceId } = owner;
    await Promise.all(
      [1, 2, 3].map(() => compareSegment(nines.db, nines.clock, { workspaceId, id: inPro.id })),
    );
    expect(await movesOf(inPro.id)).toEqual(["-ann", "+cyd", "+dan"]);
    expect(await read(inPro.id)).toMatchObject({ members: 3, entered: 2, left: 1 });
  });

  it("tells whoever listens, in the same transaction, and nobody otherwise", async () => {
    const inPro = await make("Pro", pro);
    await nines.runJobs();
    const heard = async () =>
      (await nines.pool.query("select data from pgboss.job where name = 'segment-moved'")).rows;
    await plans({ cyd: "Pro" });
    await compareLater();
    expect(await heard()).toEqual([]);

    const listening = await openJobs(
      nines.pool,
      { ...createHandlers(nines.resources), "segment-moved": { run: async () => {} } },
      nines.resources.log,
    );
    await plans({ bob: "Basic" });
    nines.clock.advance(minute);
    await compareSegment(nines.db, nines.clock, { workspaceId: owner.workspaceId, id: inPro.id });
    const { rows } = await nines.pool.query("select id from customers where external_id = 'bob'");
    expect(await heard()).toEqual([
      { data: { workspaceId: owner.workspaceId, segmentId: inPro.id, entered: [], left: [rows[0].id] } },
    ]);
    await listening.stop();
  });
});
