import { useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../../queries.ts";
import { useMayDo, useTimeZone, useWorkspace } from "../../session.ts";
import { Button, Link } from "../../ui/button.tsx";
import { Note } from "../../ui/card.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { Badge } from "../../ui/marks.tsx";
import { ErrorCard, Ghost, useErrorSentence } from "../../ui/states.tsx";
import { Table } from "../../ui/table.tsx";
import { toast } from "../../ui/toast.tsx";
import { type CodePool, downloadLedger, type Incentive, ledgerQuery, markUsed } from "./codes-data.ts";

/** Who got which code of a pool, when, for what, and whether it was used. */
export function LedgerDialog({ pool: { id, name }, onClose }: { pool: CodePool; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const ledger = useInfiniteQuery(ledgerQuery(slug, id));
  const sentence = useErrorSentence();
  const file = useMutation({
    mutationFn: () => downloadLedger(id),
    onError: (error) => toast({ message: sentence(error), tone: "warning" }),
  });
  const items = ledger.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Dialog
      title={t("codes.ledger.of", { name })}
      isOpen
      onClose={onClose}
      shape="wide"
      foot={
        items.length > 0 && (
          <Button icon="download" isPending={file.isPending} onPress={() => file.mutate()}>
            {t("codes.ledger.file")}
          </Button>
        )
      }
    >
      {ledger.isPending && <Ghost lines={[36, 36, 36]} />}
      {ledger.isError && (
        <ErrorCard title={t("codes.error")} error={ledger.error} onRetry={() => void ledger.refetch()} />
      )}
      {ledger.data && items.length === 0 && <p className="muted">{t("codes.ledger.empty")}</p>}
      {items.length > 0 && <Entries label={t("codes.ledger.of", { name })} items={items} />}
      {items.some(({ byScore }) => byScore) && <Note>{t("codes.ledger.byScoreHint")}</Note>}
      {ledger.hasNextPage && (
        <Button isPending={ledger.isFetchingNextPage} onPress={() => void ledger.fetchNextPage()}>
          {t("codes.ledger.more")}
        </Button>
      )}
    </Dialog>
  );
}

function Entries({ label, items }: { label: string; items: readonly Incentive[] }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat(useTimeZone());
  return (
    <Table
      label={label}
      rows={items}
      rowId={({ id }) => id}
      columns={[
        {
          id: "code",
          header: t("codes.ledger.code"),
          cell: ({ code }) => <span className="mono cd-code">{code}</span>,
        },
        {
          id: "customer",
          header: t("codes.ledger.customer"),
          cell: ({ customer }) => (
            <Link href={`/${slug}/customers/${customer.id}`}>
              {customer.name ?? customer.email ?? t("codes.ledger.unknown")}
            </Link>
          ),
        },
        {
          id: "when",
          header: t("codes.ledger.when"),
          phone: "full",
          phoneLabel: true,
          cell: ({ givenAt }) => <span className="nowrap">{format.dateTime(givenAt)}</span>,
        },
        {
          id: "why",
          header: t("codes.ledger.why"),
          phone: "full",
          phoneLabel: true,
          cell: (entry) => <Why entry={entry} />,
        },
        {
          id: "used",
          header: t("codes.ledger.used"),
          phone: "full",
          phoneLabel: true,
          cell: (entry) => <Used entry={entry} />,
        },
      ]}
    />
  );
}

function Why({ entry: { purpose, play, givenBy, reason, byScore } }: { entry: Incentive }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  return (
    <span className="cd-why">
      <span>
        {t(`codes.ledger.purposes.${purpose}`)}
        {play && (
          <>
            {" · "}
            <Link href={`/${slug}/plays/${play.id}`}>{play.name}</Link>
          </>
        )}
        {givenBy !== null && ` · ${t("codes.ledger.by", { name: givenBy })}`}
        {reason !== null && ` · ${reason}`}
      </span>
      {byScore && <Badge tone="passive">{t("codes.ledger.byScore")}</Badge>}
    </span>
  );
}

function Used({ entry: { id, code, redeemedAt, redeemedBy } }: { entry: Incentive }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat(useTimeZone());
  const mayEdit = useMayDo("editor");
  const sentence = useErrorSentence();
  const mark = useMutation({
    mutationFn: () => markUsed(id),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, "code-pools"] }),
    onError: (error) => toast({ message: sentence(error), tone: "warning" }),
  });
  if (redeemedAt !== null) {
    return (
      <span>
        {format.shortDate(redeemedAt)}
        {redeemedBy && <span className="faint small"> {t(`codes.ledger.how.${redeemedBy}`)}</span>}
      </span>
    );
  }
  if (!mayEdit) return <span className="faint">{t("codes.ledger.notUsed")}</span>;
  return (
    <Button
      size="sm"
      variant="quiet"
      aria-label={t("codes.ledger.markOf", { code })}
      isPending={mark.isPending}
      onPress={() => mark.mutate()}
    >
      {t("codes.ledger.mark")}
    </Button>
  );
}
