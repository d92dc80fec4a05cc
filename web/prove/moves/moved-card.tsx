import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useLoaded } from "../../collect/use-loaded.ts";
import { customerAddress } from "../../identify/customers/customer-filter.ts";
import { useWorkspace } from "../../session.ts";
import { Button, Link } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { type Format, useFormat } from "../../ui/format.ts";
import { Avatar, ScoreChip } from "../../ui/marks.tsx";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { type VirtualColumn, VirtualTable } from "../../ui/virtual-table.tsx";
import { countOf, periodName } from "./move-name.ts";
import { downloadMoved, movedCustomersQuery, type MovedCustomer, type Moves } from "./moves-data.ts";
import type { MovesFilter } from "./moves-filter.ts";

/** The customers of the move that is chosen, the highest revenue first. */
export function MovedCard({ moves, filter }: { moves: Moves; filter: MovesFilter }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { slug } = useWorkspace();
  const loaded = useLoaded(useInfiniteQuery(movedCustomersQuery(slug, filter)));
  const router = useRouter();
  const total = countOf(moves, filter);
  return (
    <Card
      flush
      span={12}
      title={<Title moves={moves} filter={filter} />}
      sub={total !== undefined && t("moves.list.sub", { count: total })}
      end={<Export filter={filter} />}
    >
      {!loaded.isLoaded ? (
        <div className="mv-state">
          {loaded.error ? (
            <ErrorCard title={t("moves.list.error")} error={loaded.error} onRetry={loaded.retry} />
          ) : (
            <Ghost lines={Array.from({ length: 6 }, () => 26)} />
          )}
        </div>
      ) : loaded.rows.length === 0 ? (
        <EmptyState icon="person" title={t("moves.list.nobody")} />
      ) : (
        <div className={loaded.isBefore ? "mv-list before" : "mv-list"} aria-busy={loaded.isBefore}>
          <VirtualTable
            label={t("moves.list.customer")}
            columns={columnsOf(t, format, moves)}
            rows={loaded.rows}
            rowId={({ id }) => id}
            total={total}
            onEndReached={loaded.isMoreError ? undefined : loaded.loadMore}
            isLoadingMore={loaded.isLoadingMore}
            onOpen={({ id }) => void router.navigate({ href: customerAddress(slug, id) })}
            rowHeight={57}
          />
          {loaded.isMoreError && (
            <div className="mv-state">
              <ErrorCard title={t("moves.list.moreError")} error={loaded.error} onRetry={loaded.retry} />
            </div>
          )}
        </div>
      )}
    </Card>
  );
}

function Title({ moves: { from, to }, filter: { before, after } }: { moves: Moves; filter: MovesFilter }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!from || !to || !before) return t("moves.table.title");
  const said = { before: t(`moves.categories.${before}`), from: periodName(t, format, from) };
  if (!after) return t("moves.list.titleBefore", said);
  return t("moves.list.title", {
    ...said,
    after: inSentence(t(`moves.categories.${after}`)),
    to: periodName(t, format, to),
  });
}

/** The names of categories are nouns in German, and keep their capital there. */
function inSentence(name: string): string {
  return document.documentElement.lang === "de" ? name : name.toLowerCase();
}

function Export({ filter }: { filter: MovesFilter }) {
  const { t } = useTranslation();
  const download = useMutation({
    mutationFn: () => downloadMoved(filter),
    onError: () => toast({ message: t("moves.list.exportFailed"), tone: "warning" }),
  });
  return (
    <Button size="sm" icon="download" isPending={download.isPending} onPress={() => download.mutate()}>
      {t("moves.list.export")}
    </Button>
  );
}

function columnsOf(t: TFunction, format: Format, { from, to }: Moves): VirtualColumn<MovedCustomer>[] {
  const names = {
    from: from ? periodName(t, format, from) : "",
    to: to ? periodName(t, format, to) : "",
  };
  return [
    {
      id: "customer",
      header: t("moves.list.customer"),
      width: "minmax(120px, 1.4fr)",
      cell: (row) => <Who row={row} />,
    },
    {
      id: "answers",
      header: t("moves.list.answers"),
      width: "minmax(96px, 0.8fr)",
      cell: (row) => <Answers row={row} names={names} />,
    },
    {
      id: "activity",
      header: t("moves.list.activity"),
      width: "minmax(96px, 1fr)",
      phone: "hide",
      cell: ({ change }) =>
        change === null ? (
          <span className="faint">–</span>
        ) : (
          <span className="muted">{t("moves.list.change", { change: format.changeShare(change) })}</span>
        ),
    },
    {
      id: "revenue",
      header: t("moves.list.revenue"),
      width: "96px",
      align: "end",
      phone: "hide",
      cell: ({ revenue, currency }) =>
        revenue === null ? <span className="faint">–</span> : format.money(revenue, currency),
    },
  ];
}

function Who({ row }: { row: MovedCustomer }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const name = row.name ?? row.email ?? row.externalId;
  const detail = [row.account, row.plan].filter(Boolean).join(" · ") || (row.name ? row.email : null);
  return (
    <span className="mv-who">
      <Avatar name={name ?? "?"} />
      <span className="mv-names">
        <b>
          <Link className={name ? "mv-link" : "mv-link faint"} href={customerAddress(slug, row.id)}>
            {name ?? t("moves.list.anonymous")}
          </Link>
        </b>
        {detail && <span>{detail}</span>}
      </span>
    </span>
  );
}

function Answers({ row, names }: { row: MovedCustomer; names: { from: string; to: string } }) {
  const { t } = useTranslation();
  const end = row.after === "gone" ? t("moves.list.gone") : null;
  return (
    <span className="mv-answers">
      <span title={t("moves.list.was", names)}>
        <ScoreChip score={row.beforeScore} />
      </span>
      <span aria-hidden="true">→</span>
      {end ? (
        <span className="muted">{end}</span>
      ) : (
        <span title={t("moves.list.is", names)}>
          <ScoreChip score={row.afterScore} />
        </span>
      )}
      {row.after === "silent" && <span className="muted">{t("moves.list.silent")}</span>}
    </span>
  );
}
