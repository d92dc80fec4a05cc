import { queueDueInvitations } from "../server/collect/email/queue-due-invitations.ts";
import { newDefinition, type PlayDefinition } from "../server/act/plays/play-definition.ts";
import { send } from "../server/platform/jobs/send.ts";
import { newApiClient } from "./api-client.ts";
import { mailedSurvey } from "./mailed-survey.ts";
import { newTestApp } from "./new-test-app.ts";
import { startMailServer } from "./start-mail-server.ts";

const day = 24 * 3_600_000;
const allHours = { from: "00:00", to: "00:00", weekends: true };

/** A workspace with a mail server, a survey and customers, in which plays are live. */
export async function newPlayCompany({
  env: given = {},
  restDays = 0,
}: { env?: Record<string, string>; restDays?: number } = {}) {
  const mailServer = await startMailServer();
  const env = {
    SMTP_URL: mailServer.url,
    MAIL_FROM: "Larkfield <ask@larkfield.example>",
    BASE_URL: "https://nps.example",
    ...given,
  };
  const nines = await newTestApp({ env });
  const { db, clock, pool } = nines;
  const client = await newApiClient(nines);
  const { workspaceId } = client;
  const surveyId = await mailedSurvey(nines, workspaceId, {
    settings: {
      restDays,
      reminders: { most: 0, afterDays: 5 },
      rhythm: { kind: "after", event: "never", delayHours: 0 },
    },
  });
  // Nobody is kept out for ever, so that each customer is in an arm.
  await db
    .insertInto("actSettings")
    .values({ workspaceId, permanentHoldout: 0, permanentSalt: "permanent", inbox: "{}" })
    .execute();

  /** Customers p0@example.com, p1@… of the plan; gives their ids. */
  const addCustomers = async (n: number, { prefix = "p", plan = "pro" } = {}) => {
    const { rows } = await pool.query<{ id: string }>(
      `with made as (
         insert into customers (workspace_id, id, email, name, traits)
         select $1, gen_random_uuid(), $2 || i || '@example.com', 'Ada Lovelace', jsonb_build_object('plan', $3::text)
         from generate_series(0, $4::int - 1) as i returning id, email),
       keyed as (
         insert into customer_keys (workspace_id, key, customer_id) select $1, 'email:' || email, id from made)
       select id from made`,
      [workspaceId, prefix, plan, n],
    );
    return rows.map(({ id }) => id);
  };
  /** A live play for customers of the plan `pro`, made and published as members do. */
  const addPlay = async (other: Partial<PlayDefinition> = {}) => {
    const definition: PlayDefinition = {
      ...newDefinition(100),
      audience: {
        segment: null,
        filter: { kind: "trait", trait: "plan", is: "equal", value: "pro" },
        again: null,
      },
      hours: allHours,
      start: other.steps?.[0]?.id ?? null,
      ...other,
    };
    const { id } = await client.ask<{ id: string }>("POST", "/plays", { name: "Tips" });
    await publish(id, definition);
    return id;
  };
  const publish = async (id: string, definition: PlayDefinition) => {
    const { basedOn: before } = await client.ask<{ basedOn: string }>("GET", `/plays/${id}`);
    const draft = { name: "Tips", definition, basedOn: before };
    const { basedOn } = await client.ask<{ basedOn: string }>("PUT", `/plays/${id}/draft`, draft);
    await client.ask("POST", `/plays/${id}/publish`, { basedOn });
  };
  /** Publishes another version of a play, as members do who edit it. */
  const editPlay = async (id: string, changes: Partial<PlayDefinition>) => {
    const { definition } = await client.ask<{ definition: PlayDefinition }>("GET", `/plays/${id}`);
    await publish(id, { ...definition, ...changes });
  };
  /** As the server does regularly: everything that is due now. */
  const work = async () => {
    for (const job of ["enter-plays", "run-steps", "send-messages", "ask-customers"] as const) {
      await send(db, job, {});
      await nines.runJobs();
    }
    // What was put back or put off.
    if ((await queueDueInvitations(nines.resources)) > 0) await nines.runJobs();
  };
  const later = async (days: number) => {
    clock.advance(days * day);
    await work();
  };
  const enrolments = (playId: string) =>
    db.selectFrom("enrolments").selectAll().where("playId", "=", playId).orderBy("customerId").execute();
  const runs = (playId: string) =>
    db
      .selectFrom("stepRuns")
      .selectAll()
      .where("playId", "=", playId)
      .orderBy("dueAt")
      .orderBy("id")
      .execute();
  return {
    nines,
    env,
    mailServer,
    client,
    workspaceId,
    surveyId,
    addCustomers,
    addPlay,
    editPlay,
    work,
    later,
    enrolments,
    runs,
  };
}
