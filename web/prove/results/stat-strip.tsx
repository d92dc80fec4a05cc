import { useTranslation } from "react-i18next";
import { Card, Note } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { enoughResults, type PlayResult } from "./results-data.ts";

interface Stat {
  id: string;
  label: string;
  value: string;
  detail: string;
}

/** The other figures of a play, each with its interval or what it is compared with. */
export function StatStrip({ result }: { result: PlayResult }) {
  const { t } = useTranslation();
  const stats = useStats(result);
  if (stats.length === 0) return null;
  return (
    <Card span={12} flush label={t("results.stats.label")}>
      <dl className="pr-strip">
        {stats.map(({ id, label, value, detail }) => (
          <div key={id}>
            <dt>{label}</dt>
            <dd>
              <b>{value}</b>
              <em>{detail}</em>
            </dd>
          </div>
        ))}
      </dl>
      <div className="card-body">
        <Note>
          {[t("results.stats.note"), result.revenue && t("results.stats.revenueNote")]
            .filter(Boolean)
            .join(" ")}
        </Note>
      </div>
    </Card>
  );
}

function useStats({ plan, arms, extra, revenue, outcomes, cost }: PlayResult): Stat[] {
  const { t } = useTranslation();
  const format = useFormat();
  if (!plan || Math.min(arms.treated.results, arms.holdout.results) < enoughResults) return [];
  const between = (low: string, high: string) => t("results.between", { low, high });
  const stats: Stat[] = [];
  const kind = plan.goal.kind;
  if (extra) {
    stats.push({
      id: "extra",
      label: t(`results.stats.extra.${kind}`),
      value: format.count(extra.estimate),
      detail: t("results.stats.extraOf", {
        interval: between(format.count(extra.low), format.count(extra.high)),
        n: format.count(arms.treated.results),
      }),
    });
  }
  if (revenue) {
    const money = (amount: number) => format.money(amount, revenue.currency);
    stats.push({
      id: "revenue",
      label: t("results.stats.revenue"),
      value: money(revenue.difference),
      detail: revenue.enough
        ? between(money(revenue.low), money(revenue.high))
        : t("results.stats.fewPurchases"),
    });
  }
  for (const name of ["retained", "active", "bought", "unsubscribed"] as const) {
    const outcome = outcomes.find((each) => each.name === name);
    if (!outcome || stats.length >= 4) continue;
    const share = ({ k, n }: { k: number; n: number }) => format.share(n > 0 ? (100 * k) / n : 0);
    stats.push({
      id: name,
      label: t(`results.stats.${name}`),
      value: share(outcome.treated),
      detail: t(outcome.clear ? "results.stats.againstClear" : "results.stats.against", {
        share: share(outcome.holdout),
      }),
    });
  }
  if (cost) {
    const money = (amount: number) => format.money(amount, cost.currency);
    const { perExtra } = cost;
    stats.push({
      id: "cost",
      label: t(`results.stats.cost.${kind}`),
      value: perExtra ? money(perExtra.estimate) : "–",
      detail: perExtra
        ? perExtra.high === null
          ? t("results.stats.costFrom", { low: money(perExtra.low), total: money(cost.amount) })
          : between(money(perExtra.low), money(perExtra.high))
        : t("results.stats.costOf", { total: money(cost.amount) }),
    });
  }
  return stats;
}
