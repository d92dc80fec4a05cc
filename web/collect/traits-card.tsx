import { useTranslation } from "react-i18next";
import { Button } from "../ui/button.tsx";
import { Card, Note } from "../ui/card.tsx";
import { Checkbox } from "../ui/choice.tsx";
import { traitColumns, withTrait } from "./mapping-draft.ts";
import type { Drafting } from "./mapping-page.tsx";

/** The columns without a role: each is kept as a trait, or left out. */
export function TraitsCard({ preview, draft, onChange }: Drafting) {
  const { t } = useTranslation();
  const columns = traitColumns(draft, preview);
  if (columns.length === 0) return null;
  const chosen = new Set(draft.traits.map(({ column }) => column));
  const all = columns.reduce((traits, { index }) => withTrait(traits, preview, index), draft.traits);
  return (
    <Card
      title={t("imports.mapping.traits")}
      sub={t("imports.mapping.traitsSub", { count: chosen.size, of: columns.length })}
      end={
        <>
          <Button size="sm" variant="quiet" onPress={() => onChange({ ...draft, traits: all })}>
            {t("imports.mapping.all")}
          </Button>
          <Button size="sm" variant="quiet" onPress={() => onChange({ ...draft, traits: [] })}>
            {t("imports.mapping.none")}
          </Button>
        </>
      }
    >
      <div className="im-traits" role="group" aria-label={t("imports.mapping.traits")}>
        {columns.map(({ index, name, samples }) => (
          <Checkbox
            key={index}
            isSelected={chosen.has(index)}
            onChange={(isOn) =>
              onChange({
                ...draft,
                traits: isOn
                  ? withTrait(draft.traits, preview, index)
                  : draft.traits.filter(({ column }) => column !== index),
              })
            }
            detail={<span className="im-samples">{samples.slice(0, 3).join(", ") || "–"}</span>}
          >
            {name}
          </Checkbox>
        ))}
      </div>
      <Note>{t("imports.mapping.traitsWhy")}</Note>
    </Card>
  );
}
