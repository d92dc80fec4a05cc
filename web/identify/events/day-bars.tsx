import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";

const width = 120;
const height = 24;

/** How often something happened on each of the last days, as bars; the last one is today. */
export function DayBars({ name, days }: { name: string; days: readonly number[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const most = Math.max(...days, 1);
  const step = width / days.length;
  const label = t("events.names.daysOf", {
    name,
    least: format.count(Math.min(...days)),
    most: format.count(Math.max(...days)),
    today: format.count(days.at(-1) ?? 0),
  });
  return (
    <svg className="ev-bars" width={width} height={height} role="img" aria-label={label}>
      {days.map((n, day) => {
        const tall = n === 0 ? 0 : Math.max(1, (n / most) * height);
        return <rect key={day} x={day * step} y={height - tall} width={step - 1} height={tall} />;
      })}
      <line x1="0" x2={width} y1={height - 0.5} y2={height - 0.5} />
    </svg>
  );
}
