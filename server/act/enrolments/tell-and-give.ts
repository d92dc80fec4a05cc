import { LiquidError } from "liquidjs";
import type { TextValues } from "../../collect/texts/render-text.ts";
import type { Database } from "../../platform/database/open.ts";
import { idOf } from "../../platform/ids.ts";
import { send } from "../../platform/jobs/send.ts";
import { maySayCode } from "../content/compose-mail.ts";
import { fillText } from "../content/fill-text.ts";
import { readSender } from "../content/read-sender.ts";
import { openCase } from "../inbox/open-case.ts";
import { giveCode } from "../incentives/give-code.ts";
import type { StepOf } from "../plays/play-step.ts";
import { hour } from "./playing.ts";
import { type DueRun, laterOrSkip, type Outcome, type Outcomes } from "./under-way.ts";

/** Tells receivers of customers: a line of text to Slack, all that is known of the step to a webhook. */
export async function tellReceivers(db: Database, runs: readonly DueRun[], now: Date): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const active = await activeReceivers(db, runs);
  for (const run of runs) {
    const step = run.play.steps.get(run.step) as StepOf<"slack" | "webhook">;
    const { next, receiver: receiverId } = step;
    const skip = (reason: string) => outcomes.set(run.id, { state: "skipped", reason, next });
    if (active.get(receiverId) !== step.kind) {
      skip("no_such_receiver");
      continue;
    }
    const text = step.kind === "slack" ? await fill(db, run, step.text) : undefined;
    if (step.kind === "slack" && text === undefined) {
      skip("text_broken");
      continue;
    }
    const id = idOf("delivery", "play.step", run.id);
    await db
      .insertInto("deliveries")
      .values({
        workspaceId: run.play.workspaceId,
        customerId: run.customerId,
        id,
        receiverId,
        event: "play.step",
        body: JSON.stringify(step.kind === "slack" ? { text } : webhookBody(run, now)),
        dueAt: now,
        createdAt: now,
      })
      .onConflict((c) => c.doNothing())
      .execute();
    outcomes.set(run.id, { state: "done", next, result: { deliveryId: id } });
  }
  await send(db, "deliver-webhooks", {});
  return outcomes;
}

async function activeReceivers(db: Database, runs: readonly DueRun[]): Promise<Map<string, string>> {
  const named = runs.map(({ play, step }) => (play.steps.get(step) as StepOf<"slack" | "webhook">).receiver);
  const rows = await db
    .selectFrom("receivers")
    .select(["id", "kind"])
    .where("workspaceId", "=", runs[0]!.play.workspaceId)
    .where("id", "in", [...new Set(named)])
    .where("state", "=", "active")
    .execute();
  return new Map(rows.map(({ id, kind }) => [id, kind]));
}

function webhookBody({ play, step, visit, enrolmentId, customerId, enrolment, person }: DueRun, now: Date) {
  const { email, name, language, externalId, traits, accountName } = person;
  return {
    type: "play.step",
    timestamp: now.toISOString(),
    data: {
      play: { id: play.id, name: play.name, version: play.version },
      step,
      visit,
      enrolmentId,
      enteredAt: enrolment.enteredAt.toISOString(),
      scoreBefore: enrolment.scoreBefore,
      customer: { id: customerId, externalId, email, name, language, traits, account: accountName },
    },
  };
}

/** Opens a case for each customer, for a member to do something. */
export async function giveTasks(db: Database, runs: readonly DueRun[], now: Date): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  for (const run of runs) {
    const step = run.play.steps.get(run.step) as StepOf<"task">;
    const title = await fill(db, run, step.title);
    const note = step.note === null ? null : await fill(db, run, step.note);
    if (title === undefined || note === undefined) {
      outcomes.set(run.id, { state: "skipped", reason: "text_broken", next: step.next });
      continue;
    }
    const opened = await openCase(db, {
      workspaceId: run.play.workspaceId,
      customerId: run.customerId,
      id: idOf("case", "play", run.id),
      openedBy: "task",
      title: title.trim() || run.play.name,
      note,
      owner: step.owner,
      hours: step.hours,
      enrolmentId: run.enrolmentId,
      stepRunId: run.id,
      scoreBefore: run.enrolment.scoreBefore,
      now,
    });
    outcomes.set(run.id, { state: "done", next: step.next, result: { caseId: opened.id } });
  }
  return outcomes;
}

/** The entry in the ledger of the code that this run of a step hands out. */
export const incentiveIdOf = (runId: string) => idOf("incentive", runId);

/** Hands a code to each customer, of which a later mail tells them. */
export async function giveCodes(db: Database, runs: readonly DueRun[], now: Date): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  for (const run of runs) {
    const step = run.play.steps.get(run.step) as StepOf<"code">;
    const given = await giveCode(db, {
      workspaceId: run.play.workspaceId,
      customerId: run.customerId,
      poolId: step.pool,
      purpose: step.purpose,
      id: incentiveIdOf(run.id),
      playId: run.play.id,
      enrolmentId: run.enrolmentId,
      stepRunId: run.id,
      needsMail: [...run.play.steps.values()].some((each) => each.kind === "email" && maySayCode(each)),
      now,
    });
    outcomes.set(run.id, outcomeOf(run, step, given, now));
  }
  return outcomes;
}

function outcomeOf(
  run: DueRun,
  { next, whenEmpty }: StepOf<"code">,
  given: Awaited<ReturnType<typeof giveCode>>,
  now: Date,
): Outcome {
  if (given !== "empty") return { state: "done", next, result: given };
  if (whenEmpty === "skip") return { state: "skipped", reason: "pool_empty", next };
  return laterOrSkip(run, new Date(now.getTime() + hour), "pool_empty", next);
}

/** A text of a step for one customer; undefined for one that cannot be filled in. */
async function fill(db: Database, { play, person }: DueRun, text: string): Promise<string | undefined> {
  const sender = await readSender(db, play.workspaceId);
  const { name, language, traits, accountName, accountTraits } = person;
  const values: TextValues = {
    company: sender?.company ?? "",
    customer: { name, firstName: name?.trim().split(/\s+/)[0], language, traits },
    account: { name: accountName, traits: accountTraits ?? {} },
  };
  try {
    return fillText(text, values);
  } catch (error) {
    if (LiquidError.is(error)) return undefined;
    throw error;
  }
}
