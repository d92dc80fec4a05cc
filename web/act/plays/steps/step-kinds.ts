import type { IconName } from "../../../ui/icons.tsx";
import { freeId } from "./change-steps.ts";
import type { PlayStep, StepKind, Steps } from "./step-ways.ts";

/** The drawing of each kind of step. */
export const stepIcons: Record<StepKind, IconName> = {
  email: "mail",
  wait: "clock",
  branch: "branch",
  slack: "speech",
  webhook: "link",
  task: "inbox",
  code: "ticket",
  ask: "send",
  leave: "signOut",
};

/** The kinds as they are offered, under what they are for. */
export const kindGroups = {
  customer: ["email", "code", "ask"],
  way: ["wait", "branch"],
  team: ["task", "slack", "webhook"],
} as const satisfies Record<string, readonly StepKind[]>;

/** What there is to begin a step with: the first of each, where there is one. */
export interface Beginnings {
  language: string;
  slack: string | undefined;
  webhook: string | undefined;
  pool: string | undefined;
  survey: string | undefined;
}

/** A new step of a kind, with a name of its own and nothing to say yet. */
export function newStep(kind: StepKind, play: Steps, begin: Beginnings): PlayStep {
  const id = freeId(play, kind);
  const next = null;
  switch (kind) {
    case "email": {
      const { language } = begin;
      const languages = { [language]: { subject: "", body: "", button: null } };
      return { id, kind, asks: "nothing", site: null, language, languages, choose: null, next };
    }
    case "wait":
      return { id, kind, hours: 7 * 24, until: null, next };
    case "branch":
      return { id, kind, when: { kind: "answered" }, next, otherwise: null };
    case "slack":
      return { id, kind, receiver: begin.slack ?? "", text: "", next };
    case "webhook":
      return { id, kind, receiver: begin.webhook ?? "", next };
    case "task":
      return { id, kind, title: "", note: null, owner: { kind: "in_turn" }, hours: 24, next };
    case "code":
      return { id, kind, pool: begin.pool ?? "", purpose: "thanks", whenEmpty: "wait", next };
    case "ask":
      return { id, kind, survey: begin.survey ?? "", day: 30, next };
    default:
      return { id, kind: "leave" };
  }
}
