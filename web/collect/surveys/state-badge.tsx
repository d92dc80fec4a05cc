import { useTranslation } from "react-i18next";
import { Badge, type Segment } from "../../ui/marks.tsx";
import type { SurveyState } from "./survey-data.ts";

const toneOf: Record<SurveyState, Segment | "line"> = {
  draft: "line",
  live: "promoter",
  paused: "passive",
  archived: "silent",
};

/** How a survey stands, in a pill. */
export function StateBadge({ state }: { state: SurveyState }) {
  const { t } = useTranslation();
  return <Badge tone={toneOf[state]}>{t(`surveys.states.${state}`)}</Badge>;
}
