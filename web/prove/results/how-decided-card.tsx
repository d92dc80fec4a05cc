import { useTranslation } from "react-i18next";
import { useTimeZone } from "../../session.ts";
import { Card, Note } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { Badge } from "../../ui/marks.tsx";
import { Table } from "../../ui/table.tsx";
import type { PlayResult } from "./results-data.ts";
import { usePoints } from "./use-verdict.ts";

/** How this was decided: what was fixed before, whether the groups may be compared, and every look. */
export function HowDecidedCard({ result }: { result: PlayResult }) {
  const { t } = useTranslation();
  const checks = useChecks(result);
  return (
    <Card span={12} title={t("results.how.title")} sub={t("results.how.sub")}>
      <div id="how" className="pr-how" tabIndex={-1}>
        <dl>
          {checks.map(({ id, term, said, alarm }) => (
            <div key={id}>
              <dt>{term}</dt>
              <dd>
                {alarm && <Badge tone="detractor">{t("results.how.alarm")}</Badge>} {said}
              </dd>
            </div>
          ))}
        </dl>
        <Looks result={result} />
      </div>
      <Note>{t("results.how.note")}</Note>
    </Card>
  );
}

interface Check {
  id: string;
  term: string;
  said: string;
  alarm?: boolean;
}

function useChecks(result: PlayResult): Check[] {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const { points, interval } = usePoints();
  const { plan, arms, sampleRatio, response, difference, sequence, verdict, designEffect, otherTerms, play } =
    result;
  if (!plan) return [];
  const checks: Check[] = [
    {
      id: "plan",
      term: t("results.how.plan"),
      said: t(`results.how.planSaid`, {
        date: format.date(plan.at),
        days: plan.days,
        n: format.count(plan.treated + plan.holdout),
        worth: points(plan.worth).replace("+", ""),
      }),
    },
    {
      id: "counted",
      term: t("results.how.counted"),
      said: t("results.how.countedSaid", {
        treated: format.count(arms.treated.results),
        holdout: format.count(arms.holdout.results),
        entered: format.count(arms.treated.entered + arms.holdout.entered),
      }),
    },
  ];
  if (sampleRatio) {
    const seen = sampleRatio.holdout / (sampleRatio.treated + sampleRatio.holdout);
    checks.push({
      id: "ratio",
      term: t("results.how.ratio"),
      said: t(sampleRatio.alarm ? "results.how.ratioAlarm" : "results.how.ratioFine", {
        expected: format.share(100 * sampleRatio.expected),
        seen: format.share(100 * seen),
      }),
      alarm: sampleRatio.alarm,
    });
  }
  if (response && response.treated.n > 0) {
    const share = ({ k, n }: { k: number; n: number }) => format.share((100 * k) / n);
    const said = t(response.differs ? "results.how.responseDiffers" : "results.how.responseAlike", {
      treated: share(response.treated),
      holdout: share(response.holdout),
      interval: interval(response.low, response.high),
    });
    const bounds =
      response.differs && response.trimmed
        ? t("results.how.responseBounds", { interval: interval(response.trimmed.low, response.trimmed.high) })
        : "";
    checks.push({
      id: "response",
      term: t("results.how.response"),
      said: [said, bounds].filter(Boolean).join(" "),
      alarm: response.differs,
    });
  }
  if (difference) {
    checks.push({
      id: "now",
      term: t("results.how.now"),
      said: [
        t("results.how.nowOne", {
          difference: points(difference.difference),
          interval: interval(difference.low, difference.high),
        }),
        sequence && t("results.how.nowSequence", { interval: interval(sequence.low, sequence.high) }),
        t(verdict.horizon === "at" ? "results.how.byOne" : "results.how.bySequence"),
      ]
        .filter(Boolean)
        .join(" "),
    });
  }
  if (designEffect !== null && plan.assign === "account") {
    checks.push({
      id: "accounts",
      term: t("results.how.accounts"),
      said: t("results.how.accountsSaid", {
        treated: format.count(arms.treated.units),
        holdout: format.count(arms.holdout.units),
        effect: format.decimal(designEffect),
      }),
    });
  }
  if (otherTerms > 0) {
    checks.push({
      id: "others",
      term: t("results.how.others"),
      said: t("results.how.othersSaid", { count: otherTerms, written: format.count(otherTerms) }),
    });
  }
  if (result.decisions.length > 0) {
    checks.push({
      id: "decisions",
      term: t("results.how.decisions"),
      said: result.decisions
        .map(({ decision, at, by }) =>
          t(`results.decision.${decision}`, { who: by ?? t("results.somebody"), date: format.date(at) }),
        )
        .join(" "),
    });
  }
  return play.state === "draft" ? [] : checks;
}

const shownLooks = 8;

function Looks({ result: { looks } }: { result: PlayResult }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const { points, interval } = usePoints();
  if (looks.length === 0) return null;
  const first = looks.find(({ decision }) => decision !== "cannot tell");
  const last = looks.slice(-shownLooks);
  const shown = first && !last.includes(first) ? [first, ...last.slice(1)] : last;
  return (
    <Table
      label={t("results.how.looks")}
      rows={shown.toReversed()}
      rowId={({ at }) => at}
      columns={[
        { id: "at", header: t("results.how.lookAt"), cell: ({ at }) => format.shortDate(at) },
        {
          id: "said",
          header: t("results.how.said"),
          cell: ({ decision, horizon }) => (
            <>
              {t(`results.said.${decision}`)}
              {horizon === "at" && <span className="faint small"> · {t("results.how.atHorizon")}</span>}
            </>
          ),
        },
        {
          id: "difference",
          header: t("results.difference"),
          align: "end",
          phone: "full",
          cell: ({ interval: of }) =>
            of ? (
              <>
                {points(of.difference)} <span className="faint small">{interval(of.low, of.high)}</span>
              </>
            ) : (
              "–"
            ),
        },
      ]}
    />
  );
}
