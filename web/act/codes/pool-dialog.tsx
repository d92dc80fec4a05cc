import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { isShownAtFields, problemOf } from "../../accounts/problems.ts";
import { queries } from "../../queries.ts";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { Form, FormError } from "../../ui/form.tsx";
import { toast } from "../../ui/toast.tsx";
import { dayOf, momentOf } from "../days.ts";
import { type CodePool, savePool } from "./codes-data.ts";

const fields = ["name", "worth", "amount", "currency", "lowStock"];

/** Makes a pool, or changes what is said of one. */
export function PoolDialog({ pool, onClose }: { pool: CodePool | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const save = useMutation({
    mutationFn: (values: Record<string, string>) =>
      savePool(pool?.id, {
        name: values["name"] ?? "",
        worth: values["worth"]?.trim() ?? "",
        amount: numberIn(values["amount"]),
        currency: values["currency"]?.trim().toUpperCase() || null,
        lowStock: numberIn(values["lowStock"]) ?? 0,
        expiresAt: momentOf(values["expires"], { after: true }),
      }),
    onSuccess: async ({ name }) => {
      onClose();
      await queries.invalidateQueries({ queryKey: [slug, "code-pools"] });
      toast({ message: t("codes.form.saved", { name }) });
    },
  });
  return (
    <Dialog title={t(pool ? "codes.form.edit" : "codes.form.new")} isOpen onClose={onClose}>
      <Form onSubmit={(values) => save.mutate(values)}>
        <TextField
          name="name"
          label={t("codes.form.name")}
          hint={t("codes.form.nameHint")}
          defaultValue={pool?.name ?? ""}
          error={problemOf(save.error, "name")}
          autoComplete="off"
          isRequired
          autoFocus
        />
        <TextField
          name="worth"
          label={t("codes.form.worth")}
          hint={t("codes.form.worthHint")}
          defaultValue={pool?.worth ?? ""}
          error={problemOf(save.error, "worth")}
          autoComplete="off"
        />
        <div className="cd-pair">
          <TextField
            name="amount"
            label={t("codes.form.amount")}
            hint={t("codes.form.amountHint")}
            defaultValue={pool?.amount?.toString() ?? ""}
            error={problemOf(save.error, "amount")}
            inputMode="decimal"
            pattern="\d+([.,]\d+)?"
          />
          <TextField
            name="currency"
            label={t("codes.form.currency")}
            hint={t("codes.form.currencyHint")}
            defaultValue={pool?.currency ?? ""}
            error={problemOf(save.error, "currency")}
            maxLength={3}
          />
        </div>
        <TextField
          name="lowStock"
          label={t("codes.form.lowStock")}
          hint={t("codes.form.lowStockHint")}
          defaultValue={String(pool?.lowStock ?? 20)}
          error={problemOf(save.error, "lowStock")}
          inputMode="numeric"
          pattern="\d+"
        />
        <TextField
          name="expires"
          type="date"
          label={t("codes.form.expires")}
          hint={t("codes.form.expiresHint")}
          defaultValue={dayOf(pool?.expiresAt ?? null, { before: true }) ?? ""}
        />
        {!isShownAtFields(save.error, fields) && <FormError error={save.error} />}
        <div className="form-foot">
          <Button variant="primary" type="submit" isPending={save.isPending}>
            {t("codes.form.save")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

function numberIn(text: string | undefined): number | null {
  const written = text?.trim().replace(",", ".") ?? "";
  return written === "" ? null : Number(written);
}
