import { reachedFrom, type PlayStep, type Steps } from "../steps/step-ways.ts";
import { usePlayEditing } from "./play-editing.ts";

const always = ["customer.firstName", "customer.name", "company", "account.name", "customer.traits.plan"];
const ofContent = ["feature", "content.title", "content.text", "content.link"];
const ofCode = ["code", "codeWorth", "codeExpires"];

/** Whether each way from the start to a step comes by a code first. */
function hasCode(play: Steps, id: string): boolean {
  // Without the codes it cannot be reached any more.
  const rest = { ...play, steps: play.steps.filter((step) => step.kind !== "code" || step.id === id) };
  return reachedFrom(play, play.start).has(id) && !reachedFrom(rest, rest.start).has(id);
}

/** What a text of this step may name, as far as it is offered. */
export function useVariables(step: PlayStep): string[] {
  const { definition } = usePlayEditing();
  return [
    ...always,
    ...(step.kind === "email" && step.choose !== null ? ofContent : []),
    ...(hasCode(definition, step.id) ? ofCode : []),
  ];
}
