import { useTranslation } from "react-i18next";
import type { SurveySettings } from "../../../server/collect/surveys/survey-settings.ts";
import { useFormat } from "../../ui/format.ts";
import type { Forecast } from "./editor-data.ts";

/** What settings come to, in words: "With these settings: 250 due this week, 38 held back, 212 asked." */
export function useForecastSentence() {
  const { t } = useTranslation();
  const format = useFormat();
  return (forecast: Forecast, { rhythm, channels }: SurveySettings): string => {
    if (!channels.email) return t("editor.forecast.noEmail");
    if (rhythm.kind === "manual") return t("editor.forecast.manual");
    if (rhythm.kind === "after") return t("editor.forecast.after", { event: rhythm.event });
    const held = forecast.heldBack.reduce((sum, { n }) => sum + n, 0);
    const reasons = forecast.heldBack
      .filter(({ n }) => n > 0)
      .map(({ reason, n }) => t(`editor.forecast.held.${reason}`, { n: format.count(n) }));
    const parts: string[] = [
      t("editor.forecast.due", {
        due: format.count(forecast.due),
        held:
          held === 0
            ? t("editor.forecast.noneHeld")
            : t("editor.forecast.heldBack", { n: format.count(held), reasons: reasons.join(", ") }),
        asked: format.count(forecast.asked),
      }),
    ];
    const { expected } = forecast;
    if (expected) {
      parts.push(
        t("editor.forecast.expected", {
          n: format.count(expected.n),
          low: format.count(expected.low),
          high: format.count(expected.high),
        }),
      );
    } else if (forecast.asked > 0) parts.push(t("editor.forecast.noExpectation"));
    return parts.join(" ");
  };
}
