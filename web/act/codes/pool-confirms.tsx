import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { queries } from "../../queries.ts";
import { useWorkspace } from "../../session.ts";
import { Confirm } from "../../ui/dialog.tsx";
import { FormError } from "../../ui/form.tsx";
import { useFormat } from "../../ui/format.ts";
import { toast } from "../../ui/toast.tsx";
import { type CodePool, deletePool, withdrawRest } from "./codes-data.ts";

interface Asked {
  pool: CodePool;
  onClose: () => void;
}

/** Asks before the codes that nobody has are withdrawn. */
export function WithdrawRest({ pool: { id, name }, onClose }: Asked) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat();
  const withdraw = useMutation({
    mutationFn: () => withdrawRest(id),
    onSuccess: async (count) => {
      onClose();
      await queries.invalidateQueries({ queryKey: [slug, "code-pools"] });
      toast({ message: t("codes.withdraw.done", { count, written: format.count(count) }) });
    },
  });
  return (
    <Confirm
      title={t("codes.withdraw.title", { name })}
      isOpen
      onClose={onClose}
      action={t("codes.withdraw.action")}
      isPending={withdraw.isPending}
      onConfirm={() => withdraw.mutate()}
    >
      <p className="muted">{t("codes.withdraw.body")}</p>
      <FormError error={withdraw.error} />
    </Confirm>
  );
}

/** Asks before a pool is deleted. */
export function DeletePool({ pool: { id, name }, onClose }: Asked) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const remove = useMutation({
    mutationFn: () => deletePool(id),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: [slug, "code-pools"] });
      toast({ message: t("codes.remove.done", { name }) });
    },
  });
  return (
    <Confirm
      title={t("codes.remove.title", { name })}
      isOpen
      onClose={onClose}
      action={t("codes.remove.action")}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      <p className="muted">{t("codes.remove.body")}</p>
      <FormError error={remove.error} />
    </Confirm>
  );
}
