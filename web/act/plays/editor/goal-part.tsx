import { useTranslation } from "react-i18next";
import { Part, SettingRow } from "../../../collect/editor/part.tsx";
import { Stepper } from "../../../collect/editor/stepper.tsx";
import { RadioGroup, Select } from "../../../ui/choice.tsx";
import { Pick } from "../../../ui/pick.tsx";
import type { PlayDefinition } from "../plays-data.ts";
import { usePlayEditing } from "./play-editing.ts";
import { PlayProblemNote } from "./play-field.tsx";

const kinds = ["promoter", "retained", "purchase", "feature"] as const;
type Goal = PlayDefinition["goal"];

/** What a play is to bring about, and when that is looked at. */
export function GoalPart() {
  const { t } = useTranslation();
  const { definition, change } = usePlayEditing();
  const { goal, days, worth } = definition;
  return (
    <Part id="goal" title={t("plays.goal.title")} sub={t("plays.goal.sub")}>
      <GoalFields />
      <PlayProblemNote path="goal" />
      <SettingRow
        title={t("plays.goal.days")}
        detail={t(goal.kind === "promoter" ? "plays.goal.daysAnswer" : "plays.goal.daysDetail")}
        control={
          <Stepper
            label={t("plays.goal.days")}
            unit={t("editor.days")}
            value={days}
            min={1}
            max={365}
            onChange={(next) => next !== null && change((play) => ({ ...play, days: next }))}
          />
        }
      >
        <PlayProblemNote path="days" />
      </SettingRow>
      <SettingRow
        title={t("plays.goal.worth")}
        detail={t("plays.goal.worthDetail", { count: Math.round(1000 * worth) / 10 })}
        control={
          <Stepper
            label={t("plays.goal.worth")}
            unit={t("plays.goal.points")}
            value={Math.round(1000 * worth) / 10}
            min={0.1}
            max={100}
            step={0.1}
            onChange={(points) => points !== null && change((play) => ({ ...play, worth: points / 100 }))}
          />
        }
      >
        <PlayProblemNote path="worth" />
      </SettingRow>
    </Part>
  );
}

function GoalFields() {
  const { t } = useTranslation();
  const { definition, change, choices } = usePlayEditing();
  const { goal } = definition;
  const set = (next: Goal) => change((play) => ({ ...play, goal: next }));
  const fresh: Record<Goal["kind"], Goal> = {
    promoter: { kind: "promoter", survey: null },
    retained: { kind: "retained" },
    purchase: { kind: "purchase" },
    feature: { kind: "feature", feature: choices.features[0] ?? "" },
  };
  return (
    <>
      <RadioGroup
        label={t("plays.goal.which")}
        value={goal.kind}
        options={kinds.map((id) => ({
          id,
          label: t(`plays.goal.kinds.${id}`),
          detail: t(`plays.goal.details.${id}`),
        }))}
        onChange={(kind) => set(fresh[kind])}
      />
      {goal.kind === "promoter" && (
        <div className="whom-segment">
          <Select
            label={t("plays.goal.survey")}
            size="sm"
            value={goal.survey ?? "any"}
            options={[
              { id: "any", label: t("plays.goal.anySurvey") },
              ...choices.surveys.map(({ id, name }) => ({ id, label: name })),
            ]}
            onChange={(id) => set({ kind: "promoter", survey: id === "any" ? null : id })}
          />
          <PlayProblemNote path="goal.survey" />
        </div>
      )}
      {goal.kind === "feature" && (
        <div className="whom-segment">
          <span className="lab">{t("plays.goal.feature")}</span>
          <Pick
            label={t("plays.goal.feature")}
            placeholder={t("plays.goal.chooseFeature")}
            sections={[
              {
                title: "",
                options: [...new Set([...(goal.feature ? [goal.feature] : []), ...choices.features])].map(
                  (id) => ({ id, label: id }),
                ),
              },
            ]}
            value={goal.feature || null}
            onChange={(feature) => set({ kind: "feature", feature })}
          />
          <PlayProblemNote path="goal.feature" />
        </div>
      )}
    </>
  );
}
