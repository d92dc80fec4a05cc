import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayDo, useTimeZone, useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, PageHeader } from "../../ui/card.tsx";
import { Tabs } from "../../ui/choice.tsx";
import { useShortcut } from "../../ui/shortcuts.ts";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { VirtualTable } from "../../ui/virtual-table.tsx";
import { useHeldBack } from "../hold-back.ts";
import { AskingTabs } from "../surveys/asking-tabs.tsx";
import { TypedSearch } from "../typed-search.tsx";
import { AddDialog } from "./add-dialog.tsx";
import { suppressionColumns } from "./suppression-columns.tsx";
import { suppressionsQuery, type SuppressionFilter } from "./suppressions-data.ts";
import { useLift } from "./use-lift.ts";
import "../responses.css";
import "./suppressions.css";

const reasons = ["unsubscribed", "bounced", "complained"] as const;
const any = "any";

/** Who is never asked, and why. */
export function Suppressions() {
  const { t } = useTranslation();
  const mayEdit = useMayDo("editor");
  const { filter, setFilter } = useFilter();
  const loaded = useSuppressions(filter);
  // Nothing to filter.
  const isEmpty = loaded.data !== undefined && loaded.rows.length === 0 && !filter.reason && !filter.text;
  const [isAdding, setAdding] = useState(false);
  useShortcut("n", () => setAdding(true), mayEdit);
  return (
    <>
      <PageHeader
        title={t("suppressions.title")}
        actions={
          mayEdit && (
            <Button icon="plus" shortcut="N" onPress={() => setAdding(true)}>
              {t("suppressions.add.action")}
            </Button>
          )
        }
      >
        {t("suppressions.lead")}
      </PageHeader>
      <AskingTabs />
      {!isEmpty && (
        <div className="rs-filters">
          <div className="rs-line">
            <Tabs
              label={t("suppressions.reason")}
              value={filter.reason ?? any}
              onChange={(id) => setFilter({ ...filter, reason: id === any ? undefined : id })}
              options={[
                { id: any, label: t("suppressions.all") },
                ...reasons.map((id) => ({ id, label: t(`suppressions.reasons.${id}`) })),
              ]}
            />
            <TypedSearch
              label={t("suppressions.search")}
              value={filter.text}
              onChange={(text) => setFilter({ ...filter, text })}
            />
          </div>
        </div>
      )}
      <Card flush label={t("suppressions.title")}>
        <List loaded={loaded} filter={filter} onClear={() => setFilter({})} />
      </Card>
      {isAdding && <AddDialog onClose={() => setAdding(false)} />}
    </>
  );
}

/** The filters live in the address, so that a view can be sent to somebody. */
function useFilter() {
  const router = useRouter();
  const { slug } = useWorkspace();
  const search: Partial<Record<string, string>> = useSearch({ strict: false });
  const reason = reasons.find((reason) => reason === search.reason);
  const { text } = search;
  const filter: SuppressionFilter = useMemo(
    () => ({ ...(reason && { reason }), ...(text && { text }) }),
    [reason, text],
  );
  const setFilter = (next: SuppressionFilter) => {
    const kept = Object.entries(next).filter((entry): entry is [string, string] => Boolean(entry[1]));
    const query = new URLSearchParams(kept).toString();
    void router.navigate({
      href: `/${slug}/unsubscribes${query && `?${query}`}`,
      replace: true,
      resetScroll: false,
    });
  };
  return { filter, setFilter };
}

function useSuppressions(filter: SuppressionFilter) {
  const { slug } = useWorkspace();
  const held = useHeldBack();
  const { data, error, ...query } = useInfiniteQuery(suppressionsQuery(slug, filter));
  const rows = useMemo(
    () => data?.pages.flatMap(({ items }) => items).filter(({ key }) => !held.has(key)) ?? [],
    [data, held],
  );
  return { rows, data, error, total: data?.pages[0]?.total, query };
}

function List({
  loaded: { rows, data, error, total, query },
  filter,
  onClear,
}: {
  loaded: ReturnType<typeof useSuppressions>;
  filter: SuppressionFilter;
  onClear: () => void;
}) {
  const { t } = useTranslation();
  const timeZone = useTimeZone();
  const mayEdit = useMayDo("editor");
  const lift = useLift();
  if (!data) {
    return (
      <div className="rs-state">
        {error ? (
          <ErrorCard title={t("suppressions.error")} error={error} onRetry={() => void query.refetch()} />
        ) : (
          <Ghost lines={Array.from({ length: 8 }, () => 22)} />
        )}
      </div>
    );
  }
  if (rows.length === 0) return <Nothing filter={filter} onClear={onClear} />;
  return (
    <div
      className={query.isPlaceholderData ? "rs-list before" : "rs-list"}
      aria-busy={query.isPlaceholderData}
    >
      <VirtualTable
        label={t("suppressions.title")}
        columns={suppressionColumns(t, timeZone, mayEdit ? lift : undefined)}
        rows={rows}
        rowId={({ key }) => key}
        total={total}
        onEndReached={() => {
          if (query.hasNextPage && !query.isFetching) void query.fetchNextPage();
        }}
        isLoadingMore={query.isFetchingNextPage}
        rowHeight={56}
      />
      {query.isFetchNextPageError && (
        <div className="rs-state">
          <ErrorCard
            title={t("suppressions.error")}
            error={error}
            onRetry={() => void query.fetchNextPage()}
          />
        </div>
      )}
    </div>
  );
}

function Nothing({ filter, onClear }: { filter: SuppressionFilter; onClear: () => void }) {
  const { t } = useTranslation();
  if (filter.reason ?? filter.text) {
    return (
      <EmptyState
        icon="filter"
        roomy
        title={t("suppressions.noMatch")}
        action={<Button onPress={onClear}>{t("suppressions.clear")}</Button>}
      >
        {t("suppressions.noMatchBody")}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="check" roomy title={t("suppressions.empty")}>
      {t("suppressions.emptyBody")}
    </EmptyState>
  );
}
