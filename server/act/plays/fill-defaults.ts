import { PlayDefinition } from "./play-definition.ts";
import { contentKinds, type PlayStep } from "./play-step.ts";

/**
 * A definition as it was sent, with what may be left out filled in. One that is half-typed is kept as it is otherwise: whoever
 * looks for problems, or edits on, can count on each part being there.
 */
export function fillDefaults(sent: unknown): PlayDefinition {
  const whole = PlayDefinition.safeParse(sent);
  if (whole.success) return whole.data;
  const { goal, steps, ...rest } = sent as PlayDefinition;
  return {
    ...rest,
    goal: goal.kind === "promoter" ? { ...goal, survey: or(goal.survey, null) } : goal,
    steps: steps.map((step) => fillStep(step)),
  };
}

function fillStep(step: PlayStep): PlayStep {
  switch (step.kind) {
    case "email":
      return {
        ...step,
        asks: or(step.asks, "nothing"),
        site: or(step.site, null),
        choose: step.choose
          ? {
              ...step.choose,
              kinds: or(step.choose.kinds, [...contentKinds]),
              item: or(step.choose.item, null),
              without: or(step.choose.without, "skip"),
            }
          : null,
        languages: Object.fromEntries(
          Object.entries(step.languages).map(([tag, text]) => [
            tag,
            { ...text, button: or(text.button, null) },
          ]),
        ),
      };
    case "wait": {
      const until = or(step.until, null);
      return {
        ...step,
        until: until?.kind === "answer" ? { ...until, categories: or(until.categories, null) } : until,
      };
    }
    case "task":
      return {
        ...step,
        note: or(step.note, null),
        owner: or(step.owner, { kind: "in_turn" }),
        hours: or(step.hours, 24),
      };
    case "code":
      return { ...step, whenEmpty: or(step.whenEmpty, "wait") };
    default:
      return step;
  }
}

// What was sent need not be there, whatever its type after parsing says.
function or<Value>(value: Value | undefined, otherwise: Value): Value {
  return value === undefined ? otherwise : value;
}
