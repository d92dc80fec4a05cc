import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Card, Note } from "../../ui/card.tsx";
import { Tabs } from "../../ui/choice.tsx";
import { useWidth } from "../../ui/width.ts";
import type { MapView } from "./map-cell.tsx";
import { MapChart } from "./map-chart.tsx";
import { axisEnd, step } from "./map-layout.ts";
import { MapMatrix } from "./map-matrix.tsx";
import type { Passives } from "./passives-data.ts";

/** With less room than this the dots of a row would lie on top of each other. */
const leastWidth = 840;

/** The map with its notes. */
export function MapCard({ passives, ...view }: { passives: Passives } & Omit<MapView, "figures">) {
  const { t } = useTranslation();
  const { ref, width } = useWidth();
  // Before the width is known nothing is drawn, so that nothing jumps.
  const isNarrow = width > 0 && width < leastWidth;
  const [figures, setFigures] = useState<MapView["figures"]>("customers");
  const hasRevenue =
    passives.currency !== null ||
    passives.rows.some(({ cells }) => cells.some(({ revenue }) => revenue.customers > 0));
  const drawn = passives.rows.filter(({ customers }) => customers > 0);
  const sub = [
    !isNarrow && drawn.some(({ dots }) => dots !== null) && t("passives.map.dots"),
    !isNarrow && drawn.some(({ dots }) => dots === null) && t("passives.map.curves"),
    hasRevenue && t("passives.map.amounts"),
  ].filter(Boolean);
  return (
    <Card
      span={12}
      title={t("passives.map.title")}
      sub={sub.length > 0 && sub.join("; ")}
      end={
        hasRevenue && (
          <Tabs
            label={t("passives.map.label")}
            options={[
              { id: "customers", label: t("passives.map.customers") },
              { id: "revenue", label: t("passives.map.revenue") },
            ]}
            value={figures}
            onChange={setFigures}
          />
        )
      }
    >
      <div ref={ref} className="pa-map">
        {width > 0 &&
          (isNarrow ? (
            <MapMatrix passives={passives} view={{ ...view, figures }} />
          ) : (
            <MapChart passives={passives} view={{ ...view, figures }} width={width} />
          ))}
      </div>
      <Notes passives={passives} isNarrow={isNarrow} />
    </Card>
  );
}

function Notes({ passives, isNarrow }: { passives: Passives; isNarrow: boolean }) {
  const { t } = useTranslation();
  const cells = passives.rows.flatMap(({ cells }) => cells);
  const customers = cells.reduce((sum, cell) => sum + cell.customers, 0);
  const known = cells.reduce((sum, cell) => sum + cell.revenue.customers, 0) + passives.otherCurrencies;
  const dots = passives.rows.flatMap((row) => row.dots ?? []);
  const hasHollow = dots.some(({ state, change }) => state === "flat" && Math.abs(change ?? 0) > step);
  const sentences = [
    !passives.activityKnown && t("passives.map.noActivity"),
    !isNarrow && hasHollow && t("passives.map.hollow"),
    !isNarrow &&
      passives.rows.some(({ row, dots }) => row === "others" && dots?.some(({ score }) => score !== null)) &&
      t("passives.map.colours"),
    !isNarrow && dots.some(({ change }) => Math.abs(change ?? 0) > axisEnd) && t("passives.map.edge"),
    isNarrow &&
      passives.rows.some(({ row, customers }) => row === "silent" && customers > 0) &&
      t("passives.map.lastRow"),
    known > 0 && known < customers && t("passives.map.partlyKnown", { known, customers }),
    passives.otherCurrencies > 0 && t("passives.map.otherCurrencies", { count: passives.otherCurrencies }),
  ].filter(Boolean);
  if (sentences.length === 0) return null;
  return (
    <div className="pa-notes">
      <Note>{sentences.join(" ")}</Note>
    </div>
  );
}
