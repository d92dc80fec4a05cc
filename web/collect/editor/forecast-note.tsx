import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { useErrorSentence } from "../../ui/states.tsx";
import { useEditing } from "./editing.ts";
import { forecastQuery, type Forecast } from "./editor-data.ts";
import { useForecastSentence } from "./forecast-sentence.ts";
import { useSettled } from "./use-settled.ts";

/** What all settings of the draft together come to, counted anew after each pause. */
export function ForecastNote() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { survey, draft } = useEditing();
  const errorSentence = useErrorSentence();
  const sentence = useForecastSentence();
  const settings = useSettled(draft.settings, 600);
  const forecast = useQuery({
    ...forecastQuery(slug, survey.id, settings),
    placeholderData: (before: Forecast | undefined) => before,
  });
  return (
    <p className="note forecast" role="status" aria-busy={forecast.isFetching}>
      {forecast.isError
        ? errorSentence(forecast.error)
        : forecast.data
          ? sentence(forecast.data, settings)
          : t("editor.forecast.counting")}
    </p>
  );
}
