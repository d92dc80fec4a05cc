import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { Card, PageHeader } from "../../ui/card.tsx";
import { Select } from "../../ui/choice.tsx";
import { useMedia } from "../../ui/media.ts";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { VirtualTable } from "../../ui/virtual-table.tsx";
import { useIsPhone } from "../../ui/width.ts";
import { AskingTabs } from "../surveys/asking-tabs.tsx";
import { surveysQuery } from "../surveys-data.ts";
import { useFilter, useOpenRow } from "../use-address.ts";
import { usePanelKeys } from "../use-panel-keys.ts";
import { invitationColumns } from "./invitation-columns.tsx";
import { fates, type InvitationFilter } from "./invitation-filter.ts";
import { InvitationPanel } from "./invitation-panel.tsx";
import { invitationList, useInvitations, type LoadedInvitations } from "./use-invitations.ts";
import "../responses.css";
import "./invitations.css";

const any = "any";

/** Who was asked, and what became of each ask. */
export function Invitations() {
  const { t } = useTranslation();
  const { filter, setFilter } = useFilter(invitationList);
  const loaded = useInvitations(filter);
  const opened = useOpenRow(invitationList, loaded.rows, loaded.loadMore);
  const isBeside = !useMedia("(max-width: 1180px)");
  usePanelKeys(opened, isBeside);
  const isSplit = isBeside && opened.open !== undefined;
  // Nothing to filter.
  const isEmpty = loaded.isLoaded && loaded.rows.length === 0 && !filter.fate && !filter.survey;
  return (
    <>
      <PageHeader title={t("invitations.title")}>{t("invitations.lead")}</PageHeader>
      <AskingTabs />
      {!isEmpty && <Filters filter={filter} onChange={setFilter} />}
      <div className={isSplit ? "rs-split" : ""}>
        <Card flush className="rs-card" label={t("invitations.title")}>
          <List
            {...{ loaded, filter }}
            onClear={() => setFilter({})}
            onOpen={opened.show}
            openId={opened.open?.id}
            isNarrow={isSplit}
          />
        </Card>
        {opened.open && <InvitationPanel opened={opened} rows={loaded.rows} isBeside={isBeside} />}
      </div>
    </>
  );
}

function Filters({
  filter,
  onChange,
}: {
  filter: InvitationFilter;
  onChange: (filter: InvitationFilter) => void;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const surveys = useQuery(surveysQuery(slug)).data ?? [];
  return (
    <div className="rs-filters">
      <div className="rs-line">
        <div className="iv-filter">
          <Select
            quiet
            size="sm"
            label={t("invitations.fate")}
            value={filter.fate ?? any}
            onChange={(id) => onChange({ ...filter, fate: id === any ? undefined : id })}
            options={[
              { id: any, label: t("invitations.anyFate") },
              ...fates.map((id) => ({ id, label: t(`invitations.fates.${id}`) })),
            ]}
          />
        </div>
        {(surveys.length > 1 || filter.survey) && (
          <div className="iv-filter">
            <Select
              quiet
              size="sm"
              label={t("invitations.survey")}
              value={filter.survey ?? any}
              onChange={(id) => onChange({ ...filter, survey: id === any ? undefined : id })}
              options={[
                { id: any, label: t("invitations.anySurvey") },
                ...surveys.map(({ id, name }) => ({ id, label: name })),
              ]}
            />
          </div>
        )}
        <Button
          size="sm"
          variant="quiet"
          isDisabled={!filter.fate && !filter.survey}
          onPress={() => onChange({})}
        >
          {t("invitations.clear")}
        </Button>
      </div>
    </div>
  );
}

function List({
  loaded,
  filter,
  onClear,
  onOpen,
  openId,
  isNarrow,
}: {
  loaded: LoadedInvitations;
  filter: InvitationFilter;
  onClear: () => void;
  onOpen: (row: LoadedInvitations["rows"][number]) => void;
  openId: string | undefined;
  isNarrow: boolean;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const timeZone = useTimeZone();
  const isPhone = useIsPhone();
  const surveys = useQuery(surveysQuery(slug)).data;
  const { rows, error, isLoaded } = loaded;
  if (!isLoaded) {
    return (
      <div className="rs-state">
        {error ? (
          <ErrorCard title={t("invitations.error")} error={error} onRetry={loaded.retry} />
        ) : (
          <Ghost lines={Array.from({ length: 12 }, () => 22)} />
        )}
      </div>
    );
  }
  if (rows.length === 0) return <Nothing filter={filter} onClear={onClear} />;
  const nameOf = (id: string) => surveys?.find((survey) => survey.id === id)?.name ?? "";
  const hidden = isNarrow ? ["survey", "language"] : (surveys?.length ?? 0) < 2 ? ["survey"] : [];
  return (
    <div className={loaded.isBefore ? "rs-list before" : "rs-list"} aria-busy={loaded.isBefore}>
      <VirtualTable
        label={t("invitations.title")}
        columns={invitationColumns(t, { timeZone, surveyName: nameOf, isPhone })}
        hidden={hidden}
        rows={rows}
        rowId={({ id }) => id}
        total={loaded.isWhole ? rows.length : undefined}
        onEndReached={loaded.isMoreError ? undefined : loaded.loadMore}
        isLoadingMore={loaded.isLoadingMore}
        onOpen={onOpen}
        openId={openId}
        rowHeight={56}
      />
      {loaded.isMoreError && (
        <div className="rs-state">
          <ErrorCard title={t("invitations.moreError")} error={error} onRetry={loaded.retry} />
        </div>
      )}
    </div>
  );
}

function Nothing({ filter, onClear }: { filter: InvitationFilter; onClear: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  if (filter.fate ?? filter.survey) {
    return (
      <EmptyState
        icon="filter"
        roomy
        title={t("invitations.noMatch")}
        action={<Button onPress={onClear}>{t("invitations.clear")}</Button>}
      >
        {t("invitations.noMatchBody")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="mail"
      roomy
      title={t("invitations.empty")}
      action={
        <ButtonLink variant="primary" href={`/${slug}/surveys`}>
          {t("invitations.emptyAction")}
        </ButtonLink>
      }
    >
      {t("invitations.emptyBody")}
    </EmptyState>
  );
}
