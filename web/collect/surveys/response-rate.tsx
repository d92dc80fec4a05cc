import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { enough } from "./enough.ts";
import type { SurveySummary } from "./survey-data.ts";

/** How many of those asked answered, with its interval; a dash under 30. */
export function ResponseRate({
  survey: { responseRate: rate, anonymous, state },
}: {
  survey: Pick<SurveySummary, "responseRate" | "anonymous" | "state">;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!rate || rate.n < enough) {
    return (
      <span className="faint">
        <span aria-hidden="true">–</span>{" "}
        {state !== "draft" && (
          <span className="small">{t(anonymous ? "surveys.list.unknown" : "surveys.list.few")}</span>
        )}
      </span>
    );
  }
  return (
    <span className="sv-rate">
      <b>{format.share(rate.share)}</b>{" "}
      <span className="faint small nowrap">
        {format.shareInterval([rate.low, rate.high])}, n {format.count(rate.n)}
      </span>
    </span>
  );
}
