import { useTranslation } from "react-i18next";
import { Part, SettingRow } from "../../../collect/editor/part.tsx";
import { Stepper } from "../../../collect/editor/stepper.tsx";
import { Checkbox, Switch } from "../../../ui/choice.tsx";
import type { PlayDefinition } from "../plays-data.ts";
import { usePlayEditing } from "./play-editing.ts";
import { PlayField, PlayProblemNote } from "./play-field.tsx";

const rules = ["goal", "reply", "complaint", "higherPriority"] as const;

/** When a customer is left in peace: who leaves early, how often, at which hours, from whom. */
export function LimitsPart() {
  const { t } = useTranslation();
  const { definition, change } = usePlayEditing();
  const { stop, restDays, priority } = definition;
  return (
    <Part id="limits" title={t("plays.limits.title")} sub={t("plays.limits.sub")}>
      <div className="field">
        <span className="lab" id="plays-stop">
          {t("plays.limits.stop")}
        </span>
        <div className="checks" role="group" aria-labelledby="plays-stop">
          {rules.map((rule) => (
            <Checkbox
              key={rule}
              isSelected={stop[rule]}
              onChange={(on) => change((play) => ({ ...play, stop: { ...play.stop, [rule]: on } }))}
            >
              {t(`plays.limits.rules.${rule}`)}
            </Checkbox>
          ))}
          <Checkbox isSelected isDisabled>
            {t("plays.limits.rules.unsubscribed")}
          </Checkbox>
        </div>
      </div>
      <div className="ed-gap">
        <SettingRow
          title={t("plays.limits.priority")}
          detail={t("plays.limits.priorityDetail")}
          control={
            <Stepper
              label={t("plays.limits.priority")}
              unit={t("plays.limits.ofNine")}
              value={priority}
              min={0}
              max={9}
              onChange={(next) => next !== null && change((play) => ({ ...play, priority: next }))}
            />
          }
        />
        <SettingRow
          title={t("plays.limits.rest")}
          detail={t("plays.limits.restDetail")}
          control={
            <Stepper
              label={t("plays.limits.rest")}
              unit={t("editor.days")}
              value={restDays}
              min={0}
              max={730}
              onChange={(next) => next !== null && change((play) => ({ ...play, restDays: next }))}
            />
          }
        />
        <Hours />
      </div>
      <Sender />
    </Part>
  );
}

function Hours() {
  const { t } = useTranslation();
  const { definition, change } = usePlayEditing();
  const { hours } = definition;
  const set = (next: Partial<PlayDefinition["hours"]>) =>
    change((play) => ({ ...play, hours: { ...play.hours, ...next } }));
  const time = (part: "from" | "to") => (
    <input
      type="time"
      className="input sm"
      aria-label={t(`editor.when.${part}`)}
      value={hours[part]}
      onChange={({ target }) => target.value && set({ [part]: target.value })}
    />
  );
  return (
    <>
      <SettingRow
        title={t("editor.when.hours")}
        detail={t("editor.when.hoursDetail")}
        control={
          <span className="times">
            {time("from")}–{time("to")}
          </span>
        }
      >
        <PlayProblemNote path="hours" />
      </SettingRow>
      <SettingRow
        title={t("editor.when.weekends")}
        control={
          <Switch
            aria-label={t("editor.when.weekends")}
            isSelected={hours.weekends}
            onChange={(weekends) => set({ weekends })}
          >
            {null}
          </Switch>
        }
      />
    </>
  );
}

function Sender() {
  const { t } = useTranslation();
  const { definition, change } = usePlayEditing();
  const { sender } = definition;
  const set = (next: Partial<PlayDefinition["sender"]>) =>
    change((play) => ({ ...play, sender: { ...play.sender, ...next } }));
  const orNull = (text: string) => (text.trim() === "" ? null : text);
  return (
    <div className="two ed-gap">
      <PlayField
        label={t("plays.limits.sender")}
        hint={t("editor.email.senderHint")}
        path="sender.name"
        value={sender.name ?? ""}
        onChange={(name) => set({ name: orNull(name) })}
      />
      <PlayField
        label={t("editor.email.replyTo")}
        hint={t("editor.email.replyToHint")}
        path="sender.replyTo"
        type="email"
        value={sender.replyTo ?? ""}
        onChange={(replyTo) => set({ replyTo: orNull(replyTo) })}
      />
    </div>
  );
}
