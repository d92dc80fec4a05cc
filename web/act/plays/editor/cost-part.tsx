import { NumberField, Input, Label } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Part, SettingRow } from "../../../collect/editor/part.tsx";
import { Select, Switch } from "../../../ui/choice.tsx";
import type { PlayDefinition } from "../plays-data.ts";
import { usePlayEditing } from "./play-editing.ts";
import { PlayField, PlayProblemNote } from "./play-field.tsx";

/** What a play costs, so that its result can say what one more promoter costs. */
export function CostPart() {
  const { t } = useTranslation();
  const { definition, change } = usePlayEditing();
  const { cost } = definition;
  const set = (next: PlayDefinition["cost"]) => change((play) => ({ ...play, cost: next }));
  return (
    <Part id="cost" title={t("plays.cost.title")} sub={t("plays.cost.sub")}>
      <SettingRow
        title={t("plays.cost.known")}
        detail={t("plays.cost.knownDetail")}
        control={
          <Switch
            aria-label={t("plays.cost.known")}
            isSelected={cost !== null}
            onChange={(on) => set(on ? { amount: 1, per: "customer", currency: "EUR" } : null)}
          >
            {null}
          </Switch>
        }
      />
      {cost !== null && (
        <div className="pl-cost">
          <NumberField
            className="field"
            value={cost.amount}
            minValue={0}
            maxValue={1e9}
            onChange={(amount) => !Number.isNaN(amount) && set({ ...cost, amount })}
          >
            <Label>{t("plays.cost.amount")}</Label>
            <Input className="input" />
          </NumberField>
          <PlayField
            label={t("plays.cost.currency")}
            path="cost.currency"
            value={cost.currency}
            onChange={(currency) => set({ ...cost, currency: currency.toUpperCase() })}
          />
          <Select
            label={t("plays.cost.per")}
            value={cost.per}
            options={(["customer", "play"] as const).map((id) => ({ id, label: t(`plays.cost.pers.${id}`) }))}
            onChange={(per) => set({ ...cost, per })}
          />
        </div>
      )}
      <PlayProblemNote path="cost.amount" />
    </Part>
  );
}
