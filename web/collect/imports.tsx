import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMayDo, useTimeZone, useWorkspace } from "../session.ts";
import { Link } from "../ui/button.tsx";
import { Card, PageHeader } from "../ui/card.tsx";
import { useFormat } from "../ui/format.ts";
import { Badge, type Segment } from "../ui/marks.tsx";
import { Alert, EmptyState, ErrorCard, Ghost } from "../ui/states.tsx";
import { Table } from "../ui/table.tsx";
import { importsQuery, type Import, type ImportState } from "./imports-data.ts";
import { UploadCard } from "./upload-card.tsx";
import "./imports.css";

/** Bring past answers from a file, and see what has been brought. */
export function Imports() {
  const { t } = useTranslation();
  const mayImport = useMayDo("editor");
  return (
    <>
      <PageHeader title={t("imports.title")}>{t("imports.lead")}</PageHeader>
      <div className="stackcol">
        {mayImport ? (
          <UploadCard />
        ) : (
          <Card label={t("imports.title")}>
            <Alert icon="key" title={t("imports.drop.viewer")} />
          </Card>
        )}
        <PastImports />
      </div>
    </>
  );
}

function PastImports() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data, error, refetch } = useQuery(importsQuery(slug));
  if (error && !data) {
    return (
      <Card title={t("imports.list.title")}>
        <ErrorCard title={t("imports.list.error")} error={error} onRetry={() => void refetch()} />
      </Card>
    );
  }
  if (!data) {
    return (
      <Card title={t("imports.list.title")}>
        <Ghost lines={[20, 20, 20]} />
      </Card>
    );
  }
  if (data.length === 0) {
    return (
      <Card label={t("imports.list.title")}>
        <EmptyState icon="table" title={t("imports.list.none")}>
          {t("imports.list.noneBody")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <Card flush title={t("imports.list.title")}>
      <ListOf imports={data} />
    </Card>
  );
}

function ListOf({ imports }: { imports: Import[] }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat(useTimeZone());
  return (
    <Table
      label={t("imports.list.title")}
      rows={imports}
      rowId={({ id }) => id}
      columns={[
        {
          id: "file",
          header: t("imports.list.file"),
          cell: ({ id, name, survey }) => (
            <span className="im-file">
              <Link href={`/${slug}/import/${id}`}>{name}</Link>
              {survey && <small>{survey.name}</small>}
            </span>
          ),
        },
        { id: "state", header: t("imports.list.state"), cell: ({ state }) => <StateBadge state={state} /> },
        {
          id: "answers",
          header: t("imports.list.answers"),
          align: "end",
          phoneLabel: true,
          cell: ({ rowsStored, state }) => (state === "uploaded" ? "–" : format.count(rowsStored)),
        },
        {
          id: "failed",
          header: t("imports.list.failed"),
          align: "end",
          phoneLabel: true,
          cell: ({ rowsFailed, state }) => (state === "uploaded" ? "–" : format.count(rowsFailed)),
        },
        {
          id: "when",
          header: t("imports.list.when"),
          align: "end",
          phone: "full",
          cell: ({ createdAt }) => (
            <time dateTime={createdAt} className="muted nowrap">
              {format.dateTime(createdAt)}
            </time>
          ),
        },
      ]}
    />
  );
}

const toneOf: Record<ImportState, Segment | "line"> = {
  uploading: "line",
  uploaded: "passive",
  running: "line",
  done: "promoter",
  failed: "detractor",
  undoing: "line",
  undone: "silent",
};

/** The state of an import in a pill. */
export function StateBadge({ state }: { state: ImportState }) {
  const { t } = useTranslation();
  return <Badge tone={toneOf[state]}>{t(`imports.states.${state}`)}</Badge>;
}
