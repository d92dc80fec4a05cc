import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import type { RulePreview } from "./passives-data.ts";

const leastPromoters = 20;

/** What three of the rules compare with: the promoters of each plan, and all of them. */
export function RuleNorms({ norms }: { norms: RulePreview["norms"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const everybody = norms.find(({ plan }) => plan === "");
  const isTooFew = (everybody?.promoters ?? 0) < leastPromoters;
  return (
    <section className="pa-norms" aria-label={t("passives.rules.comparedWith")}>
      <h3>{t("passives.rules.comparedWith")}</h3>
      {isTooFew ? (
        <p className="note">{t("passives.rules.normTooFew", { count: everybody?.promoters ?? 0 })}</p>
      ) : (
        <dl>
          {norms.map(({ plan, promoters, days, depth, features }) => (
            <div key={plan}>
              <dt>
                {plan || t("passives.rules.normAll")}
                <small>{t("passives.rules.norm", { count: promoters })}</small>
              </dt>
              <dd title={features.join(", ")}>
                {t("passives.rules.normFigures", {
                  days: days === null ? "–" : format.decimal(days),
                  uses: depth === null ? "–" : format.decimal(depth),
                  features: format.count(features.length),
                })}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
