import { useTranslation } from "react-i18next";
import { Badge, type Segment } from "../../ui/marks.tsx";
import type { PlayDetails } from "./plays-data.ts";

const toneOf: Record<PlayDetails["state"], Segment | "line"> = {
  draft: "line",
  live: "promoter",
  paused: "passive",
  closed: "silent",
  ended: "silent",
};

/** How a play stands, in a pill. */
export function PlayStateBadge({ state }: { state: PlayDetails["state"] }) {
  const { t } = useTranslation();
  return <Badge tone={toneOf[state]}>{t(`plays.state.names.${state}`)}</Badge>;
}
