import { z } from "@hono/zod-openapi";
import { nameText } from "../response.ts";

const TraitValue = z.union([nameText(1_000), z.number(), z.boolean()]);

/** One condition on a customer. `field` is a trait's name, or `language`, `account`, `email_domain`. */
export const AudienceRule = z.object({
  field: nameText(100),
  kind: z.enum(["trait", "customer"]).default("trait"),
  is: z.enum(["equal", "not_equal", "one_of", "contains", "above", "below", "set", "not_set"]),
  value: z.union([TraitValue, z.array(TraitValue).max(200)]).optional(),
});
export type AudienceRule = z.infer<typeof AudienceRule>;

/** Who may be asked: every customer of a segment, or of all, that fits all (or any) of the rules. */
export const Audience = z.object({
  match: z.enum(["all", "any"]),
  rules: z.array(AudienceRule).max(20),
  segment: z
    .uuid("is not the id of a segment")
    .optional()
    .describe("Only customers who are in this segment when they are asked."),
});
export type Audience = z.infer<typeof Audience>;

const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "is no time of day; write it as 09:00");

/** When customers are asked by e-mail. */
export const Rhythm = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("manual") }).describe("Only who is invited through the API."),
  z.object({
    kind: z.literal("once"),
    at: z.iso.datetime({ offset: true }).nullable().describe("null: when published."),
  }),
  z
    .object({ kind: z.literal("every"), days: z.int().min(7).max(730) })
    .describe("Each customer every so many days, spread evenly over them."),
  z
    .object({
      kind: z.literal("after"),
      event: nameText(200),
      delayHours: z
        .int()
        .min(0)
        .max(24 * 90),
    })
    .describe("After an event of this name was tracked, or named by POST /api/v1/triggers."),
]);
export type Rhythm = z.infer<typeof Rhythm>;

/** Whom a survey asks, when, and how often at most. */
export const SurveySettings = z
  .object({
    channels: z.object({ email: z.boolean(), widget: z.boolean(), link: z.boolean() }),
    audience: Audience,
    rhythm: Rhythm,
    sample: z.number().min(0.001).max(1).describe("Share of the due customers that is asked, at random."),
    perDay: z
      .int()
      .min(1)
      .max(1_000_000)
      .nullable()
      .describe("Most invitations in one day; null for no limit."),
    hours: z
      .object({ from: TimeOfDay, to: TimeOfDay, weekends: z.boolean() })
      .describe("When mails go out, in the customer's time zone, else the workspace's."),
    restDays: z.int().min(0).max(730).describe("Days between two asks of one customer, over all surveys."),
    reminders: z.object({ most: z.int().min(0).max(2), afterDays: z.int().min(1).max(60) }),
    quietAfterComplaint: z
      .object({ days: z.int().min(0).max(365) })
      .nullable()
      .describe("No question while a complaint is open and so many days after; null to ask regardless."),
    openDays: z.int().min(1).max(365).describe("How long an invitation can be answered."),
    changeDays: z.int().min(0).max(90).describe("How long an answer can be changed by its link."),
    widget: z.object({
      sample: z.number().min(0).max(1),
      afterVisits: z.int().min(0).max(100),
      afterSeconds: z.int().min(0).max(3_600),
      notOn: z.array(nameText(200)).max(50).describe("Paths, with * for anything."),
    }),
    link: z.object({
      askEmail: z.boolean(),
      traits: z.array(nameText(100)).max(20).describe("Traits that a signed link may carry."),
    }),
    sender: z.object({ name: nameText(120).nullable(), replyTo: z.email().nullable() }),
  })
  .openapi("SurveySettings");
export type SurveySettings = z.infer<typeof SurveySettings>;

/** What a new survey begins with: nobody is mailed before somebody chooses a rhythm. */
export const standardSettings: SurveySettings = {
  channels: { email: true, widget: false, link: true },
  audience: { match: "all", rules: [] },
  rhythm: { kind: "manual" },
  sample: 1,
  perDay: null,
  hours: { from: "09:00", to: "17:00", weekends: false },
  restDays: 90,
  reminders: { most: 1, afterDays: 5 },
  quietAfterComplaint: { days: 7 },
  openDays: 30,
  changeDays: 7,
  widget: { sample: 1, afterVisits: 3, afterSeconds: 20, notOn: [] },
  link: { askEmail: false, traits: [] },
  sender: { name: null, replyTo: null },
};
