import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { useFormat } from "../ui/format.ts";
import { ErrorCard, Ghost } from "../ui/states.tsx";
import { Table } from "../ui/table.tsx";
import { toast } from "../ui/toast.tsx";
import { downloadFailures } from "./download-failures.ts";
import { failuresQuery, type Import, type ImportFailure } from "./imports-data.ts";
import { useFailureSentence } from "./use-failure-sentence.ts";

/** The rows that were not stored, each with its line and the reason; all of them as a file. */
export function ImportFailures({ one }: { one: Import }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const query = useInfiniteQuery(failuresQuery(slug, one.id, one.rowsFailed));
  const download = useMutation({
    mutationFn: () => downloadFailures(one),
    onError: () => toast({ message: t("imports.failures.downloadError"), tone: "warning" }),
  });
  const rows = query.data?.pages.flatMap((page) => page.failures) ?? [];
  return (
    <Card
      flush
      title={t("imports.failures.title")}
      sub={t("imports.failures.sub", { count: one.rowsFailed })}
      end={
        <Button size="sm" icon="download" isPending={download.isPending} onPress={() => download.mutate()}>
          {t("imports.failures.download")}
        </Button>
      }
    >
      {query.error ? (
        <div className="im-pad">
          <ErrorCard
            title={t("imports.failures.error")}
            error={query.error}
            onRetry={() => void query.refetch()}
          />
        </div>
      ) : query.isPending ? (
        <div className="im-pad">
          <Ghost lines={[20, 20, 20]} />
        </div>
      ) : (
        <Rows rows={rows} />
      )}
      {query.hasNextPage && (
        <div className="card-foot">
          <Button size="sm" isPending={query.isFetchingNextPage} onPress={() => void query.fetchNextPage()}>
            {t("imports.failures.more")}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Rows({ rows }: { rows: ImportFailure[] }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const sentence = useFailureSentence();
  return (
    <Table
      label={t("imports.failures.title")}
      rows={rows}
      rowId={({ line }) => String(line)}
      columns={[
        {
          id: "line",
          header: t("imports.failures.line"),
          phoneLabel: true,
          cell: ({ line }) => <span className="num">{count(line)}</span>,
        },
        {
          id: "reason",
          header: t("imports.failures.reason"),
          phone: "full",
          cell: (failure) => <span className="im-reason">{sentence(failure)}</span>,
        },
        {
          id: "row",
          header: t("imports.failures.row"),
          phone: "full",
          cell: ({ row }) => <code className="mono im-row">{row}</code>,
        },
      ]}
    />
  );
}
