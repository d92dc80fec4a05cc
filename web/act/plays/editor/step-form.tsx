import { useTranslation } from "react-i18next";
import { Select } from "../../../ui/choice.tsx";
import { withStep } from "../steps/change-steps.ts";
import { type PlayStep, waysOut, withWay } from "../steps/step-ways.ts";
import { useStepWords } from "../steps/step-words.ts";
import { AskForm } from "./ask-form.tsx";
import { BranchForm } from "./branch-form.tsx";
import { CodeForm } from "./code-form.tsx";
import { EmailForm } from "./email-form.tsx";
import { usePlayEditing } from "./play-editing.ts";
import { PlayField, PlayProblemNote } from "./play-field.tsx";
import { TaskForm } from "./task-form.tsx";
import { SlackForm, WebhookForm } from "./tell-forms.tsx";
import { WaitForm } from "./wait-form.tsx";

/** The form of a step, with what it is called and where it leads. */
export function StepForm({ step, numbers }: { step: PlayStep; numbers: ReadonlyMap<string, number> }) {
  const { t } = useTranslation();
  const { change, mayEdit } = usePlayEditing();
  const set = (next: PlayStep) => change((play) => withStep(play, next));
  const { name, ...unnamed } = step;
  return (
    <fieldset className="pl-form" disabled={!mayEdit}>
      <legend className="sr">{t(`plays.kinds.${step.kind}`)}</legend>
      <PlayProblemNote path={`steps.${step.id}`} />
      <PlayProblemNote path={`steps.${step.id}.id`} />
      <Fields step={step} set={set} />
      <div className="pl-form-foot">
        <PlayField
          label={t("plays.steps.name")}
          placeholder={t("plays.steps.nameNone")}
          path={`steps.${step.id}.name`}
          value={name ?? ""}
          onChange={(typed) => set(typed.trim() === "" ? unnamed : { ...step, name: typed })}
        />
        <Ways step={step} numbers={numbers} />
      </div>
    </fieldset>
  );
}

function Fields({ step, set }: { step: PlayStep; set: (step: PlayStep) => void }) {
  const { t } = useTranslation();
  switch (step.kind) {
    case "email":
      return <EmailForm step={step} set={set} />;
    case "wait":
      return <WaitForm step={step} set={set} />;
    case "branch":
      return <BranchForm step={step} set={set} />;
    case "slack":
      return <SlackForm step={step} set={set} />;
    case "webhook":
      return <WebhookForm step={step} set={set} />;
    case "task":
      return <TaskForm step={step} set={set} />;
    case "code":
      return <CodeForm step={step} set={set} />;
    case "ask":
      return <AskForm step={step} set={set} />;
    default:
      return <p className="note">{t("plays.words.leavePlain")}</p>;
  }
}

/** Where a step leads: usually to what stands below it, but to any other too. */
function Ways({ step, numbers }: { step: PlayStep; numbers: ReadonlyMap<string, number> }) {
  const { t } = useTranslation();
  const { definition, change, choices } = usePlayEditing();
  const words = useStepWords(choices);
  const ways = waysOut(step);
  const targets = definition.steps
    .filter(({ id }) => id !== step.id)
    .toSorted((a, b) => (numbers.get(a.id) ?? 99) - (numbers.get(b.id) ?? 99))
    .map((each) => ({ id: each.id, label: `${numbers.get(each.id) ?? "–"} ${words.title(each)}` }));
  return ways.map(({ side, to }) => (
    <div key={side}>
      <Select
        label={ways.length === 1 ? t("plays.steps.goesOn") : words.side(step, side)}
        size="sm"
        value={to ?? "out…"}
        options={[...targets, { id: "out…", label: t("plays.steps.out") }]}
        onChange={(id) => change((play) => withWay(play, { of: step.id, side }, id === "out…" ? null : id))}
      />
      <PlayProblemNote path={`steps.${step.id}.${side}`} />
    </div>
  ));
}
