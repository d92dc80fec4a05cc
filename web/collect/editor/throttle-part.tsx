import { useTranslation } from "react-i18next";
import { Switch } from "../../ui/choice.tsx";
import { useEditing } from "./editing.ts";
import { ForecastNote } from "./forecast-note.tsx";
import { Part, SettingRow } from "./part.tsx";
import { Stepper } from "./stepper.tsx";

/** How often at most: the rest, the cap, reminders, complaints; and what all settings together come to. */
export function ThrottlePart() {
  const { t } = useTranslation();
  const { anonymous, draft, changeSettings } = useEditing();
  const { restDays, perDay, reminders, quietAfterComplaint } = draft.settings;
  return (
    <Part id="throttle" title={t("editor.throttle.title")} sub={t("editor.throttle.sub")}>
      <SettingRow
        title={t("editor.throttle.rest")}
        detail={t("editor.throttle.restDetail")}
        control={
          <Stepper
            label={t("editor.throttle.rest")}
            unit={t("editor.days")}
            value={restDays}
            min={0}
            max={730}
            onChange={(days) => days !== null && changeSettings({ restDays: days })}
          />
        }
      />
      <SettingRow
        title={t("editor.throttle.perDay")}
        detail={t("editor.throttle.perDayDetail")}
        control={
          <Stepper
            label={t("editor.throttle.perDay")}
            unit={perDay === null ? t("editor.throttle.noLimit") : t("editor.throttle.aDay")}
            value={perDay}
            min={1}
            max={1_000_000}
            isOptional
            onChange={(most) => changeSettings({ perDay: most })}
          />
        }
      />
      {!anonymous && (
        <SettingRow
          title={t("editor.throttle.reminders")}
          detail={t("editor.throttle.remindersDetail", { count: reminders.afterDays })}
          control={
            <span className="steppers">
              <Stepper
                label={t("editor.throttle.reminders")}
                unit={t("editor.throttle.atMost")}
                value={reminders.most}
                min={0}
                max={2}
                onChange={(most) => most !== null && changeSettings({ reminders: { ...reminders, most } })}
              />
              {reminders.most > 0 && (
                <Stepper
                  label={t("editor.throttle.reminderDays")}
                  unit={t("editor.days")}
                  value={reminders.afterDays}
                  min={1}
                  max={60}
                  onChange={(afterDays) =>
                    afterDays && changeSettings({ reminders: { ...reminders, afterDays } })
                  }
                />
              )}
            </span>
          }
        />
      )}
      <SettingRow
        title={t("editor.throttle.quiet")}
        detail={
          quietAfterComplaint
            ? t("editor.throttle.quietDetail", { count: quietAfterComplaint.days })
            : t("editor.throttle.quietOff")
        }
        control={
          <span className="steppers">
            {quietAfterComplaint && (
              <Stepper
                label={t("editor.throttle.quietDays")}
                unit={t("editor.days")}
                value={quietAfterComplaint.days}
                min={0}
                max={365}
                onChange={(days) => days !== null && changeSettings({ quietAfterComplaint: { days } })}
              />
            )}
            <Switch
              aria-label={t("editor.throttle.quiet")}
              isSelected={quietAfterComplaint !== null}
              onChange={(isOn) => changeSettings({ quietAfterComplaint: isOn ? { days: 7 } : null })}
            >
              {null}
            </Switch>
          </span>
        }
      />
      <ForecastNote />
    </Part>
  );
}
