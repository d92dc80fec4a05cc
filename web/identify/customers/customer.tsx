import { useQuery } from "@tanstack/react-query";
import { useParams, useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { isGone } from "../../api.ts";
import { useWorkspace } from "../../session.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Card, PendingPage } from "../../ui/card.tsx";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { ActivityCard } from "./activity-card.tsx";
import { AnswersCard } from "./answers-card.tsx";
import { CustomerHeader } from "./customer-header.tsx";
import { customerAddress, customersAddress } from "./customer-filter.ts";
import { customerQuery } from "./customers-data.ts";
import { FactsCard } from "./facts-card.tsx";
import { FeaturesCard } from "./features-card.tsx";
import { StandsCard } from "./stands-card.tsx";
import { TimelineCard } from "./timeline-card.tsx";
import "./customers.css";
import "./customer.css";

/** One customer: activity against their own usual, what they said, and everything that happened, newest first. */
export function CustomerPage() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { customer: id } = useParams({ from: "/$workspace/customers/$customer" });
  const { data: customer, error, refetch } = useQuery(customerQuery(slug, id));
  useCurrentAddress(id, customer?.id);
  if (isGone(error)) {
    return (
      <Card>
        <EmptyState
          icon="person"
          roomy
          heading
          title={t("customers.one.gone")}
          action={<ButtonLink href={customersAddress(slug)}>{t("customers.one.back")}</ButtonLink>}
        >
          {t("customers.one.goneBody")}
        </EmptyState>
      </Card>
    );
  }
  if (!customer) {
    return (
      <PendingPage title={t("customers.title")} href={customersAddress(slug)}>
        {error ? (
          <ErrorCard title={t("customers.one.error")} error={error} onRetry={() => void refetch()} />
        ) : (
          <Ghost lines={[[12, "120px"], [30, "40%"], 320, [14, "60%"], 200]} />
        )}
      </PendingPage>
    );
  }
  return (
    <>
      <CustomerHeader customer={customer} />
      <div className="grid">
        <ActivityCard customer={customer} />
        <StandsCard customer={customer} />
        <TimelineCard key={customer.id} customer={customer} />
        <div className="c4 stackcol">
          <FeaturesCard customer={customer} />
          <AnswersCard customer={customer} />
          <FactsCard customer={customer} />
        </div>
      </div>
    </>
  );
}

/** Under the id of somebody who was merged stands the address of whom it leads to. */
function useCurrentAddress(named: string, current: string | undefined) {
  const router = useRouter();
  const { slug } = useWorkspace();
  useEffect(() => {
    if (current && current !== named)
      void router.navigate({ href: customerAddress(slug, current), replace: true });
  }, [router, slug, named, current]);
}
