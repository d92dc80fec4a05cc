import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMayDo, useWorkspace } from "../../session.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { Card, PageHeader } from "../../ui/card.tsx";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { ArrivingCard } from "./arriving-card.tsx";
import { ErrorsCard } from "./errors-card.tsx";
import { errorsQuery, namesQuery } from "./events-data.ts";
import { NamesCard } from "./names-card.tsx";
import "./events.css";

/** What customers do, by name; as it arrives; and what was wrong with it. */
export function Events() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayMakeKeys = useMayDo("admin");
  const names = useQuery(namesQuery(slug));
  const errors = useQuery(errorsQuery(slug));
  const isEmpty = names.data?.length === 0 && errors.data?.length === 0;
  return (
    <>
      <PageHeader
        title={t("events.title")}
        actions={
          mayMakeKeys &&
          !isEmpty && (
            <ButtonLink href={`/${slug}/settings/write-keys`} icon="key">
              {t("events.keys")}
            </ButtonLink>
          )
        }
      >
        {t("events.lead")}
      </PageHeader>
      {isEmpty ? (
        <Empty mayMakeKeys={mayMakeKeys} />
      ) : (
        <div className="stackcol">
          {names.data ? (
            <NamesCard names={names.data} />
          ) : (
            <Card title={t("events.names.title")}>
              {names.error ? (
                <ErrorCard
                  title={t("events.names.error")}
                  error={names.error}
                  onRetry={() => void names.refetch()}
                />
              ) : (
                <Ghost lines={[36, 36, 36, 36]} />
              )}
            </Card>
          )}
          <ErrorsCard />
          <ArrivingCard />
        </div>
      )}
    </>
  );
}

function Empty({ mayMakeKeys }: { mayMakeKeys: boolean }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  return (
    <Card label={t("events.title")}>
      <EmptyState
        icon="trend"
        roomy
        title={t("events.empty.title")}
        action={
          mayMakeKeys && (
            <ButtonLink variant="primary" icon="key" href={`/${slug}/settings/write-keys?do=create`}>
              {t("settings.writeKeys.create")}
            </ButtonLink>
          )
        }
      >
        {t(mayMakeKeys ? "events.empty.body" : "events.empty.askAdmin")}
      </EmptyState>
    </Card>
  );
}
