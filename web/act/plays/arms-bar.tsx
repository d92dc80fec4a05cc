import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";

/** How many get the play and how many are left alone: two boxes as wide as their numbers. */
export function ArmsBar({ treated, holdout }: { treated: number; holdout: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const all = treated + holdout;
  if (all === 0) return null;
  const words = {
    treated: t("plays.arms.treatedOf", { count: treated, written: format.count(treated) }),
    holdout: t("plays.arms.holdoutOf", {
      count: holdout,
      written: format.count(holdout),
      share: format.percent(holdout / all),
    }),
  };
  return (
    <div className="arms" role="img" aria-label={`${words.treated}; ${words.holdout}`}>
      {treated > 0 && (
        <span className="arm treated" style={{ flexGrow: treated }}>
          <b>{format.count(treated)}</b> {t("plays.arms.treatedWord")}
        </span>
      )}
      {holdout > 0 && (
        <span className="arm holdout" style={{ flexGrow: holdout }}>
          <b>{format.count(holdout)}</b>{" "}
          {t("plays.arms.holdoutWord", { share: format.percent(holdout / all) })}
        </span>
      )}
    </div>
  );
}
