import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { invitationMessage } from "../../server/collect/email/invitation-message.ts";
import { openInvitationDelivery } from "../../server/collect/email/send-invitations.ts";
import { newInvitationWriter } from "../../server/collect/email/write-invitations.ts";
import { readPublishedSurvey } from "../../server/collect/surveys/published-survey.ts";
import { systemClock } from "../../server/platform/clock.ts";
import { readConfig } from "../../server/platform/config.ts";
import { startEmbedded } from "../../server/platform/database/embedded.ts";
import { migrate } from "../../server/platform/database/migrate.ts";
import { openDatabase } from "../../server/platform/database/open.ts";
import { openLog } from "../../server/platform/log.ts";
import { openTransport } from "../../server/platform/mail/open-transport.ts";
import type { Resources } from "../../server/platform/resources.ts";
import { askByMail, mailedSurvey } from "../mailed-survey.ts";
import { spread, table } from "./figures.ts";
import { ask, end, messageOf, start } from "./processes.ts";

const rounds = Number(process.env.ROUNDS ?? 5);
const messages = Number(process.env.MESSAGES ?? 5_000);
const connections = 5;
const atOnce = 20;

/** Invitations from the queue to a mail server, against nodemailer alone with one and the same message. */
export async function benchInvitations(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "nines-bench-"));
  const postgres = await startEmbedded(folder);
  const sink = start("mail-sink.ts");
  const { url } = await messageOf<{ url: string }>(sink);
  const database = openDatabase(postgres.url);
  const config = readConfig({
    SMTP_URL: url,
    MAIL_FROM: "ask@larkfield.example",
    BASE_URL: "https://nps.example",
  });
  const resources: Resources = { config, database, clock: systemClock, log: openLog("warn") };
  try {
    await migrate(database.pool);
    const nines = await newSender(resources);
    const alone = await newConstantSender(resources, nines.surveyId);
    // The first rounds warm both up.
    const results: Round[] = [];
    for (let round = -1; round < rounds; round++) {
      const result = { nines: await nines.send(), alone: await alone.send() };
      if (round >= 0) results.push(result);
    }
    const received = await ask<number>(sink, {});
    const expected = 2 * messages * (rounds + 1);
    if (received !== expected)
      throw new Error(`The mail server got ${received} messages instead of ${expected}.`);
    return report(results, alone.bytes);
  } finally {
    await end(sink);
    await database.close();
    await postgres.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Sends waves of new customers by the job itself, two at a time as a server does. */
async function newSender(resources: Resources) {
  const { database, clock } = resources;
  const shared = { db: database.db, pool: database.pool, clock };
  const workspaceId = crypto.randomUUID();
  await database.pool.query("insert into workspaces (id, name, slug) values ($1, 'Bench', 'bench')", [
    workspaceId,
  ]);
  const surveyId = await mailedSurvey(shared, workspaceId);
  const deliver = openInvitationDelivery(resources);
  let waves = 0;
  return {
    surveyId,
    async send(): Promise<Run> {
      const asked = await askByMail(shared, {
        workspaceId,
        surveyId,
        n: messages,
        prefix: `wave${waves++}-`,
      });
      await database.pool.query("vacuum analyze");
      const jobs = [];
      for (let i = 0; i < asked.length; i += 500)
        jobs.push({ workspaceId, invitations: asked.slice(i, i + 500) });
      const waiting = jobs.values();
      const signal = new AbortController().signal;
      const sent = await timed(2, async () => {
        for (const job of waiting) await deliver([job], signal);
      });
      const { rows } = await database.pool.query<{ n: number }>(
        "select count(*) as n from invitations where state <> 'sent'",
      );
      if (rows[0]!.n > 0) throw new Error(`${rows[0]!.n} invitations were not sent.`);
      return sent;
    },
  };
}

/** Nodemailer with the same pool and a message like ours, ready beforehand. */
async function newConstantSender(resources: Resources, surveyId: string) {
  const { config, database, clock } = resources;
  const survey = (await readPublishedSurvey(database.db, surveyId))!;
  const invitation = {
    customerId: crypto.randomUUID(),
    id: crypto.randomUUID(),
    claim: crypto.randomUUID(),
    surveyId,
    version: 1,
    language: "en",
    recipient: "constant@example.com",
    expiresAt: clock.now(),
    answeredAt: null,
    cancelled: false,
    tokenNumber: 1,
    attempts: 1,
    reminders: 0,
  };
  const recipient = "constant@example.com";
  const written = await newInvitationWriter(resources).write(survey, invitation, {
    recipient,
    name: "Katrin Meier",
    traits: {},
    timeZone: null,
  });
  const { mail, unsubscribeLink } = written;
  const message = { customerId: invitation.customerId, id: invitation.id, number: 0 };
  const constant = invitationMessage(config, survey, { message, recipient, mail, unsubscribeLink });
  const transport = openTransport(config, { connections });
  return {
    bytes: Buffer.byteLength(mail.html) + Buffer.byteLength(mail.text),
    async send(): Promise<Run> {
      let left = messages;
      const run = await timed(atOnce, async () => {
        while (left-- > 0) await transport.sendMail({ ...constant });
      });
      return run;
    },
  };
}

/** How quick a run was. */
interface Run {
  perSecond: number;
  /** Milliseconds of processor time of the sending process for one message. */
  processor: number;
}

interface Round {
  nines: Run;
  alone: Run;
}

/** Until so many of these that run at once are all done. */
async function timed(lanes: number, lane: () => Promise<void>): Promise<Run> {
  const begun = performance.now();
  const usedBefore = process.cpuUsage();
  await Promise.all(Array.from({ length: lanes }, lane));
  const { user, system } = process.cpuUsage(usedBefore);
  const seconds = (performance.now() - begun) / 1000;
  return { perSecond: messages / seconds, processor: (user + system) / 1000 / messages };
}

function report(results: Round[], bytes: number): string {
  const row = (name: string, runs: Run[]) => [
    name,
    spread(runs.map(({ perSecond }) => perSecond)),
    spread(
      runs.map(({ processor }) => processor),
      2,
    ),
  ];
  return [
    `${messages.toLocaleString("en")} messages of ${(bytes / 1024).toFixed(0)} KB a round, ${rounds} alternating rounds, ${connections} connections, fsync on; median (lowest–highest).`,
    "",
    table(
      ["", "messages per second", "processor time of the sender per message, ms"],
      [
        row(
          "Nines: claimed, checked, written, handed over, marked",
          results.map(({ nines }) => nines),
        ),
        row(
          "nodemailer alone, one constant message",
          results.map(({ alone }) => alone),
        ),
      ],
    ),
    "",
    `Nines / nodemailer, round by round: ${spread(
      results.map(({ nines, alone }) => nines.perSecond / alone.perSecond),
      2,
    )}.`,
  ].join("\n");
}
