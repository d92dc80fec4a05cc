import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../session.ts";
import { Button } from "../../../ui/button.tsx";
import { Card } from "../../../ui/card.tsx";
import { useFormat } from "../../../ui/format.ts";
import { Avatar, Badge } from "../../../ui/marks.tsx";
import { ErrorCard, Ghost } from "../../../ui/states.tsx";
import { ArmsBar } from "../arms-bar.tsx";
import { dryRunQuery, type DryRun } from "../plays-data.ts";
import { usePromiseSentence } from "../promise-sentence.ts";
import { usePlayEditing } from "./play-editing.ts";

/** Who would enter now, who not and why, and what the result could say. */
export function DryRunPanel({ onPreview }: { onPreview: (customer: DryRun["examples"][number]) => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { play } = usePlayEditing();
  const run = useQuery(dryRunQuery(slug, play.id, play.basedOn));
  return (
    <Card title={t("plays.dryRun.title")} sub={t("plays.dryRun.sub")} className="pl-panel">
      {run.error ? (
        <ErrorCard title={t("plays.dryRun.error")} error={run.error} onRetry={() => void run.refetch()} />
      ) : run.data ? (
        <div aria-busy={run.isFetching} role="status">
          <Result run={run.data} onPreview={onPreview} />
        </div>
      ) : (
        <Ghost lines={[34, 28, [12, "80%"], 40, 40, 40]} />
      )}
    </Card>
  );
}

function Result({
  run,
  onPreview,
}: {
  run: DryRun;
  onPreview: (customer: DryRun["examples"][number]) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { definition } = usePlayEditing();
  const promise = usePromiseSentence();
  const { eligible, held, arms, examples } = run;
  if (eligible === null) {
    const { segment, filter } = definition.audience;
    const isForNobody = segment === null && filter === null;
    return <p className="claim">{t(isForNobody ? "plays.dryRun.nobodyYet" : "plays.dryRun.notWhole")}</p>;
  }
  const heldBack = held.reduce((sum, { customers }) => sum + customers, 0);
  return (
    <>
      <p className="claim">
        {eligible === 0
          ? t("plays.dryRun.none")
          : t("plays.dryRun.enter", { count: eligible, written: format.count(eligible) })}
      </p>
      {eligible > 0 && <ArmsBar {...arms} />}
      <p className="pl-promise">{promise(run, definition)}</p>
      {heldBack > 0 && (
        <>
          <h3 className="lab">
            {t("plays.dryRun.held", { count: heldBack, written: format.count(heldBack) })}
          </h3>
          <ul className="pl-held">
            {held.map(({ reason, customers }) => (
              <li key={reason}>
                <span>{t(`plays.held.${reason}`)}</span>
                <b>{format.count(customers)}</b>
              </li>
            ))}
          </ul>
        </>
      )}
      {examples.length > 0 && (
        <>
          <h3 className="lab">{t("plays.dryRun.examples")}</h3>
          <ul className="pl-examples">
            {examples.map((customer) => (
              <li key={customer.id}>
                <Avatar name={customer.name ?? customer.email ?? "–"} />
                <div>
                  <b>{customer.name ?? customer.email ?? t("plays.dryRun.anonymous")}</b>
                  <span className="faint">
                    {[customer.account, customer.language && format.language(customer.language)]
                      .filter(Boolean)
                      .join(" · ")}
                  </span>
                </div>
                {customer.arm === "holdout" ? (
                  <Badge tone="line">{t("plays.arms.holdout")}</Badge>
                ) : (
                  <Button size="sm" variant="quiet" onPress={() => onPreview(customer)}>
                    {t("plays.dryRun.show")}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
