import { useTranslation } from "react-i18next";
import { Card, Claim, Note } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import type { Moves } from "./moves-data.ts";

type ChanceCell = Moves["chance"][number]["cells"][number];

/** What the passives did beside what chance alone brings: the regression to the mean. */
export function ChanceCard({ moves, span }: { moves: Moves; span: 6 | 8 }) {
  const { t } = useTranslation();
  const format = useFormat();
  const row = moves.chance.find(({ category }) => category === "passive");
  const up = row?.cells.find(({ category }) => category === "promoter");
  if (!row || !up) {
    return (
      <Card span={span} title={t("moves.chance.title")}>
        <Note>{t("moves.chance.few")}</Note>
      </Card>
    );
  }
  const end =
    10 *
    Math.ceil(Math.max(...row.cells.flatMap(({ interval, expected }) => [interval[1], expected[1]])) / 10);
  const apart = end > 40 ? 20 : 10;
  const ticks = Array.from({ length: Math.floor(end / apart) + 1 }, (_, index) => index * apart);
  return (
    <Card span={span} title={t("moves.chance.title")} sub={t("moves.chance.sub", { count: row.n })}>
      <Claim>{t(`moves.chance.${verdictOf(up)}`)}</Claim>
      <ul className="mv-chance">
        {row.cells.map((cell) => (
          <ChanceLine key={cell.category} cell={cell} end={end} ticks={ticks} />
        ))}
        <li className="mv-chance-axis" aria-hidden="true">
          <span className="mv-ticks">
            {ticks.map((tick) => (
              <span key={tick} style={{ left: `${(100 * tick) / end}%` }}>
                {format.percent(tick / 100)}
              </span>
            ))}
          </span>
        </li>
      </ul>
      <Same moves={moves} />
      <Note>{t("moves.chance.note")}</Note>
    </Card>
  );
}

/** Only where the whole interval lies beyond what chance brings is it more, or less. */
function verdictOf({
  interval: [low, high],
  expected: [least, most],
}: ChanceCell): "more" | "fewer" | "within" {
  if (low > most) return "more";
  return high < least ? "fewer" : "within";
}

function ChanceLine({ cell, end, ticks }: { cell: ChanceCell; end: number; ticks: readonly number[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { category, share, interval, expected } = cell;
  const at = (percent: number) => `${(100 * percent) / end}%`;
  const isWithin = verdictOf(cell) === "within";
  return (
    <li>
      <span className="mv-chance-l">
        {t(`moves.chance.${category as "promoter" | "passive" | "detractor"}`)}
        <small>
          {t("moves.chance.expected", {
            low: Math.round(expected[0]),
            high: format.percent(expected[1] / 100),
          })}
        </small>
      </span>
      <span className={`mv-track ${category}`} aria-hidden="true">
        {ticks.slice(1).map((tick) => (
          <em key={tick} style={{ left: at(tick) }} />
        ))}
        <i style={{ left: at(expected[0]), right: `calc(100% - ${at(expected[1])})` }} />
        <b style={{ left: at(interval[0]), right: `calc(100% - ${at(interval[1])})` }} />
        <s className={isWithin ? "hollow" : ""} style={{ left: at(share) }} />
      </span>
      <span className="mv-chance-v">
        <strong>{format.share(share)}</strong> <span className="faint">{format.shareInterval(interval)}</span>
      </span>
    </li>
  );
}

function Same({ moves: { sameCustomers } }: { moves: Moves }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!sameCustomers) return null;
  const { n, before, after, change, interval, distinguishable } = sameCustomers;
  const said = {
    n: format.count(n),
    before: format.nps(before),
    after: format.nps(after),
    change: format.nps(change),
    interval: format.changeInterval(interval),
  };
  return (
    <p className="mv-same">{distinguishable ? t("moves.same.real", said) : t("moves.same.noise", said)}</p>
  );
}
