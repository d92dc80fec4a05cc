import { Radio, RadioGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Dot } from "../../ui/marks.tsx";
import type { PlayTemplate } from "./plays-data.ts";

const segmentOf = { detractors: "detractor", passives: "passive", promoters: "promoter" } as const;

/** The plays that are written out, by whom they are for, and the empty one. */
export function TemplateChoice({
  groups,
  value,
  onChange,
}: {
  groups: readonly { id: PlayTemplate["group"]; templates: readonly PlayTemplate[] }[];
  value: string;
  onChange: (template: string) => void;
}) {
  const { t } = useTranslation();
  return (
    <RadioGroup className="tpl" aria-label={t("plays.create.with")} value={value} onChange={onChange}>
      {groups
        .filter(({ templates }) => templates.length > 0)
        .map(({ id, templates }) => (
          <section key={id} aria-labelledby={`tpl-${id}`}>
            <h3 id={`tpl-${id}`}>
              {id !== "all" && <Dot segment={segmentOf[id]} />}
              {t(`plays.create.groups.${id}`)}
            </h3>
            <div className="tpl-cards">
              {templates.map((template) => (
                <Radio key={template.id} value={template.id} className="tpl-card">
                  <b>{template.name}</b>
                  <span>{template.text}</span>
                </Radio>
              ))}
            </div>
          </section>
        ))}
      <section aria-labelledby="tpl-own">
        <h3 id="tpl-own">{t("plays.create.own")}</h3>
        <div className="tpl-cards">
          <Radio value="" className="tpl-card">
            <b>{t("plays.create.emptyName")}</b>
            <span>{t("plays.create.emptyText")}</span>
          </Radio>
        </div>
      </section>
    </RadioGroup>
  );
}
