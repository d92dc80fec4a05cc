import { useTranslation } from "react-i18next";
import { Stepper } from "../../collect/editor/stepper.tsx";
import { Checkbox, Switch } from "../../ui/choice.tsx";
import { useFormat } from "../../ui/format.ts";
import type { RuleChoices, RuleName, RulePreview } from "./passives-data.ts";

interface RuleProps {
  rule: RuleName;
  choices: RuleChoices;
  found: RulePreview["rules"][number] | undefined;
  isReadOnly: boolean;
  onChange: (choices: RuleChoices) => void;
}

/** One rule: on or off, its settings, and how many customers it finds. */
export function RuleSettings({ rule, choices, found, isReadOnly, onChange }: RuleProps) {
  const { t } = useTranslation();
  const { enabled } = choices[rule];
  const change = (enabled: boolean) => onChange({ ...choices, [rule]: { ...choices[rule], enabled } });
  return (
    <section className="pa-rule" aria-label={t(`passives.rules.${rule}.name`)}>
      <Switch
        isSelected={enabled}
        isDisabled={isReadOnly}
        onChange={change}
        detail={t(`passives.rules.${rule}.text`)}
      >
        <span className="pa-rule-h">
          <b>{t(`passives.rules.${rule}.name`)}</b>
          <span className="faint">{enabled ? <Found found={found} /> : t("passives.rules.off")}</span>
        </span>
      </Switch>
      {enabled && (
        <fieldset className="pa-settings" disabled={isReadOnly}>
          <legend className="sr">{t(`passives.rules.${rule}.name`)}</legend>
          <Settings {...{ rule, choices, onChange }} />
        </fieldset>
      )}
    </section>
  );
}

function Found({ found }: { found: RulePreview["rules"][number] | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!found) return <>–</>;
  const n = format.count(found.customers);
  if (!found.interval) return <>{t("passives.rules.finds", { n })}</>;
  const [low, high] = found.interval;
  return (
    <>
      {t("passives.rules.findsAbout", {
        n,
        interval: t("ui.interval", { low: format.count(low), high: format.count(high) }),
      })}
    </>
  );
}

function Settings({ rule, choices, onChange }: Pick<RuleProps, "rule" | "choices" | "onChange">) {
  const { t } = useTranslation();
  const setOf =
    <Name extends RuleName>(name: Name) =>
    (settings: Partial<RuleChoices[Name]["settings"]>) =>
      onChange({
        ...choices,
        [name]: { ...choices[name], settings: { ...choices[name].settings, ...settings } },
      });
  switch (rule) {
    case "declining_use": {
      const { drop, weeks, dormant } = choices.declining_use.settings;
      const set = setOf("declining_use");
      return (
        <>
          <Percent
            label={t("passives.rules.declining_use.drop")}
            value={drop}
            min={15}
            max={95}
            onChange={(drop) => set({ drop })}
          />
          <Whole
            label={t("passives.rules.declining_use.weeks")}
            unit="weeks"
            value={weeks}
            min={0}
            max={26}
            onChange={(weeks) => set({ weeks })}
          />
          <Checkbox isSelected={dormant} onChange={(dormant) => set({ dormant })}>
            {t("passives.rules.declining_use.dormant")}
          </Checkbox>
        </>
      );
    }
    case "browsing": {
      const { events, times, days } = choices.browsing.settings;
      const set = setOf("browsing");
      return (
        <>
          <Names
            label={t("passives.rules.browsing.events")}
            value={events}
            onChange={(events) => set({ events })}
          />
          <Whole
            label={t("passives.rules.browsing.times")}
            unit="times"
            value={times}
            min={1}
            max={1000}
            onChange={(times) => set({ times })}
          />
          <Whole
            label={t("passives.rules.browsing.days")}
            unit="days"
            value={days}
            min={7}
            max={365}
            onChange={(days) => set({ days })}
          />
        </>
      );
    }
    case "discount_only": {
      const { purchases, share, unlessUsual } = choices.discount_only.settings;
      const set = setOf("discount_only");
      return (
        <>
          <Whole
            label={t("passives.rules.discount_only.purchases")}
            value={purchases}
            min={2}
            max={50}
            onChange={(purchases) => set({ purchases })}
          />
          <Percent
            label={t("passives.rules.discount_only.share")}
            value={share}
            min={50}
            max={100}
            onChange={(share) => set({ share })}
          />
          <Percent
            label={t("passives.rules.discount_only.unlessUsual")}
            value={unlessUsual}
            min={10}
            max={100}
            onChange={(unlessUsual) => set({ unlessUsual })}
          />
        </>
      );
    }
    case "scarce_answers": {
      const { asked, days } = choices.scarce_answers.settings;
      const set = setOf("scarce_answers");
      return (
        <>
          <Whole
            label={t("passives.rules.scarce_answers.asked")}
            unit="times"
            value={asked}
            min={1}
            max={20}
            onChange={(asked) => set({ asked })}
          />
          <Whole
            label={t("passives.rules.scarce_answers.days")}
            unit="days"
            value={days}
            min={0}
            max={60}
            onChange={(days) => set({ days })}
          />
        </>
      );
    }
    default: {
      const set = setOf(rule);
      return (
        <Percent
          label={t(`passives.rules.${rule}.share`)}
          value={choices[rule].settings.share}
          min={5}
          max={90}
          onChange={(share) => set({ share })}
        />
      );
    }
  }
}

interface NumberProps {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

/** A share that people read and write in percent. */
function Percent({ label, value, onChange, ...limits }: NumberProps) {
  const { t } = useTranslation();
  return (
    <div className="pa-setting">
      <span>{label}</span>
      <Stepper
        label={label}
        unit={t("passives.rules.percent")}
        value={Math.round(value * 100)}
        {...limits}
        onChange={(percent) => percent !== null && onChange(percent / 100)}
      />
    </div>
  );
}

function Whole({ label, unit, onChange, ...rest }: NumberProps & { unit?: "weeks" | "times" | "days" }) {
  const { t } = useTranslation();
  return (
    <div className="pa-setting">
      <span>{label}</span>
      <Stepper
        label={label}
        unit={unit ? t(`passives.rules.${unit}`) : ""}
        {...rest}
        onChange={(value) => value !== null && onChange(value)}
      />
    </div>
  );
}

/** Names with commas between them; taken when the field is left. */
function Names({
  label,
  value,
  onChange,
}: {
  label: string;
  value: readonly string[];
  onChange: (names: string[]) => void;
}) {
  return (
    <label className="pa-names-field">
      <span>{label}</span>
      <textarea
        className="input"
        rows={3}
        key={value.join()}
        defaultValue={value.join(", ")}
        onBlur={(event) => {
          const names = event.target.value
            .split(",")
            .map((name) => name.trim())
            .filter(Boolean);
          if (names.length > 0) onChange(names);
          else event.target.value = value.join(", ");
        }}
      />
    </label>
  );
}
