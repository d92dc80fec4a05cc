import { useId } from "react";
import { useTranslation } from "react-i18next";
import type { AudienceRule } from "../../../server/collect/surveys/survey-settings.ts";
import { IconButton } from "../../ui/button.tsx";
import { Select } from "../../ui/choice.tsx";
import { comparisons, customerFields, needsValue, valueText, withComparison, withValue } from "./rule.ts";

interface Trait {
  name: string;
  values: readonly { value: string | number | boolean; n: number }[];
}

/** One rule: a trait, how it is compared, and with what. Known values are offered while typing. */
export function RuleRow({
  rule,
  index,
  traits,
  onChange,
  onRemove,
}: {
  rule: AudienceRule;
  index: number;
  traits: readonly Trait[];
  onChange: (rule: AudienceRule) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const list = useId();
  const examplesOf = (field: string) =>
    traits.find(({ name }) => name === field)?.values.map(({ value }) => value) ?? [];
  const examples = rule.kind === "trait" ? examplesOf(rule.field) : [];
  const names = traits.map(({ name }) => name);
  const known = rule.kind === "trait" && !names.includes(rule.field) ? [...names, rule.field] : names;
  const number = index + 1;
  return (
    <li>
      <Select
        label={t("editor.whom.field", { number })}
        quiet
        size="sm"
        value={`${rule.kind}:${rule.field}`}
        options={[
          ...known.map((name) => ({ id: `trait:${name}`, label: name })),
          ...customerFields.map((field) => ({
            id: `customer:${field}`,
            label: t(`editor.whom.fields.${field}`),
          })),
        ]}
        onChange={(id) => {
          const kind = id.startsWith("trait:") ? "trait" : "customer";
          const field = id.slice(kind.length + 1);
          onChange(withValue({ ...rule, kind, field }, "", examplesOf(field)));
        }}
      />
      <Select
        label={t("editor.whom.comparison", { number })}
        quiet
        size="sm"
        value={rule.is}
        options={comparisons.map((is) => ({ id: is, label: t(`editor.whom.is.${is}`) }))}
        onChange={(is) => onChange(withComparison(rule, is, examples))}
      />
      {needsValue(rule.is) ? (
        <span className="field sm rule-v">
          <input
            className="input"
            aria-label={t("editor.whom.value", { number })}
            list={list}
            key={rule.is === "one_of" ? "list" : "one"}
            defaultValue={valueText(rule)}
            onChange={(event) => onChange(withValue(rule, event.target.value, examples))}
          />
          <datalist id={list}>
            {examples.map((value) => (
              <option key={String(value)}>{String(value)}</option>
            ))}
          </datalist>
        </span>
      ) : (
        <span className="rule-v" />
      )}
      <IconButton icon="close" size={14} label={t("editor.whom.remove", { number })} onPress={onRemove} />
    </li>
  );
}
