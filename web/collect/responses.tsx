import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ImportOffer } from "./import-offer.tsx";
import { useTimeZone, useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Card, PageHeader } from "../ui/card.tsx";
import { useMedia } from "../ui/media.ts";
import { EmptyState, ErrorCard, Ghost } from "../ui/states.tsx";
import { VirtualTable } from "../ui/virtual-table.tsx";
import { useIsPhone } from "../ui/width.ts";
import { phoneColumns, wideColumns } from "./response-columns.tsx";
import type { ResponseFilter } from "./response-filter.ts";
import { ResponseFilters } from "./response-filters.tsx";
import { ResponsePanel } from "./response-panel.tsx";
import { facetsQuery, type Response } from "./responses-data.ts";
import { useFilter, useOpenRow } from "./use-address.ts";
import { usePanelKeys } from "./use-panel-keys.ts";
import { responseList, useResponses, type LoadedResponses } from "./use-responses.ts";
import "./responses.css";

/** Every answer, newest first: filtered by what stands in the address, opened beside the list. */
export function Responses() {
  const { t } = useTranslation();
  const { filter, setFilter } = useFilter(responseList);
  const loaded = useResponses(filter);
  const opened = useOpenRow(responseList, loaded.rows, loaded.loadMore);
  const isBeside = !useMedia("(max-width: 1180px)");
  usePanelKeys(opened, isBeside);
  const isSplit = isBeside && opened.open !== undefined;
  const isEmpty = loaded.isLoaded && loaded.rows.length === 0 && !isFiltered(filter);
  return (
    <>
      <PageHeader title={t("responses.title")}>
        <Count loaded={loaded} filter={filter} />
      </PageHeader>
      {!isEmpty && <ResponseFilters filter={filter} onChange={setFilter} />}
      <div className={isSplit ? "rs-split" : ""}>
        <Card flush className="rs-card" label={t("responses.title")}>
          <List
            {...{ loaded, filter }}
            onClear={() => setFilter({})}
            onOpen={opened.show}
            openId={opened.open?.id}
            isNarrow={isSplit}
          />
        </Card>
        {opened.open && <ResponsePanel opened={opened} rows={loaded.rows} isBeside={isBeside} />}
      </div>
    </>
  );
}

const isFiltered = (filter: ResponseFilter) => Object.values(filter).some(Boolean);

function Count({ loaded, filter }: { loaded: LoadedResponses; filter: ResponseFilter }) {
  const { t } = useTranslation();
  const { total: count, totalIsExact } = loaded;
  // A space keeps the line, so that nothing moves when the number arrives.
  if (!loaded.isLoaded || count === null) return <>{"\u00a0"}</>;
  if (!totalIsExact)
    return t(isFiltered(filter) ? "responses.matchingAbout" : "responses.countAbout", { count });
  return t(isFiltered(filter) ? "responses.matching" : "responses.count", { count });
}

function List({
  loaded,
  filter,
  onClear,
  onOpen,
  openId,
  isNarrow,
}: {
  loaded: LoadedResponses;
  filter: ResponseFilter;
  onClear: () => void;
  onOpen: (row: Response) => void;
  openId: string | undefined;
  isNarrow: boolean;
}) {
  const { t } = useTranslation();
  const { rows, error, isLoaded } = loaded;
  const isPhone = useIsPhone();
  const timeZone = useTimeZone();
  const hidden = useHiddenColumns(loaded, filter, isNarrow);
  if (!isLoaded && error) {
    return (
      <div className="rs-state">
        <ErrorCard title={t("responses.error")} error={error} onRetry={loaded.retry} />
      </div>
    );
  }
  if (!isLoaded) {
    return (
      <div className="rs-state">
        <Ghost lines={Array.from({ length: 12 }, () => 22)} />
      </div>
    );
  }
  if (rows.length === 0) return <Nothing filter={filter} onClear={onClear} />;
  return (
    <div className={loaded.isBefore ? "rs-list before" : "rs-list"} aria-busy={loaded.isBefore}>
      <VirtualTable
        label={t("responses.title")}
        columns={isPhone ? phoneColumns(t, timeZone) : wideColumns(t, timeZone)}
        hidden={hidden}
        rows={rows}
        rowId={(row) => row.id}
        total={loaded.total ?? undefined}
        onEndReached={loaded.isMoreError ? undefined : loaded.loadMore}
        isLoadingMore={loaded.isLoadingMore}
        onOpen={onOpen}
        openId={openId}
        rowHeight={47}
      />
      {loaded.isMoreError && (
        <div className="rs-state">
          <ErrorCard title={t("responses.moreError")} error={error} onRetry={loaded.retry} />
        </div>
      )}
    </div>
  );
}

/** Columns that would say the same in every row are left out; beside an open response only the main ones stay. */
function useHiddenColumns(loaded: LoadedResponses, { survey }: ResponseFilter, isNarrow: boolean) {
  const { slug } = useWorkspace();
  const facets = useQuery(facetsQuery(slug, survey)).data;
  if (isNarrow) return ["account", "channel", "language"];
  return [
    ...(loaded.hasAccounts ? [] : ["account"]),
    ...(facets && facets.channels.length < 2 ? ["channel"] : []),
    ...(facets && facets.languages.length < 2 ? ["language"] : []),
  ];
}

function Nothing({ filter, onClear }: { filter: ResponseFilter; onClear: () => void }) {
  const { t } = useTranslation();
  if (isFiltered(filter)) {
    return (
      <EmptyState
        icon="filter"
        roomy
        title={t("responses.noMatch")}
        action={<Button onPress={onClear}>{t("responses.clear")}</Button>}
      >
        {t("responses.noMatchBody")}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="send" roomy title={t("overview.empty.title")} action={<ImportOffer />}>
      {t("overview.empty.body")}
    </EmptyState>
  );
}
