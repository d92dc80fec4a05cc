import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useLoaded } from "../../collect/use-loaded.ts";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { ChoiceMenu } from "../../ui/menu.tsx";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { VirtualTable } from "../../ui/virtual-table.tsx";
import { useIsPhone } from "../../ui/width.ts";
import { customerAddress } from "../customers/customer-filter.ts";
import { phoneColumns, wideColumns } from "./passive-columns.tsx";
import { choices, countOf, type PassiveFilter } from "./passive-filter.ts";
import { PassiveFilters } from "./passive-filters.tsx";
import { downloadPassives, passiveCustomersQuery, type Passives, type PassiveSort } from "./passives-data.ts";

interface Listing {
  passives: Passives;
  filter: PassiveFilter;
  onFilter: (filter: PassiveFilter) => void;
}

/** The customers who are passive in some way, with their reasons; filtered here and by the map. */
export function CustomersCard({ passives, filter, onFilter }: Listing) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { first, ...loaded } = useLoaded(useInfiniteQuery(passiveCustomersQuery(slug, filter)));
  const isPhone = useIsPhone();
  const router = useRouter();
  return (
    <Card
      flush
      span={12}
      title={t("passives.list.title")}
      sub={first && t("passives.list.sub", { count: first.total })}
      end={<Actions {...{ filter, onFilter }} />}
    >
      <div className="pa-above">
        <PassiveFilters {...{ passives, filter }} onChange={onFilter} />
      </div>
      {!loaded.isLoaded && loaded.error ? (
        <div className="pa-state">
          <ErrorCard title={t("passives.listError")} error={loaded.error} onRetry={loaded.retry} />
        </div>
      ) : !loaded.isLoaded ? (
        <div className="pa-state">
          <Ghost lines={Array.from({ length: 8 }, () => 26)} />
        </div>
      ) : loaded.rows.length === 0 ? (
        <Nobody {...{ filter, onFilter }} />
      ) : (
        <div className={loaded.isBefore ? "pa-list before" : "pa-list"} aria-busy={loaded.isBefore}>
          <VirtualTable
            label={t("passives.list.title")}
            columns={isPhone ? phoneColumns(t) : wideColumns(t)}
            rows={loaded.rows}
            rowId={(row) => row.id}
            total={first?.total}
            onEndReached={loaded.isMoreError ? undefined : loaded.loadMore}
            isLoadingMore={loaded.isLoadingMore}
            onOpen={({ id }) => void router.navigate({ href: customerAddress(slug, id) })}
            rowHeight={57}
          />
          {loaded.isMoreError && (
            <div className="pa-state">
              <ErrorCard title={t("passives.moreError")} error={loaded.error} onRetry={loaded.retry} />
            </div>
          )}
        </div>
      )}
    </Card>
  );
}

function Actions({ filter, onFilter }: Omit<Listing, "passives">) {
  const { t } = useTranslation();
  const download = useMutation({
    mutationFn: () => downloadPassives(filter),
    onError: () => toast({ message: t("passives.list.exportFailed"), tone: "warning" }),
  });
  const sort = choices.sort.find((sort) => sort === filter.sort) ?? "attention";
  return (
    <span className="pa-actions">
      <ChoiceMenu<PassiveSort>
        size="sm"
        label={t("passives.list.sort")}
        options={choices.sort.map((id) => ({ id, label: t(`passives.list.sorts.${id}`) }))}
        value={sort}
        onChange={(sort) => onFilter({ ...filter, sort: sort === "attention" ? undefined : sort })}
      >
        {t(`passives.list.sorts.${sort}`)}
      </ChoiceMenu>
      <Button size="sm" icon="download" isPending={download.isPending} onPress={() => download.mutate()}>
        {t("passives.list.export")}
      </Button>
    </span>
  );
}

function Nobody({ filter, onFilter }: Omit<Listing, "passives">) {
  const { t } = useTranslation();
  if (countOf(filter) === 0) {
    return (
      <EmptyState icon="check" roomy title={t("passives.list.nobody")}>
        {t("passives.list.nobodyBody")}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="filter"
      roomy
      title={t("passives.list.noMatch")}
      action={<Button onPress={() => onFilter({ sort: filter.sort })}>{t("passives.filter.clear")}</Button>}
    >
      {t("passives.list.noMatchBody")}
    </EmptyState>
  );
}
