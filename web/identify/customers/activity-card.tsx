import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { Card, Claim, Note } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { ActivityChart } from "./activity-chart.tsx";
import { type Customer, type Engagement, engagementQuery } from "./customers-data.ts";

/** What the customer does, week by week, against what they are used to; answers are marked where they were given. */
export function ActivityCard({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data, error, refetch } = useQuery(engagementQuery(slug, customer.id));
  const claim = useClaim();
  return (
    <Card span={8} title={t("customers.activity.title")} sub={t("customers.activity.sub")}>
      {data ? (
        hasEvents(data) ? (
          <>
            <Claim>{claim(data)}</Claim>
            {data.weeks.length > 0 && (
              <ActivityChart engagement={data} answers={customer.answers} claim={claim(data)} />
            )}
            <Note>{t(data.usual === null ? "customers.activity.tooNew" : "customers.activity.note")}</Note>
          </>
        ) : (
          <EmptyState icon="trend" roomy title={t("customers.activity.none")}>
            {t("customers.activity.noneBody")}
          </EmptyState>
        )
      ) : error ? (
        <ErrorCard title={t("customers.activity.error")} error={error} onRetry={() => void refetch()} />
      ) : (
        <Ghost lines={[[22, "60%"], 300]} />
      )}
    </Card>
  );
}

function hasEvents({ weeks, thisWeek }: Engagement): boolean {
  return thisWeek.events > 0 || weeks.some(({ events }) => events > 0);
}

/** What the weeks say, in a sentence. */
function useClaim(): (engagement: Engagement) => string {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  return ({ state, since, lastAt }) => {
    // Where the week of its beginning is not known, the state alone is said by the unknown one.
    if ((state === "cooling" || state === "warming") && since)
      return t(`customers.activity.claims.${state}`, { since: format.date(since) });
    if (state === "dormant" && lastAt)
      return t("customers.activity.claims.dormant", { last: format.date(lastAt) });
    return t(state === "flat" ? "customers.activity.claims.flat" : "customers.activity.claims.unknown");
  };
}
