import { giveCode } from "../../server/act/incentives/give-code.ts";
import { createApiKey } from "../../server/platform/accounts/create-api-key.ts";
import { type Role, type Scope, scopes } from "../../server/platform/http/router.ts";
import { sendMail } from "../../server/platform/mail/send-mail.ts";
import { createWriteKey } from "../../server/identify/events/create-write-key.ts";
import type { TestApp } from "../new-test-app.ts";
import { storePlay } from "../store-play.ts";
import { type Browser, fetchWith, newMember, newWorkspace } from "../sign-in.ts";

/** Somebody who asks: a member by their role, a key with all scopes or with given ones, or nobody known. */
export interface Caller {
  kind: Role | "key" | "anonymous";
  fetch: Browser["fetch"];
}

export type Company = Awaited<ReturnType<typeof newCompany>>;

const v1 = "/api/v1";

/** A workspace with something of everything in it, all marked with its name, and one caller of each kind. */
export async function newCompany(nines: TestApp, slug: string) {
  const { db, clock, pool } = nines;
  const workspace = await newWorkspace(nines, { name: slug, email: `owner@${slug}.example` });
  const { workspaceId } = workspace;

  const newKey = (granted: readonly Scope[]) =>
    createApiKey(db, clock, workspaceId, { name: `${slug} key`, scopes: granted });
  const withScopes = async (granted: readonly Scope[]): Promise<Browser["fetch"]> =>
    fetchWith(nines, { authorization: `Bearer ${(await newKey(granted)).key}` });
  const all = await withScopes(scopes);

  const newImportId = async (state?: string) => {
    const csv = `email,score\n${slug}@x.example,9\n`;
    const id = await idOf(all("POST", `${v1}/imports?name=${slug}.csv`, csv));
    if (state) await pool.query("update imports set state = $2 where id = $1", [id, state]);
    return id;
  };
  const newSurveyId = () => idOf(all("POST", `${v1}/surveys`, { name: `survey of ${slug}` }));
  const newSegmentId = () =>
    idOf(
      all("POST", `${v1}/segments`, {
        name: `segment of ${slug} ${crypto.randomUUID()}`,
        filter: { kind: "contact", is: "one_of", value: ["no_address"] },
      }),
    );
  const newPlayId = () => idOf(all("POST", `${v1}/plays`, { name: `play of ${slug}` }));
  const newLivePlayId = async () => {
    const id = await newPlayId();
    await pool.query(
      `with v as (insert into play_versions (workspace_id, play_id, number, definition)
        select workspace_id, id, 1, draft from plays where id = $1)
      update plays set state = 'live', version = 1, draft = null where id = $1`,
      [id],
    );
    return id;
  };
  const newTaskPlayId = async () => {
    const id = await newPlayId();
    const step = { id: "task", kind: "task", title: `call {{ customer.name }} of ${slug}`, next: null };
    await pool.query(
      "update plays set draft = draft || jsonb_build_object('steps', $2::jsonb) where id = $1",
      [id, JSON.stringify([step])],
    );
    return id;
  };
  const newCustomerId = async () => {
    const made = await all("POST", `${v1}/customers`, {
      customers: [{ id: crypto.randomUUID(), name: slug }],
    });
    return ((await made.json()) as { ids: string[] }).ids[0]!;
  };
  const newInvitationId = () => {
    const email = `${crypto.randomUUID()}@${slug}.example`;
    return idOf(workspace.owner.fetch("POST", `${v1}/member-invitations`, { email, role: "viewer" }));
  };
  const newMemberId = async () => {
    const id = crypto.randomUUID();
    const email = `${id}@${slug}.example`;
    await db
      .insertInto("people")
      .values({ id, name: `member of ${slug}`, email })
      .execute();
    await db.insertInto("members").values({ workspaceId, personId: id, role: "viewer" }).execute();
    return id;
  };
  const newMailId = async () => {
    await sendMail(db, clock, { to: `to@${slug}.example`, subject: slug, text: slug, workspaceId });
    await nines.runJobs();
    const mail = await db
      .selectFrom("outbox")
      .select("id")
      .where("workspaceId", "=", workspaceId)
      .executeTakeFirstOrThrow();
    return mail.id;
  };

  const answer = {
    id: crypto.randomUUID(),
    score: 7,
    comment: `comment of ${slug}`,
    channel: slug,
    customer: { id: "same-id", email: "same@x.example", name: `customer of ${slug}` },
  };
  const recorded = await all("POST", `${v1}/responses`, answer);
  const { id: response, customerId: customer } = (await recorded.json()) as {
    id: string;
    customerId: string;
  };
  // Each ask is of somebody else, because who was asked a moment ago rests.
  const newAskId = async () => {
    const to = { email: `${crypto.randomUUID()}@${slug}.example`, name: `asked by ${slug}` };
    const asked = await all("POST", `${v1}/invitations`, {
      surveyId: survey,
      customer: to,
      channel: "email",
    });
    return (await asked.json()) as { id: string; customerId: string };
  };
  const newComplaint = async () => {
    const complained = await all("POST", `${v1}/complaints`, {
      customer: { email: `complains@${slug}.example` },
      note: `complaint of ${slug}`,
    });
    return (await complained.json()) as { id: string; customerId: string };
  };
  const listed = await all("GET", `${v1}/surveys`);
  const { surveys } = (await listed.json()) as { surveys: { id: string }[] };

  const survey = surveys[0]?.id ?? "";
  const ask = await newAskId();
  const complaint = await newComplaint();

  const newWriteKey = () =>
    createWriteKey(db, clock, workspaceId, { name: `pages of ${slug}`, trusted: false });
  const writeKey = await newWriteKey();

  // One webhook is enough for all who ask; whoever deletes it makes the next ask for another.
  const webhookId = crypto.randomUUID();
  const newWebhookId = async () => {
    const about = { workspaceId, id: webhookId, kind: "webhook" as const, name: `webhook of ${slug}` };
    await db
      .insertInto("receivers")
      .values({ ...about, address: "http://127.0.0.1:9/", secret: "whsec_AAAA", events: [] })
      .onConflict((c) => c.column("id").doNothing())
      .execute();
    return webhookId;
  };
  const receiverId = crypto.randomUUID();
  const newReceiverId = async () => {
    await db
      .insertInto("receivers")
      .values({
        workspaceId,
        id: receiverId,
        kind: "email",
        name: `receiver of ${slug}`,
        address: `told@${slug}.example`,
      })
      .onConflict((c) => c.column("id").doNothing())
      .execute();
    return receiverId;
  };
  const newDeliveryId = async (receiverId = webhookId) => {
    const [id, at] = [crypto.randomUUID(), clock.now()];
    const about = { workspaceId, customerId: customer, receiverId, event: "webhook.test" };
    await db
      .insertInto("deliveries")
      .values({ ...about, id, body: "{}", state: "failed", dueAt: at, createdAt: at })
      .execute();
    return id;
  };
  const forgetWebhooks = async () => {
    await db
      .deleteFrom("receivers")
      .where("workspaceId", "=", workspaceId)
      .where("id", "not in", [webhookId, receiverId])
      .execute();
  };
  await newWebhookId();
  await newReceiverId();

  const newContentId = () =>
    idOf(
      all("POST", `${v1}/content`, {
        kind: "article",
        name: `item of ${slug}`,
        languages: { en: { title: `title of ${slug}`, text: "t", link: null } },
      }),
    );
  const newPoolId = () => idOf(all("POST", `${v1}/code-pools`, { name: `${slug} ${crypto.randomUUID()}` }));
  const codePool = await newPoolId();
  const givenCode = `code-of-${slug}`;
  await all("POST", `${v1}/code-pools/${codePool}/codes`, { codes: [givenCode] });
  const incentive = crypto.randomUUID();
  await giveCode(db, {
    workspaceId,
    customerId: customer,
    poolId: codePool,
    purpose: "thanks",
    id: incentive,
    now: clock.now(),
  });

  const openedCase = await all("POST", `${v1}/cases`, {
    customerId: customer,
    title: `case of ${slug}`,
    note: `note of ${slug}`,
  });
  const { case: opened } = (await openedCase.json()) as { case: { id: string } };

  const eventName = `event-of-${slug}`;
  await db
    .insertInto("eventNames")
    .values({ workspaceId, name: eventName, firstAt: clock.now(), lastAt: clock.now() })
    .execute();

  const members: Caller[] = [];
  for (const role of ["viewer", "editor", "admin"] as const)
    members.push({ kind: role, fetch: (await newMember(nines, workspace, role)).fetch });
  members.push({ kind: "owner", fetch: workspace.owner.fetch });
  return {
    ...workspace,
    members,
    key: { kind: "key", fetch: all } as Caller,
    anonymous: { kind: "anonymous", fetch: fetchWith(nines, { "x-workspace": slug }) } as Caller,
    answer,
    withScopes,
    newImportId,
    newSurveyId,
    eventName,
    newSegmentId,
    newPlayId,
    newLivePlayId,
    newTaskPlayId,
    newCustomerId,
    newInvitationId,
    newMemberId,
    newKeyId: async () => (await newKey(["score:read"])).id,
    writeKey: writeKey.key,
    newWebhookId,
    newReceiverId,
    newDeliveryId,
    newContentId,
    newPoolId,
    forgetWebhooks,
    newWriteKeyId: async () => (await newWriteKey()).id,
    ids: {
      workspace: workspaceId,
      owner: workspace.personId,
      survey,
      response,
      customer,
      member: await newMemberId(),
      key: (await newKey(["score:read"])).id,
      invitation: await newInvitationId(),
      mail: await newMailId(),
      import: await newImportId(),
      ask: ask.id,
      asked: ask.customerId,
      segment: await newSegmentId(),
      play: await newPlayId(),
      complaint: complaint.id,
      writeKey: writeKey.id,
      webhook: webhookId,
      content: await newContentId(),
      pool: codePool,
      givenCode,
      incentive,
      case: opened.id,
      receiver: receiverId,
      publishedPlay: await storePlay(nines, workspaceId, { name: `play of ${slug}` }),
      complains: complaint.customerId,
    },
  };
}

async function idOf(asked: Promise<Response>): Promise<string> {
  const response = await asked;
  if (!response.ok) throw new Error(`not made: ${response.status} ${await response.text()}`);
  return ((await response.json()) as { id: string }).id;
}
