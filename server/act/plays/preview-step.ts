import { z } from "@hono/zod-openapi";
import { LiquidError } from "liquidjs";
import { LanguageTag } from "../../collect/surveys/survey-content.ts";
import type { TextValues } from "../../collect/texts/render-text.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Resources } from "../../platform/resources.ts";
import { composeMail } from "../content/compose-mail.ts";
import { fillText } from "../content/fill-text.ts";
import { readSender } from "../content/read-sender.ts";
import { findPlayRow, type PlayPlace } from "./find-play-row.ts";
import { readHeldOut } from "./held-out.ts";
import { PlayStep, StepId, type StepOf } from "./play-step.ts";
import { stepNet } from "./walk-steps.ts";

export const PreviewOrder = z
  .object({
    step: StepId,
    customerId: z.uuid("is not the id of a customer"),
    language: LanguageTag.optional().describe("Instead of the customer's own."),
  })
  .openapi("PreviewOrder");
export type PreviewOrder = z.infer<typeof PreviewOrder>;

/** What one customer would get by a step. */
export const StepPreview = z
  .object({
    kind: z.string().describe("Of the step."),
    skip: z
      .string()
      .nullable()
      .describe(
        "Why this customer would get nothing, as unsubscribed, permanent_holdout, no_feature or no_text; null: they would.",
      ),
    mail: z
      .object({
        language: z.string(),
        subject: z.string(),
        text: z.string(),
        html: z.string(),
        feature: z.string().nullable().describe("What it is about, chosen for this customer."),
        content: z.array(z.object({ id: z.uuid(), name: z.string() })),
        exampleCode: z.boolean().describe("The code in it is an example; none is handed out."),
      })
      .nullable(),
    text: z.string().nullable().describe("Of Slack, or the note of a task."),
    title: z.string().nullable().describe("Of a task."),
    pool: z.object({ name: z.string(), worth: z.string(), free: z.int() }).nullable().describe("Of a code."),
  })
  .openapi("StepPreview");
export type StepPreview = z.infer<typeof StepPreview>;

const nothing: Omit<StepPreview, "kind"> = { skip: null, mail: null, text: null, title: null, pool: null };

/**
 * What a customer would get by a step of a play, as its draft has it, else as it is published. Nothing is sent, handed out
 * or written down.
 * @throws Refusal when the play, the step or the customer is not there
 */
export async function previewStep(
  resources: Resources,
  play: PlayPlace,
  { step: id, customerId, language }: PreviewOrder,
): Promise<StepPreview> {
  const { db } = resources.database;
  const { current } = await findPlayRow(db, play);
  const step = finished(current.steps.find((each) => each.id === id));
  const customer = await findCustomer(db, { workspaceId: play.workspaceId, customerId });
  const isHeldOut = await readHeldOut(db, play.workspaceId);
  const skip = isHeldOut(customer.id) ? "permanent_holdout" : null;
  const preview = { ...nothing, kind: step.kind, skip };
  const shown = (part: Partial<StepPreview>): StepPreview => ({
    ...preview,
    ...part,
    skip: skip ?? part.skip ?? null,
  });
  switch (step.kind) {
    case "email":
      return shown(await previewMail(resources, play, step, { current, customer, language }));
    case "slack":
      return shown(await filled(db, play, customer, { text: step.text }));
    case "task":
      return shown(await filled(db, play, customer, { title: step.title, text: step.note }));
    case "code": {
      const pool = await readPool(db, play.workspaceId, step.pool);
      return shown({ pool: pool && { name: pool.name, worth: pool.worth, free: pool.free } });
    }
    default:
      return preview;
  }
}

function finished(step: unknown): PlayStep {
  if (!step) {
    throw new Refusal("not_found", "This play has no such step; it may have been taken out.", {
      reason: "no_such_step",
    });
  }
  const parsed = PlayStep.safeParse(step);
  if (parsed.success) return parsed.data;
  throw new Refusal("bad_input", "This step is not finished yet. Fill in what is missing, then look again.", {
    reason: "step_unfinished",
  });
}

async function findCustomer(
  db: Database,
  { workspaceId, customerId }: { workspaceId: string; customerId: string },
) {
  const row = await db
    .selectFrom("customers as c")
    .leftJoin("accounts as a", (join) =>
      join.onRef("a.id", "=", "c.accountId").onRef("a.workspaceId", "=", "c.workspaceId"),
    )
    .select(["c.id", "c.name", "c.email", "c.language", "c.traits", "c.unsubscribedAt", "c.bouncedAt"])
    .select(["a.name as accountName", "a.traits as accountTraits"])
    .where("c.workspaceId", "=", workspaceId)
    .where("c.id", "=", customerId)
    .executeTakeFirst();
  if (row) return row;
  throw new Refusal("not_found", "There is no such customer here; they may have been erased.", {
    reason: "no_such_customer",
  });
}

type Seen = Awaited<ReturnType<typeof findCustomer>>;

async function previewMail(
  resources: Resources,
  { workspaceId }: PlayPlace,
  step: StepOf<"email">,
  {
    current,
    customer,
    language,
  }: { current: Parameters<typeof stepNet>[0]; customer: Seen; language: string | undefined },
): Promise<Pick<StepPreview, "skip" | "mail">> {
  const { db } = resources.database;
  const net = stepNet(current);
  const before = current.steps.find(
    (each): each is StepOf<"code"> => each.kind === "code" && net.from(each.id).has(step.id),
  );
  const pool = before && (await readPool(db, workspaceId, before.pool));
  const code = pool && { code: exampleCode, worth: pool.worth, expiresAt: pool.expiresAt };
  const mail = await composeMail(db, resources, {
    workspaceId,
    customerId: customer.id,
    messageId: null,
    step,
    language,
    code: code ?? undefined,
    now: resources.clock.now(),
  });
  if ("skip" in mail) return { skip: mail.skip, mail: null };
  const { subject, text, html, feature } = mail;
  const content = await nameContent(db, workspaceId, mail.content);
  return {
    skip: whyNotWritten(customer),
    mail: { language: mail.language, subject, text, html, feature, content, exampleCode: Boolean(code) },
  };
}

const exampleCode = "EXAMPLE-1234";

function whyNotWritten({ email, unsubscribedAt, bouncedAt }: Seen): string | null {
  if (email === null) return "no_address";
  if (unsubscribedAt) return "unsubscribed";
  return bouncedAt ? "bounced" : null;
}

async function nameContent(db: Database, workspaceId: string, ids: readonly string[]) {
  if (ids.length === 0) return [];
  return db
    .selectFrom("contentItems")
    .select(["id", "name"])
    .where("workspaceId", "=", workspaceId)
    .where("id", "in", ids)
    .execute();
}

/** Texts with this customer's values filled in. */
async function filled(
  db: Database,
  { workspaceId }: PlayPlace,
  { name, language, traits, accountName, accountTraits }: Seen,
  { title = null, text }: { title?: string | null; text: string | null },
): Promise<Pick<StepPreview, "skip" | "title" | "text">> {
  const sender = await readSender(db, workspaceId);
  const values: TextValues = {
    company: sender?.company ?? "",
    customer: { name, firstName: name?.trim().split(/\s+/)[0], language, traits },
    account: { name: accountName, traits: accountTraits ?? {} },
  };
  const fill = (template: string | null) => (template === null ? null : fillText(template, values));
  try {
    return { skip: null, title: fill(title), text: fill(text) };
  } catch (error) {
    if (LiquidError.is(error)) return { skip: "text_broken", title: null, text: null };
    throw error;
  }
}

async function readPool(db: Database, workspaceId: string, id: string) {
  const pool = await db
    .selectFrom("codePools")
    .select(["name", "worth", "expiresAt"])
    .where("workspaceId", "=", workspaceId)
    .where("id", "=", id)
    .where("deletedAt", "is", null)
    .executeTakeFirst();
  if (!pool) return null;
  const { n } = await db
    .selectFrom("codes")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("poolId", "=", id)
    .where("state", "=", "free")
    .executeTakeFirstOrThrow();
  return { ...pool, free: n };
}
