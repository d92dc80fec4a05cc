import { newDefinition, type PlayDefinition } from "../server/act/plays/play-definition.ts";
import type { PlaySurroundings } from "../server/act/plays/play-problem.ts";
import { PlayStep } from "../server/act/plays/play-step.ts";

/** Ids that `aWorkspace` knows. */
export const known = {
  passives: "00000000-0000-4000-8000-000000000001",
  pro: "00000000-0000-4000-8000-000000000002",
  survey: "00000000-0000-4000-8000-000000000003",
  pool: "00000000-0000-4000-8000-000000000004",
  slack: "00000000-0000-4000-8000-000000000005",
  hook: "00000000-0000-4000-8000-000000000006",
  member: "00000000-0000-4000-8000-000000000007",
  article: "00000000-0000-4000-8000-000000000008",
} as const;
/** One that nothing has. */
export const nobody = "00000000-0000-4000-8000-0000000000ff";

/** A workspace as a play sees it: with one of everything, and customers enough. */
export function aWorkspace(other: Partial<PlaySurroundings> = {}): PlaySurroundings {
  return {
    segments: new Map([
      [
        known.passives,
        {
          id: known.passives,
          name: "Passives",
          filter: { kind: "answer_category", is: "one_of", value: ["passive"] },
        },
      ],
      [
        known.pro,
        { id: known.pro, name: "Pro", filter: { kind: "trait", trait: "plan", is: "equal", value: "pro" } },
      ],
    ]),
    surveys: new Map([[known.survey, { name: "Relationship", state: "live" }]]),
    pools: new Map([[known.pool, { name: "Spring", free: 5_000 }]]),
    receivers: new Map([
      [known.slack, { name: "#success", kind: "slack" }],
      [known.hook, { name: "CRM", kind: "webhook" }],
    ]),
    members: new Set([known.member]),
    content: new Map([[known.article, { name: "Reports in a minute", kind: "article", links: [] }]]),
    features: new Set(["Report Exported"]),
    eligible: 5_000,
    perAccount: 1,
    baseline: 0.2,
    ...other,
  };
}

/** Steps as they are sent, in the order in which they follow each other unless they say otherwise; the last leaves. */
export function steps(...sent: Record<string, unknown>[]): PlayDefinition["steps"] {
  return sent.map((step, index) => {
    const following = sent[index + 1]?.["id"] ?? null;
    const next = step["kind"] === "leave" ? {} : { next: following };
    return PlayStep.parse({ ...next, ...step });
  });
}

/** A mail with these texts in English, or more languages. */
export function mail(id: string, other: Record<string, unknown> = {}): Record<string, unknown> {
  const text = { subject: "Three features", body: "Good day {{ customer.firstName }}, have a look." };
  return { id, kind: "email", language: "en", languages: { en: text }, ...other };
}

/** A play without fault: passives get a mail, wait, and are asked again. */
export function aPlay(other: Partial<PlayDefinition> = {}): PlayDefinition {
  return {
    ...newDefinition(5_000),
    audience: { segment: known.passives, filter: null, again: null },
    start: "mail",
    steps: steps(
      mail("mail"),
      { id: "wait", kind: "wait", hours: 168 },
      { id: "ask", kind: "ask", survey: known.survey, day: 30 },
    ),
    ...other,
  };
}
