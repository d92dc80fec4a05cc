import { useTranslation } from "react-i18next";
import { Card, Note } from "../../ui/card.tsx";
import { Forest } from "../../ui/charts/forest.tsx";
import type { PlayResult } from "./results-data.ts";
import { usePoints } from "./use-verdict.ts";

/** Where it works: the difference in groups made by what was so when customers entered. */
export function GroupsCard({ result }: { result: PlayResult }) {
  const { t } = useTranslation();
  const { points, interval } = usePoints();
  const { groups, difference } = result;
  const differing = groups.filter(({ differ }) => differ).map(({ by }) => t(`results.groups.by.${by}`));
  const label = (by: (typeof groups)[number]["by"], value: string) => {
    if (by === "score") return t("results.groups.score", { score: value });
    const isState = by === "state" && (states as readonly string[]).includes(value);
    return isState ? t(`results.groups.states.${value as (typeof states)[number]}`) : value;
  };
  return (
    <Card span={4} title={t("results.groups.title")} sub={t("results.groups.sub")}>
      <Forest
        groups={groups.map(({ by, groups: each }) => ({
          id: by,
          title: t(`results.groups.by.${by}`),
          rows: each.map(({ value, treated, holdout, difference: own }) => ({
            id: value,
            label: label(by, value),
            n: treated.n + holdout.n,
            value: own ? 100 * own.difference : null,
            low: own ? 100 * own.low : null,
            high: own ? 100 * own.high : null,
            hollow: own !== null && own.low <= 0 && own.high >= 0,
          })),
        }))}
        format={(value) => points(value / 100)}
        formatInterval={([low, high]) => interval(low / 100, high / 100)}
        stacked
        {...(difference && {
          reference: {
            value: 100 * difference.difference,
            label: t("results.groups.all", { points: points(difference.difference) }),
          },
        })}
      />
      <Note>
        {differing.length > 0
          ? t("results.groups.differ", { groups: differing.join(", ") })
          : t("results.groups.alike")}{" "}
        {t("results.groups.hollow")}
      </Note>
    </Card>
  );
}

const states = ["cooling", "dormant", "flat", "warming"] as const;
