import { useTranslation } from "react-i18next";
import { responsesAddress } from "../collect/addresses.ts";
import { useTimeZone, useWorkspace } from "../session.ts";
import { Card } from "../ui/card.tsx";
import { TrendBand } from "../ui/charts/trend-band.tsx";
import { useFormat } from "../ui/format.ts";
import { useNow } from "../ui/now.ts";
import type { OverviewData } from "./overview-data.ts";
import { dayOf } from "./say.ts";

/** NPS by week: single weeks as dots, the smoothed line and its band. A week leads to its answers. */
export function TrendCard({ overview, span }: { overview: OverviewData; span: 6 | 7 | 12 }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { slug } = useWorkspace();
  const today = dayOf(useNow(), useTimeZone());
  const { survey } = overview;
  const points = overview.trend.map(({ week, n, nps, smooth, low, high }) => ({
    at: week,
    value: nps,
    n,
    smoothed: smooth,
    low,
    high,
  }));
  return (
    <Card span={span} title={t("overview.trend.title")} sub={t("overview.trend.sub")}>
      <TrendBand
        points={points}
        format={format.nps}
        formatInterval={format.npsInterval}
        caption={t("overview.trend.title")}
        isCurrent={!overview.wave || overview.wave.to >= today}
        hrefOf={({ at }) =>
          responsesAddress(slug, { ...(survey && { survey: survey.id }), from: at, to: lastDayOf(at) })
        }
      />
    </Card>
  );
}

/** The Sunday of the week that begins on a Monday. */
export function lastDayOf(monday: string): string {
  const day = new Date(monday);
  day.setUTCDate(day.getUTCDate() + 6);
  return day.toISOString().slice(0, 10);
}
