import { useInfiniteQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ImportOffer } from "../../collect/import-offer.tsx";
import { useFilter } from "../../collect/use-address.ts";
import { useLoaded } from "../../collect/use-loaded.ts";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, PageHeader } from "../../ui/card.tsx";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { VirtualTable } from "../../ui/virtual-table.tsx";
import { useIsPhone } from "../../ui/width.ts";
import { BulkBar, ExportAll } from "./bulk-bar.tsx";
import { phoneColumns, wideColumns } from "./customer-columns.tsx";
import {
  customerAddress,
  type CustomerFilter,
  customersAddress,
  filterOf,
  isFiltered,
} from "./customer-filter.ts";
import { CustomerFilters } from "./customer-filters.tsx";
import { customersQuery } from "./customers-data.ts";
import { type Selection, useSelection } from "./use-selection.ts";
import "../../collect/responses.css";
import "./customers.css";

const list = { filterOf, addressOf: customersAddress };

/** Every customer, searched, filtered and sorted by what stands in the address; many at a time can be acted on. */
export function Customers() {
  const { t } = useTranslation();
  const { filter, setFilter } = useFilter(list);
  const loaded = useCustomers(filter);
  const isPhone = useIsPhone();
  const selection = useSelection(loaded.rows, JSON.stringify(filter));
  const isEmpty = loaded.isLoaded && loaded.rows.length === 0 && !isFiltered(filter);
  return (
    <>
      <PageHeader
        title={t("customers.title")}
        actions={!isEmpty && !isPhone && <ExportAll filter={filter} />}
      >
        <Count loaded={loaded} filter={filter} />
      </PageHeader>
      {!isEmpty && <CustomerFilters filter={filter} onChange={setFilter} />}
      <Card flush className="rs-card" label={t("customers.title")}>
        <List {...{ loaded, filter, selection }} onClear={() => setFilter({ sort: filter.sort })} />
      </Card>
      {!isPhone && <BulkBar selection={selection} rows={loaded.rows} filter={filter} />}
    </>
  );
}

function useCustomers(filter: CustomerFilter) {
  const { slug } = useWorkspace();
  const { first, ...loaded } = useLoaded(useInfiniteQuery(customersQuery(slug, filter)));
  return { ...loaded, total: first?.total ?? null, totalIsExact: first?.totalIsExact ?? true };
}

type Loaded = ReturnType<typeof useCustomers>;

function Count({ loaded, filter }: { loaded: Loaded; filter: CustomerFilter }) {
  const { t } = useTranslation();
  const { total: count, totalIsExact } = loaded;
  // A space keeps the line, so that nothing moves when the number arrives.
  if (!loaded.isLoaded || count === null) return <>{"\u00a0"}</>;
  if (!totalIsExact) return t("customers.matchingAbout", { count });
  return t(isFiltered(filter) ? "customers.matching" : "customers.count", { count });
}

function List({
  loaded,
  filter,
  selection,
  onClear,
}: {
  loaded: Loaded;
  filter: CustomerFilter;
  selection: Selection;
  onClear: () => void;
}) {
  const { t } = useTranslation();
  const router = useRouter();
  const { slug } = useWorkspace();
  const isPhone = useIsPhone();
  const { rows, error, isLoaded } = loaded;
  if (!isLoaded && error) {
    return (
      <div className="rs-state">
        <ErrorCard title={t("customers.error")} error={error} onRetry={loaded.retry} />
      </div>
    );
  }
  if (!isLoaded) {
    return (
      <div className="rs-state">
        <Ghost lines={Array.from({ length: 12 }, () => 28)} />
      </div>
    );
  }
  if (rows.length === 0) return <Nothing filter={filter} onClear={onClear} />;
  return (
    <div className={loaded.isBefore ? "rs-list before" : "rs-list"} aria-busy={loaded.isBefore}>
      <VirtualTable
        label={t("customers.title")}
        columns={isPhone ? phoneColumns(t) : wideColumns(t, selection)}
        rows={rows}
        rowId={(row) => row.id}
        total={loaded.total ?? undefined}
        onEndReached={loaded.isMoreError ? undefined : loaded.loadMore}
        isLoadingMore={loaded.isLoadingMore}
        onOpen={({ id }) => void router.navigate({ href: customerAddress(slug, id) })}
        selection={isPhone ? undefined : selection}
        rowHeight={57}
      />
      {loaded.isMoreError && (
        <div className="rs-state">
          <ErrorCard title={t("customers.moreError")} error={error} onRetry={loaded.retry} />
        </div>
      )}
    </div>
  );
}

function Nothing({ filter, onClear }: { filter: CustomerFilter; onClear: () => void }) {
  const { t } = useTranslation();
  if (isFiltered(filter)) {
    return (
      <EmptyState
        icon="filter"
        roomy
        title={t("customers.noMatch")}
        action={<Button onPress={onClear}>{t("customers.filter.clear")}</Button>}
      >
        {t("customers.noMatchBody")}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon="person" roomy title={t("customers.empty.title")} action={<ImportOffer />}>
      {t("customers.empty.body")}
    </EmptyState>
  );
}
