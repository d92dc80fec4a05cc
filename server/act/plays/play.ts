import { z } from "@hono/zod-openapi";
import { nameText } from "../../collect/response.ts";
import { LanguageTag } from "../../collect/surveys/survey-content.ts";
import { asFarAsShaped } from "../../collect/surveys/survey-details.ts";
import { PlayDefinition, PlayGoal } from "./play-definition.ts";
import { PlayPlan } from "./play-plan.ts";
import { PlayProblem } from "./play-problem.ts";
import { templateGroups } from "./templates/play-template.ts";

export const playStates = ["draft", "live", "paused", "closed", "ended"] as const;
export const PlayState = z
  .enum(playStates)
  .describe(
    "live: customers enter; paused: nobody enters and nobody moves on; closed: nobody enters, who is in it moves on; ended.",
  );

/** The states that a play can be told to take. */
export const SettableState = z.enum(["live", "paused", "closed", "ended"]);
export type SettableState = z.infer<typeof SettableState>;

export const playName = nameText(200);

/** A play that is written out, to begin with. */
export const OfferedTemplate = z
  .object({
    id: z.string(),
    group: z.enum(templateGroups).describe("Whom it is for."),
    name: z.string(),
    text: z.string().describe("What it does, in one sentence."),
  })
  .openapi("PlayTemplate");

/** What a new play begins with. */
export const NewPlay = z
  .object({
    name: playName.optional(),
    template: nameText(100).optional().describe("Begin with this one of GET /api/v1/play-templates."),
    language: LanguageTag.optional().describe(
      "Of what members read, and of mails where a customer's own language is not written: de, else English.",
    ),
  })
  .openapi("NewPlay");
export type NewPlay = z.infer<typeof NewPlay>;

const basedOn = z.iso
  .datetime("is no time; send `basedOn` as you got it")
  .optional()
  .describe(
    "`basedOn` as you saw it: refused when somebody else has saved since. Without it, the last wins.",
  );

/** What autosave sends. */
export const PlayDraft = z
  .object({ name: playName, definition: asFarAsShaped(PlayDefinition, "PlayDefinition"), basedOn })
  .openapi("PlayDraft");
export type PlayDraft = z.infer<typeof PlayDraft>;

/** What publishing may be told. */
export const PublishPlay = z
  .object({
    basedOn: basedOn.describe(
      "Of the draft you mean: refused when somebody else has changed it since. Without it, the draft as it is now.",
    ),
    overrides: z
      .array(z.object({ rule: nameText(100), reason: nameText(1_000) }))
      .max(10)
      .default([])
      .describe("What an owner lets pass although a rule of others forbids it, and why. Kept for ever."),
  })
  .openapi("PublishPlay");
export type PublishPlay = z.infer<typeof PublishPlay>;

const person = z.object({ id: z.uuid(), name: z.string() });
const time = z.iso.datetime();

/** How many customers are in a play, and how far. */
export const PlayCounts = z
  .object({
    entered: z.int().describe("All who ever entered, in both arms."),
    active: z.int(),
    done: z.int(),
    stopped: z.int(),
    treated: z.int(),
    holdout: z.int(),
    steps: z.array(
      z.object({
        step: z.string(),
        due: z.int().describe("Waiting for it, or in the middle of it."),
        done: z.int(),
        skipped: z.int(),
        why: z
          .array(z.object({ reason: z.string(), n: z.int() }))
          .describe("Of those skipped, as permanent_holdout or no_address; the most frequent first."),
        failed: z.int(),
      }),
    ),
  })
  .openapi("PlayCounts");
export type PlayCounts = z.infer<typeof PlayCounts>;

/** A play as lists show it. */
export const PlaySummary = z
  .object({
    id: z.uuid(),
    name: z.string(),
    state: PlayState,
    version: z.int().describe("Of what is published; 0 before the first time."),
    changed: z.boolean().describe("Whether something was edited and not published."),
    goal: PlayGoal.nullable().describe("null: a draft that does not say it yet."),
    days: z.int().nullable(),
    audience: z.string().nullable().describe("The name of its segment; null where it has a filter, or none."),
    owner: person.nullable(),
    createdAt: time,
    liveSince: time.nullable(),
    planned: PlayPlan.nullable(),
    decision: z.enum(["keep", "stop"]).nullable(),
    counts: PlayCounts.omit({ steps: true }),
  })
  .openapi("PlaySummary");
export type PlaySummary = z.infer<typeof PlaySummary>;

/** A play as its editor sees it. */
export const PlayDetails = z
  .object({
    id: z.uuid(),
    name: z.string(),
    state: PlayState,
    version: z.int().describe("Of what is published; 0 before the first time."),
    definition: PlayDefinition.nullable().describe("As published; null before the first time."),
    draft: PlayDefinition.nullable().describe("What was edited and not published; null where nothing was."),
    basedOn: time.describe("What PUT and publish take as `basedOn`."),
    problems: z.array(PlayProblem).describe("Of the draft, else of what is published."),
    counts: PlayCounts,
    owner: person.nullable(),
    createdAt: time,
    liveSince: time.nullable(),
    endedAt: time.nullable(),
    planned: PlayPlan.nullable().describe("What its result is judged by; fixed once somebody has entered."),
    decision: z.enum(["keep", "stop"]).nullable(),
    decidedAt: time.nullable(),
    overrides: z.array(
      z.object({
        version: z.int(),
        rule: z.string(),
        reason: z.string(),
        person: person.nullable(),
        at: time,
      }),
    ),
  })
  .openapi("PlayDetails");
export type PlayDetails = z.infer<typeof PlayDetails>;
