import { useTranslation } from "react-i18next";
import type { Rhythm } from "../../../server/collect/surveys/survey-settings.ts";
import { useTimeZone } from "../../session.ts";
import { RadioGroup, Switch } from "../../ui/choice.tsx";
import { useEditing, useProblem } from "./editing.ts";
import { Fold, Part, SettingRow } from "./part.tsx";
import { PlainLine } from "./plain-line.tsx";
import { Stepper } from "./stepper.tsx";
import { localMinute, momentOf } from "./local-minute.ts";
import { useReason } from "../../ui/reason.ts";

const fresh: Record<Rhythm["kind"], Rhythm> = {
  manual: { kind: "manual" },
  once: { kind: "once", at: null },
  every: { kind: "every", days: 90 },
  after: { kind: "after", event: "", delayHours: 24 },
};

/** When customers are asked: the rhythm, the hours, how many of them. */
export function WhenPart() {
  const { t } = useTranslation();
  const { draft, changeSettings } = useEditing();
  const { rhythm, hours, sample, openDays, changeDays } = draft.settings;
  return (
    <Part id="when" title={t("editor.when.title")} sub={t("editor.when.sub")}>
      <RadioGroup
        label={t("editor.when.rhythm")}
        value={rhythm.kind}
        options={(["every", "once", "after", "manual"] as const).map((id) => ({
          id,
          label: t(`editor.when.kinds.${id}`),
          detail: t(`editor.when.details.${id}`),
        }))}
        onChange={(kind) => changeSettings({ rhythm: fresh[kind] })}
      />
      <RhythmFields />
      <Hours />
      <SettingRow
        title={t("editor.when.weekends")}
        control={
          <Switch
            aria-label={t("editor.when.weekends")}
            isSelected={hours.weekends}
            onChange={(weekends) => changeSettings({ hours: { ...hours, weekends } })}
          >
            {null}
          </Switch>
        }
      />
      <SettingRow
        title={t("editor.when.sample")}
        detail={t("editor.when.sampleDetail")}
        control={
          <Stepper
            label={t("editor.when.sample")}
            unit={t("editor.when.percent")}
            value={Math.round(sample * 1000) / 10}
            min={0.1}
            max={100}
            step={0.1}
            onChange={(percent) => percent && changeSettings({ sample: percent / 100 })}
          />
        }
      />
      <div className="folds">
        <Fold
          title={t("editor.when.answering")}
          sub={t("editor.when.answeringSub", { openDays, changeDays })}
        >
          <SettingRow
            title={t("editor.when.open")}
            detail={t("editor.when.openDetail")}
            control={
              <Stepper
                label={t("editor.when.open")}
                unit={t("editor.days")}
                value={openDays}
                min={1}
                max={365}
                onChange={(days) => days && changeSettings({ openDays: days })}
              />
            }
          />
          <SettingRow
            title={t("editor.when.change")}
            detail={t("editor.when.changeDetail")}
            control={
              <Stepper
                label={t("editor.when.change")}
                unit={t("editor.days")}
                value={changeDays}
                min={0}
                max={90}
                onChange={(days) => days !== null && changeSettings({ changeDays: days })}
              />
            }
          />
        </Fold>
      </div>
    </Part>
  );
}

function RhythmFields() {
  const { t } = useTranslation();
  const timeZone = useTimeZone();
  const { draft, changeSettings } = useEditing();
  const { rhythm } = draft.settings;
  if (rhythm.kind === "every") {
    return (
      <SettingRow
        title={t("editor.when.every")}
        detail={t("editor.when.everyDetail")}
        control={
          <Stepper
            label={t("editor.when.every")}
            unit={t("editor.days")}
            value={rhythm.days}
            min={7}
            max={730}
            onChange={(days) => days && changeSettings({ rhythm: { ...rhythm, days } })}
          />
        }
      />
    );
  }
  if (rhythm.kind === "once") {
    return (
      <SettingRow
        title={t("editor.when.at")}
        detail={t("editor.when.atDetail", { zone: timeZone?.replaceAll("_", " ") ?? "" })}
        control={
          <input
            type="datetime-local"
            className="input sm moment"
            aria-label={t("editor.when.at")}
            value={rhythm.at ? localMinute(rhythm.at, timeZone) : ""}
            onChange={(event) =>
              changeSettings({ rhythm: { kind: "once", at: momentOf(event.target.value, timeZone) } })
            }
          />
        }
      />
    );
  }
  if (rhythm.kind === "manual") return null;
  return (
    <div className="two ed-gap">
      <PlainLine
        label={t("editor.when.event")}
        hint={t("editor.when.eventHint")}
        path="settings.rhythm.event"
        value={rhythm.event}
        onChange={(event) => changeSettings({ rhythm: { ...rhythm, event } })}
      />
      <div>
        <span className="lab">{t("editor.when.delay")}</span>
        <Stepper
          label={t("editor.when.delay")}
          unit={t("editor.hours")}
          value={rhythm.delayHours}
          min={0}
          max={24 * 90}
          onChange={(delayHours) =>
            delayHours !== null && changeSettings({ rhythm: { ...rhythm, delayHours } })
          }
        />
      </div>
    </div>
  );
}

function Hours() {
  const { t } = useTranslation();
  const { draft, changeSettings } = useEditing();
  const { hours } = draft.settings;
  const problem = useProblem("settings.hours");
  const sentence = useReason();
  const time = (part: "from" | "to") => (
    <input
      type="time"
      className="input sm"
      aria-label={t(`editor.when.${part}`)}
      value={hours[part]}
      onChange={(event) =>
        event.target.value && changeSettings({ hours: { ...hours, [part]: event.target.value } })
      }
    />
  );
  return (
    <SettingRow
      title={t("editor.when.hours")}
      detail={t("editor.when.hoursDetail")}
      control={
        <span className="times">
          {time("from")}–{time("to")}
        </span>
      }
    >
      {problem && <p className="field-error">{sentence(problem)}</p>}
    </SettingRow>
  );
}
