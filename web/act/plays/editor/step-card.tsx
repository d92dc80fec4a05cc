import { useId } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icons.tsx";
import type { StepDays } from "../steps/step-days.ts";
import { stepIcons } from "../steps/step-kinds.ts";
import type { PlayStep } from "../steps/step-ways.ts";
import { useStepWords } from "../steps/step-words.ts";
import { stepOfProblem, usePlayEditing } from "./play-editing.ts";
import { StepForm } from "./step-form.tsx";

/** One step: what it is and when, in one line; below it, once opened, its form. */
export function StepCard({
  step,
  number,
  numbers,
  days,
  moves,
  onRemove,
}: {
  step: PlayStep;
  /** 0 where no way leads to it. */
  number: number;
  numbers: ReadonlyMap<string, number>;
  days: StepDays | undefined;
  moves: { up: (() => void) | undefined; down: (() => void) | undefined };
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const { open, setOpen, problems, choices, mayEdit } = usePlayEditing();
  const words = useStepWords(choices);
  const form = useId();
  const isOpen = open === step.id;
  const title = words.title(step);
  const mine = problems.filter((problem) => stepOfProblem(problem) === step.id);
  const worst = mine.some(({ blocking }) => blocking) ? "det" : mine.length > 0 ? "pas" : undefined;
  return (
    <div className={isOpen ? "pl-card open" : "pl-card"} id={`step-${step.id}`}>
      <div className="pl-card-h">
        <button
          type="button"
          className="pl-card-b"
          aria-expanded={isOpen}
          aria-controls={form}
          onClick={() => setOpen(isOpen ? null : step.id)}
        >
          <span className="pl-icon">
            <Icon name={stepIcons[step.kind]} />
          </span>
          <span className="pl-card-t">
            <b>
              {number > 0 && <span className="faint">{number}</span>} {title}
            </b>
            <span>{words.detail(step)}</span>
          </span>
          <span className="pl-card-d">
            {worst && (
              <span className={worst}>
                <Icon name="warning" size={14} />
                <span className="sr">{t("plays.steps.problems", { count: mine.length })}</span>
              </span>
            )}
            {words.days(days)}
          </span>
        </button>
        {mayEdit && (
          <span className="pl-move">
            <IconButton
              icon="chevronUp"
              size={14}
              label={t("plays.steps.up", { title })}
              isDisabled={!moves.up}
              onPress={() => moves.up?.()}
            />
            <IconButton
              icon="chevronDown"
              size={14}
              label={t("plays.steps.down", { title })}
              isDisabled={!moves.down}
              onPress={() => moves.down?.()}
            />
            <IconButton
              icon="close"
              size={14}
              label={t("plays.steps.remove", { title })}
              onPress={onRemove}
            />
          </span>
        )}
      </div>
      <div id={form} hidden={!isOpen}>
        {isOpen && <StepForm step={step} numbers={numbers} />}
      </div>
    </div>
  );
}
