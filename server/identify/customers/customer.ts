import { z } from "@hono/zod-openapi";
import { categories, longest, nameText } from "../../collect/response.ts";
import { RuleName, states, statuses } from "../passives/passives.ts";

/** What is to be known before somebody is written to. */
export const marks = ["unsubscribed", "bounced", "complaint"] as const;
export const whos = ["known", "unverified", "anonymous", "all"] as const;
export const sorts = ["newest", "name", "score", "answered", "active", "change", "revenue"] as const;
export type CustomerSort = (typeof sorts)[number];

const oneOf = <Choices extends readonly [string, ...string[]]>(choices: Choices) =>
  z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(choices, `is none of ${choices.join(", ")}`)))
    .optional();

/** Which customers are wanted, as it stands in an address. */
export const CustomerFilter = z.object({
  text: nameText(longest.id)
    .optional()
    .describe("Part of a name, an address, a number, your id, or the name of the account; or our id."),
  status: oneOf(statuses).describe("How they are passive; several with commas."),
  category: oneOf(categories).describe("Of the latest answer; several with commas."),
  state: oneOf(states).describe("Of their activity; several with commas."),
  mark: z.enum(marks).optional().describe("Not to be written to, and why; complaint: one is open."),
  segment: z.uuid("is not the id of a segment").optional(),
  who: z
    .enum(whos)
    .default("known")
    .describe(
      "known: whom somebody trustworthy has named. unverified: only a browser has. anonymous: nobody has.",
    ),
});
export type CustomerFilter = z.infer<typeof CustomerFilter>;

/** Where a customer stands, in the words of the passives page. */
export const Standing = z
  .object({
    score: z.int().nullable().describe("Of the latest answer."),
    category: z.enum(categories).nullable(),
    answeredAt: z.iso.datetime().nullable(),
    answers: z.int(),
    asked: z.int().describe("Invitations that were sent."),
    status: z.enum(statuses).nullable(),
    statusSince: z.iso.datetime().nullable(),
    reasons: z
      .array(z.object({ rule: RuleName, values: z.record(z.string(), z.union([z.string(), z.number()])) }))
      .describe("The rules of behaviour that hold, the weightiest first, with the figures that hold now."),
    state: z.enum(states),
    stateSince: z.iso.date().nullable(),
    change: z.number().nullable().describe("Activity against their own usual; −0.3: 30 % below."),
    features: z.int().nullable().describe("Used in the last 90 days."),
    plan: z.string().nullable(),
    revenue: z.number().nullable().describe("Of a year."),
    currency: z.string().nullable(),
  })
  .openapi("CustomerStanding");
export type Standing = z.infer<typeof Standing>;

const Person = z.object({
  id: z.uuid(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  externalId: z.string().nullable(),
  anonymous: z.boolean(),
  verified: z.boolean().describe("false: only a browser says who this is; they are never written to."),
  createdAt: z.iso.datetime(),
});

/** A customer as the list shows them. */
export const ListedCustomer = Person.extend({
  account: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  activeAt: z.iso.datetime().nullable().describe("When they last did something."),
  marks: z.array(z.enum(marks)),
})
  .extend(Standing.pick({ score: true, answeredAt: true, answers: true, asked: true, status: true }).shape)
  .extend(Standing.pick({ reasons: true, state: true, change: true, plan: true }).shape)
  .extend(Standing.pick({ revenue: true, currency: true }).shape)
  .openapi("ListedCustomer");
export type ListedCustomer = z.infer<typeof ListedCustomer>;

const TraitValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A customer with all that is known of them, but not what happened: that is the timeline. */
export const Customer = Person.extend({
  phone: z.string().nullable(),
  language: z.string().nullable(),
  timeZone: z.string().nullable(),
  updatedAt: z.iso.datetime(),
  knownSince: z.iso.datetime().describe("The first sign of them: an answer, an event, or their row."),
  account: z
    .object({
      id: z.uuid(),
      key: z.string(),
      name: z.string().nullable(),
      traits: z.record(z.string(), TraitValue),
      customers: z.int().describe("How many customers belong to it."),
    })
    .nullable(),
  traits: z.array(
    z.object({
      name: z.string(),
      value: TraitValue,
      at: z.iso.datetime().nullable().describe("When it last changed, where that is known."),
    }),
  ),
  keys: z
    .array(z.object({ kind: z.enum(["id", "email", "phone", "anonymous", "claimed"]), value: z.string() }))
    .describe("What they are found by; claimed: a browser's word."),
  standing: Standing.nullable().describe("null until it was first looked at, a moment after they came."),
  activeAt: z.iso.datetime().nullable(),
  unsubscribedAt: z.iso.datetime().nullable(),
  bouncedAt: z.iso.datetime().nullable(),
  contactedAt: z.iso.datetime().nullable().describe("The last ask, by whatever survey."),
  complaints: z
    .array(z.object({ id: z.uuid(), openedAt: z.iso.datetime(), note: z.string().nullable() }))
    .describe("Those that are open."),
  segments: z.array(z.object({ id: z.uuid(), name: z.string(), since: z.iso.datetime() })),
  answers: z
    .array(
      z.object({
        id: z.uuid(),
        survey: z.object({ id: z.uuid(), name: z.string() }),
        wave: z.string().describe("The quarter, as 2026-Q3."),
        at: z.iso.datetime(),
        score: z.int(),
        channel: z.string(),
        sentAt: z.iso.datetime().nullable().describe("When the mail went out that was answered."),
      }),
    )
    .describe("Newest first, at most 100."),
  promoters: z
    .object({
      plan: z.string().nullable().describe("null: of all plans, for theirs has too few."),
      n: z.int(),
      features: z
        .array(z.object({ name: z.string(), share: z.number() }))
        .describe("Used by at least half of these promoters and not by this customer, most common first."),
    })
    .nullable()
    .describe("Promoters like them; null where there are too few to compare with."),
}).openapi("Customer");
export type Customer = z.infer<typeof Customer>;
