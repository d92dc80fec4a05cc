import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../../api.ts";
import { useMayDo, useWorkspace } from "../../session.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Confirm } from "../../ui/dialog.tsx";
import { useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import type { CustomerFilter } from "./customer-filter.ts";
import { downloadCustomers, type ListedCustomer, mostAtOnce, nameOf, readAgain } from "./customers-data.ts";
import { EraseDialog } from "./erase-dialog.tsx";
import { MergePair } from "./merge-dialog.tsx";
import type { Selection } from "./use-selection.ts";

type Open = "unsubscribe" | "merge" | "erase" | undefined;

/** What can be done to the customers that are selected; in sight as soon as one is. */
export function BulkBar({
  selection,
  rows,
  filter,
}: {
  selection: Selection;
  rows: readonly ListedCustomer[];
  filter: CustomerFilter;
}) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Open>();
  const { ids, clear, setAll } = selection;
  const chosen = rows.filter(({ id }) => ids.has(id));
  const close = () => setOpen(undefined);
  if (chosen.length === 0) return null;
  const count = chosen.length;
  return (
    <section className="cu-bulk" aria-label={t("customers.bulk.label")}>
      <b aria-live="polite">{t("customers.bulk.count", { count })}</b>
      {count < rows.length ? (
        <Button
          size="sm"
          variant="quiet"
          onPress={() => setAll(rows.slice(0, mostAtOnce).map(({ id }) => id))}
        >
          {t("customers.bulk.selectAll", { count: Math.min(rows.length, mostAtOnce) })}
        </Button>
      ) : null}
      {count === 1 && <span className="faint small keys">{t("customers.bulk.hint")}</span>}
      <span className="cu-bulk-end">
        {count > mostAtOnce ? (
          <span className="faint">{t("customers.bulk.tooMany", { most: mostAtOnce })}</span>
        ) : (
          <Actions chosen={chosen} filter={filter} onOpen={setOpen} />
        )}
        <IconButton icon="close" label={t("customers.bulk.clear")} onPress={clear} />
      </span>
      <Unsubscribe chosen={chosen} isOpen={open === "unsubscribe"} onClose={close} />
      {open === "merge" && chosen[0] && chosen[1] && (
        <MergePair pair={[chosen[0], chosen[1]]} onClose={close} onDone={clear} />
      )}
      {open === "erase" && <EraseDialog customers={chosen} onClose={close} onDone={clear} />}
    </section>
  );
}

function Actions({
  chosen,
  filter,
  onOpen,
}: {
  chosen: readonly ListedCustomer[];
  filter: CustomerFilter;
  onOpen: (open: Open) => void;
}) {
  const { t } = useTranslation();
  const mayEdit = useMayDo("editor");
  const mayErase = useMayDo("admin");
  const closing = useCloseComplaints();
  const { download, isPending } = useDownload();
  const ids = chosen.map(({ id }) => id);
  return (
    <>
      <Button size="sm" icon="download" isPending={isPending} onPress={() => download(filter, ids)}>
        {t("customers.bulk.export")}
      </Button>
      {mayEdit && (
        <>
          {chosen.some(({ marks }) => marks.includes("complaint")) && (
            <Button size="sm" isPending={closing.isPending} onPress={() => closing.mutate(ids)}>
              {t("customers.bulk.closeComplaints")}
            </Button>
          )}
          <Button size="sm" onPress={() => onOpen("unsubscribe")}>
            {t("customers.bulk.unsubscribe")}
          </Button>
          {chosen.length === 2 && (
            <Button size="sm" onPress={() => onOpen("merge")}>
              {t("customers.bulk.merge")}
            </Button>
          )}
        </>
      )}
      {mayErase && (
        <Button size="sm" danger onPress={() => onOpen("erase")}>
          {t("customers.bulk.erase")}
        </Button>
      )}
    </>
  );
}

/** The file of everybody who fits the filters. */
export function ExportAll({ filter }: { filter: CustomerFilter }) {
  const { t } = useTranslation();
  const { download, isPending } = useDownload();
  return (
    <Button icon="download" isPending={isPending} onPress={() => download(filter)}>
      {t("customers.bulk.exportAll")}
    </Button>
  );
}

function useDownload() {
  const { t } = useTranslation();
  const sentence = useErrorSentence();
  const { mutate, isPending } = useMutation({
    mutationFn: ({ filter, ids }: { filter: CustomerFilter; ids: readonly string[] | undefined }) =>
      downloadCustomers(filter, ids),
    onError: (error) =>
      toast({ tone: "warning", message: `${t("customers.bulk.exportFailed")} ${sentence(error)}` }),
  });
  return {
    isPending,
    download: (filter: CustomerFilter, ids?: readonly string[]) => mutate({ filter, ids }),
  };
}

/** Closes all complaints of some customers. */
export function useCloseComplaints() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const sentence = useErrorSentence();
  return useMutation({
    mutationFn: (ids: string[]) =>
      read(api.api.v1.customers.bulk.$post({ json: { do: "close_complaints", ids } })),
    onSuccess: async ({ n }) => {
      toast({ message: n === 0 ? t("customers.bulk.noneOpen") : t("customers.bulk.closed", { count: n }) });
      await readAgain(slug);
    },
    onError: (error) =>
      toast({ tone: "warning", message: `${t("customers.bulk.failed")} ${sentence(error)}` }),
  });
}

/** Asks once more before addresses go on the list of those that are never asked. */
export function Unsubscribe({
  chosen,
  isOpen,
  onClose,
}: {
  chosen: readonly Pick<ListedCustomer, "id" | "name" | "email" | "externalId">[];
  isOpen: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const sentence = useErrorSentence();
  const change = useMutation({
    mutationFn: () =>
      read(
        api.api.v1.customers.bulk.$post({
          json: { do: "unsubscribe", ids: chosen.map(({ id }) => id) },
        }),
      ),
    onSuccess: async ({ n }) => {
      onClose();
      toast({ message: t("customers.bulk.unsubscribed", { count: n }) });
      await readAgain(slug);
    },
    onError: (error) =>
      toast({ tone: "warning", message: `${t("customers.bulk.failed")} ${sentence(error)}` }),
  });
  const [only] = chosen;
  return (
    <Confirm
      title={t("customers.bulk.unsubscribeTitle", { count: chosen.length })}
      isOpen={isOpen}
      onClose={onClose}
      onConfirm={() => change.mutate()}
      action={t("customers.bulk.unsubscribe")}
      isPending={change.isPending}
    >
      {chosen.length === 1 && only && <p className="strong">{nameOf(only)}</p>}
      <p className="muted">{t("customers.bulk.unsubscribeBody")}</p>
    </Confirm>
  );
}
