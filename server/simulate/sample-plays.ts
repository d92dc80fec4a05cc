import { newDefinition, PlayDefinition } from "../act/plays/play-definition.ts";
import { type Category, categoryOf } from "../collect/response.ts";
import type { SimulatedCustomer } from "./make-accounts.ts";

/** A play of Larkfield: what it is, whom it met, and what it truly does. */
export interface SamplePlay {
  key: string;
  name: string;
  state: "draft" | "live" | "closed";
  definition: PlayDefinition;
  /** The share that reaches the goal anyway, as it was assumed at the start. */
  baseline: number;
  /** How much more of the treated reach it because of the play; the truth, which only who made it knows. */
  effect: number;
  /** Who enters with this answer. */
  meets: (customer: SimulatedCustomer, score: number) => boolean;
  /** Only with answers of so many days: it began lately. */
  lastDays?: number;
  decision?: "keep" | "stop";
}

const sender = { name: "Ines from Larkfield", replyTo: null };

interface Words {
  subject: string;
  body: string;
  label: string;
}

function mail(en: Words, de: Words): unknown {
  const text = ({ subject, body, label }: Words) => ({
    subject,
    body,
    button: { label, link: "https://larkfield.example/learn" },
  });
  return {
    id: "mail",
    kind: "email",
    language: "en",
    languages: { en: text(en), de: text(de) },
    next: "wait",
  };
}

function definition(other: Partial<Record<keyof PlayDefinition, unknown>>, message: unknown): PlayDefinition {
  return PlayDefinition.parse({
    ...newDefinition(3_000),
    days: 120,
    sender,
    start: "mail",
    steps: [message, { id: "wait", kind: "wait", hours: 168, next: null }],
    ...other,
  });
}

const answered = (category: Category) => ({ kind: "answer_category", is: "one_of", value: [category] });
const all = (...of: unknown[]) => ({ kind: "all", of });
const withDiscount = { kind: "trait", trait: "discount", is: "equal", value: true };
const forWhom = (filter: unknown) => ({ segment: null, filter, again: null });

/** What Larkfield tries, from works to harms, each in another state. */
export const samplePlays: SamplePlay[] = [
  {
    key: "show-me-more",
    name: "Show me more",
    state: "live",
    baseline: 0.05,
    effect: 0.07,
    meets: ({ account }, score) => categoryOf(score) === "passive" && !account.traits.discount,
    definition: definition(
      {
        worth: 0.08,
        holdout: { share: 0.2, reason: null },
        cost: { amount: 3, per: "customer", currency: "EUR" },
        audience: forWhom(all(answered("passive"), { kind: "not", of: withDiscount })),
      },
      mail(
        {
          subject: "Three things you may not have seen yet",
          body: "Hello {{ customer.firstName }},\n\nmost teams like yours save time with recurring invoices, reminders and the booking page. Each takes five minutes to set up.",
          label: "Show me",
        },
        {
          subject: "Drei Dinge, die Sie vielleicht noch nicht kennen",
          body: "Guten Tag {{ customer.firstName }},\n\ndie meisten Teams wie Ihres sparen Zeit mit wiederkehrenden Rechnungen, Erinnerungen und der Buchungsseite. Jedes davon ist in fünf Minuten eingerichtet.",
          label: "Zeigen Sie es mir",
        },
      ),
    ),
  },
  {
    key: "one-month-free",
    name: "One month free",
    state: "live",
    baseline: 0.1,
    effect: 0.02,
    meets: ({ account }, score) => categoryOf(score) === "passive" && account.traits.discount,
    definition: definition(
      {
        worth: 0.12,
        holdout: { share: 0.5, reason: null },
        cost: { amount: 18, per: "customer", currency: "EUR" },
        audience: forWhom(all(answered("passive"), withDiscount)),
      },
      mail(
        {
          subject: "The larger plan, a month on us",
          body: "Hello {{ customer.firstName }},\n\ntry Team for a month. It ends by itself; nothing to cancel.",
          label: "Begin the month",
        },
        {
          subject: "Der größere Tarif, einen Monat geschenkt",
          body: "Guten Tag {{ customer.firstName }},\n\nprobieren Sie Team einen Monat lang aus. Er endet von selbst, Sie müssen nichts kündigen.",
          label: "Monat beginnen",
        },
      ),
    ),
  },
  {
    key: "weekly-tips",
    name: "Weekly tips by e-mail",
    state: "closed",
    decision: "stop",
    baseline: 0.3,
    effect: -0.12,
    meets: (_, score) => categoryOf(score) === "promoter",
    definition: definition(
      {
        worth: 0.08,
        holdout: { share: 0.4, reason: null },
        audience: forWhom(answered("promoter")),
      },
      mail(
        {
          subject: "Tip of the week",
          body: "Hello {{ customer.firstName }},\n\nthis week: how to number invoices by year.",
          label: "Read on",
        },
        {
          subject: "Tipp der Woche",
          body: "Guten Tag {{ customer.firstName }},\n\ndiese Woche: Rechnungen nach Jahren nummerieren.",
          label: "Weiterlesen",
        },
      ),
    ),
  },
  {
    key: "somebody-calls",
    name: "Somebody calls",
    state: "live",
    baseline: 0.05,
    effect: 0.05,
    meets: (_, score) => categoryOf(score) === "detractor",
    lastDays: 75,
    definition: definition(
      {
        worth: 0.1,
        holdout: { share: 0.5, reason: null },
        audience: forWhom(all(answered("detractor"), { kind: "answer_at", is: "in_last", days: 75 })),
      },
      mail(
        {
          subject: "What went wrong?",
          body: "Hello {{ customer.firstName }},\n\nthank you for being frank. I read every answer like yours, and I would like to call you. When does it suit you?",
          label: "Choose a time",
        },
        {
          subject: "Was ist schiefgegangen?",
          body: "Guten Tag {{ customer.firstName }},\n\ndanke, dass Sie so offen waren. Ich lese jede Antwort wie Ihre und möchte Sie gern anrufen. Wann passt es Ihnen?",
          label: "Zeit wählen",
        },
      ),
    ),
  },
  {
    key: "closing-the-month",
    name: "Webinar: closing the month",
    state: "draft",
    baseline: 0.1,
    effect: 0,
    meets: () => false,
    definition: definition(
      { audience: forWhom(answered("passive")) },
      mail(
        {
          subject: "Closing the month in an hour",
          body: "Hello {{ customer.firstName }},\n\non Thursday we show how to close the month in an hour, with time for your questions.",
          label: "Keep a seat",
        },
        {
          subject: "Monatsabschluss in einer Stunde",
          body: "Guten Tag {{ customer.firstName }},\n\nam Donnerstag zeigen wir, wie der Monatsabschluss in einer Stunde gelingt, mit Zeit für Ihre Fragen.",
          label: "Platz sichern",
        },
      ),
    ),
  },
];
