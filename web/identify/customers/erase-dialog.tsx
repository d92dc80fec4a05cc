import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../../api.ts";
import { useWorkspace } from "../../session.ts";
import { Checkbox } from "../../ui/choice.tsx";
import { Confirm } from "../../ui/dialog.tsx";
import { ProgressBar } from "../../ui/marks.tsx";
import { ErrorCard } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { type ListedCustomer, nameOf, readAgain } from "./customers-data.ts";

/** So many at a time, so that it is seen to go on. */
const portion = 20;

/** Asks before customers are erased, for there is no way back; says how far it is. */
export function EraseDialog({
  customers,
  onClose,
  onDone,
}: {
  customers: readonly Pick<ListedCustomer, "id" | "name" | "email" | "externalId">[];
  onClose: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const [isSure, setSure] = useState(false);
  const [done, setDone] = useState(0);
  const count = customers.length;
  const erase = useMutation({
    mutationFn: async () => {
      for (let i = 0; i < count; i += portion) {
        const ids = customers.slice(i, i + portion).map(({ id }) => id);
        await read(api.api.v1.customers.erase.$post({ json: { ids } }));
        setDone(i + ids.length);
      }
    },
    onSuccess: () => {
      onDone();
      onClose();
      toast({ message: t("customers.erase.done", { count }) });
    },
    // Some may be gone even where it failed in the middle.
    onSettled: () => readAgain(slug),
  });
  const [only] = customers;
  const title =
    count === 1 && only
      ? t("customers.erase.title", { name: nameOf(only) ?? t("customers.anonymous") })
      : t("customers.erase.titleMany", { count });
  return (
    <Confirm
      title={title}
      isOpen
      onClose={onClose}
      onConfirm={() => erase.mutate()}
      action={t("customers.erase.action")}
      isPending={erase.isPending}
      isReady={isSure}
    >
      <div className="form">
        <p className="muted">{t("customers.erase.body")}</p>
        <Checkbox isSelected={isSure} onChange={setSure} isDisabled={erase.isPending}>
          {t("customers.erase.confirm")}
        </Checkbox>
        {erase.isPending && count > portion && (
          <ProgressBar
            quiet
            label={title}
            value={done}
            max={count}
            detail={t("customers.erase.goingOn", { done, count })}
          />
        )}
        {erase.error && <ErrorCard title={t("customers.erase.failed")} error={erase.error} />}
      </div>
    </Confirm>
  );
}
