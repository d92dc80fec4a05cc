import { useInfiniteQuery } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { useMayDo, useTimeZone, useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Card, Note } from "../ui/card.tsx";
import { useFormat } from "../ui/format.ts";
import { EmptyState, ErrorCard, Ghost } from "../ui/states.tsx";
import { auditSentence } from "./audit-sentence.ts";

type Entry = InferResponseType<(typeof api.api.v1)["audit-log"]["$get"], 200>["items"][number];

/** Who changed what that others have to be able to ask about later, newest first. */
export function AuditPage() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayRead = useMayDo("admin");
  const log = useInfiniteQuery({
    queryKey: [slug, "audit-log"],
    queryFn: ({ pageParam }) =>
      read(api.api.v1["audit-log"].$get({ query: pageParam === "" ? {} : { before: pageParam } })),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: mayRead,
  });
  const entries = log.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Card flush title={t("settings.audit.title")}>
      <div className="card-body">
        {mayRead ? (
          <p className="muted">{t("settings.audit.lead")}</p>
        ) : (
          <Note>{t("settings.audit.noPermission")}</Note>
        )}
        {mayRead && log.isPending && <Ghost lines={[36, 36, 36]} />}
        {log.isError && (
          <ErrorCard title={t("settings.loadFailed")} error={log.error} onRetry={() => void log.refetch()} />
        )}
      </div>
      {log.data && entries.length === 0 && (
        <EmptyState icon="book" title={t("settings.audit.empty")} roomy>
          {t("settings.audit.emptyBody")}
        </EmptyState>
      )}
      {entries.length > 0 && (
        <ol className="row-list audit">
          {entries.map((entry) => (
            <Line key={entry.id} entry={entry} />
          ))}
        </ol>
      )}
      {log.hasNextPage && (
        <div className="card-body">
          <Button size="sm" isPending={log.isFetchingNextPage} onPress={() => void log.fetchNextPage()}>
            {t("settings.audit.more")}
          </Button>
        </div>
      )}
    </Card>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const { reason } = entry.details;
  return (
    <li>
      <div className="words">
        <p>{auditSentence(t, format, entry)}</p>
        {typeof reason === "string" && <q>{reason}</q>}
        <time dateTime={entry.at}>{format.dateTime(entry.at)}</time>
      </div>
    </li>
  );
}
