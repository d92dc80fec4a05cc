import { useTranslation } from "react-i18next";
import { Part } from "../../../collect/editor/part.tsx";
import { Button } from "../../../ui/button.tsx";
import { Icon } from "../../../ui/icons.tsx";
import { Menu } from "../../../ui/menu.tsx";
import { toast } from "../../../ui/toast.tsx";
import { insertStep, moveStep, removeStep } from "../steps/change-steps.ts";
import { daysOf } from "../steps/step-days.ts";
import { kindGroups, newStep, stepIcons } from "../steps/step-kinds.ts";
import { outlineOf, type Outline, type OutlineLine } from "../steps/step-outline.ts";
import type { PlayStep, StepKind, Way } from "../steps/step-ways.ts";
import { useStepWords } from "../steps/step-words.ts";
import { usePlayEditing } from "./play-editing.ts";
import { PlayProblemNote } from "./play-field.tsx";
import { StepCard } from "./step-card.tsx";

/** What happens to a customer, from top to bottom; each step opens in place. */
export function StepsPart() {
  const { t } = useTranslation();
  const { definition } = usePlayEditing();
  const outline = outlineOf(definition);
  const isEmpty = definition.steps.length === 0;
  return (
    <Part id="steps" title={t("plays.steps.title")} sub={t("plays.steps.sub")}>
      {isEmpty && <p className="note pl-none">{t("plays.steps.none")}</p>}
      <ol className="pl-steps">
        {outline.lines.map((line, index) => (
          <Line key={keyOf(line, index)} line={line} outline={outline} isLast={isEnd(outline, index)} />
        ))}
      </ol>
      <Unreached outline={outline} />
      <PlayProblemNote path="steps" />
    </Part>
  );
}

/** Lines keep their identity while others come and go, so that a form stays open and keeps its focus. */
function keyOf(line: OutlineLine, index: number): string {
  if (line.kind === "step") return line.step.id;
  if (line.kind === "side") return `${line.of.id} ${line.side}`;
  return `${line.kind} ${index}`;
}

/** Where a row of steps ends there is room for a button with words. */
function isEnd({ lines }: Outline, index: number): boolean {
  const next = lines[index + 1];
  return next === undefined || next.kind === "goes" || next.depth < (lines[index]?.depth ?? 0);
}

function Line({ line, outline, isLast }: { line: OutlineLine; outline: Outline; isLast: boolean }) {
  const { t } = useTranslation();
  const { choices, mayEdit } = usePlayEditing();
  const words = useStepWords(choices);
  const indent = { style: { "--depth": line.depth } as React.CSSProperties };
  switch (line.kind) {
    case "step":
      return (
        <li className="pl-step" {...indent}>
          <OneStep step={line.step} number={line.number} outline={outline} />
        </li>
      );
    case "side":
      return (
        <li className="pl-side" {...indent}>
          <b>{words.side(line.of, line.side)}</b>
          {line.isEmpty && <span className="faint">{t("plays.steps.straightOn")}</span>}
        </li>
      );
    case "place":
      return mayEdit ? (
        <li className={isLast ? "pl-place end" : "pl-place"} {...indent}>
          <AddStep ways={line.ways} outline={outline} isLast={isLast} isInside={line.depth > 0} />
        </li>
      ) : null;
    default:
      return (
        <li className="pl-goes" {...indent}>
          <Icon name="arrowRight" size={12} />
          {line.to === null
            ? t("plays.steps.leaves")
            : t("plays.steps.goesTo", {
                number: outline.numbers.get(line.to) ?? "?",
                title: titleOf(line.to),
              })}
        </li>
      );
  }

  function titleOf(id: string): string {
    const step = outline.lines.find((each) => each.kind === "step" && each.step.id === id);
    return step?.kind === "step" ? words.title(step.step) : id;
  }
}

function OneStep({ step, number, outline }: { step: PlayStep; number: number; outline: Outline }) {
  const { definition, change, setOpen } = usePlayEditing();
  const { t } = useTranslation();
  const move = (by: -1 | 1) => {
    change((play) => moveStep(play, step.id, by) ?? play);
    // The row is put elsewhere on the page, and the focus with it.
    requestAnimationFrame(() => focusMove(step.id, by));
  };
  return (
    <StepCard
      step={step}
      number={number}
      numbers={outline.numbers}
      days={daysOf(definition).get(step.id)}
      moves={{
        up: moveStep(definition, step.id, -1) ? () => move(-1) : undefined,
        down: moveStep(definition, step.id, 1) ? () => move(1) : undefined,
      }}
      onRemove={() => {
        const before = definition;
        const next = neighbourOf(step.id);
        change((play) => removeStep(play, step.id));
        setOpen(null);
        requestAnimationFrame(() => focusCard(next));
        toast({
          message: t("plays.steps.removed", { number }),
          undo: () => change((play) => ({ ...play, start: before.start, steps: before.steps })),
        });
      }}
    />
  );
}

function focusMove(id: string, by: -1 | 1) {
  const row = document.getElementById(`step-${id}`);
  // The third takes the step away: Enter once more must not.
  const [up, down] = row?.querySelectorAll<HTMLButtonElement>(".pl-move button") ?? [];
  const [wanted, other] = by < 0 ? [up, down] : [down, up];
  (wanted?.disabled ? other : wanted)?.focus();
}

/** The card that follows, or else the one before. */
function neighbourOf(id: string): string | undefined {
  const cards = [...document.querySelectorAll(".pl-card")].map((card) => card.id);
  const at = cards.indexOf(`step-${id}`);
  return cards[at + 1] ?? cards[at - 1];
}

function focusCard(id: string | undefined) {
  const card = id === undefined ? null : document.getElementById(id);
  const button = card?.querySelector<HTMLElement>(".pl-card-b");
  (button ?? document.querySelector<HTMLElement>(".pl-place button"))?.focus();
}

function AddStep({
  ways,
  outline,
  isLast,
  isInside,
}: {
  ways: readonly Way[];
  outline: Outline;
  isLast: boolean;
  isInside: boolean;
}) {
  const { t, i18n } = useTranslation();
  const { choices, definition, change, setOpen } = usePlayEditing();
  const of = ways[0]?.of;
  const label =
    of === null || of === undefined
      ? t("plays.steps.addFirst")
      : t("plays.steps.addAfter", { number: outline.numbers.get(of) ?? "?" });
  const add = (kind: StepKind) => {
    const receiver = (wanted: string) => choices.receivers.find(({ kind }) => kind === wanted)?.id;
    const step = newStep(kind, definition, {
      language: languageOf(definition.steps) ?? i18n.language,
      slack: receiver("slack"),
      webhook: receiver("webhook"),
      pool: choices.pools[0]?.id,
      survey: (choices.surveys.find(({ state }) => state === "live") ?? choices.surveys[0])?.id,
    });
    change((play) => insertStep(play, ways, step));
    setOpen(step.id);
    // The menu gives the focus back to a button that is elsewhere by now.
    setTimeout(() => focusForm(step.id), 80);
  };
  const line = (kind: StepKind) => ({
    id: kind,
    label: t(`plays.kinds.${kind}`),
    icon: stepIcons[kind],
    onAction: () => add(kind),
  });
  return (
    <Menu
      label={label}
      trigger={
        <Button size="sm" variant="quiet" icon="plus" aria-label={label}>
          {isLast ? t("plays.steps.add") : null}
        </Button>
      }
      sections={(Object.keys(kindGroups) as (keyof typeof kindGroups)[]).map((group) => ({
        title: t(`plays.steps.groups.${group}`),
        lines: [
          ...kindGroups[group].map(line),
          // At the end of everything they leave anyway.
          ...(group === "way" && isInside ? [line("leave")] : []),
        ],
      }))}
    />
  );
}

function languageOf(steps: readonly PlayStep[]): string | undefined {
  const mail = steps.find((step) => step.kind === "email");
  return mail?.kind === "email" ? mail.language : undefined;
}

function focusForm(id: string) {
  const row = document.getElementById(`step-${id}`);
  row?.scrollIntoView({ block: "nearest" });
  // Not what inserts variables, though it comes first.
  row
    ?.querySelector<HTMLElement>(".pl-form input, .pl-form textarea, .pl-form [aria-haspopup=listbox]")
    ?.focus();
}

function Unreached({ outline }: { outline: Outline }) {
  const { t } = useTranslation();
  if (outline.unreached.length === 0) return null;
  return (
    <div className="pl-lost">
      <h3 className="lab">{t("plays.steps.unreached")}</h3>
      <p className="note">{t("plays.steps.unreachedDetail")}</p>
      <ol className="pl-steps">
        {outline.unreached.map((step) => (
          <li key={step.id} className="pl-step">
            <OneStep step={step} number={0} outline={outline} />
          </li>
        ))}
      </ol>
    </div>
  );
}
