import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../accounts/problems.ts";
import { api, read } from "../../api.ts";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { Form, FormError } from "../../ui/form.tsx";
import { toast } from "../../ui/toast.tsx";

/** Puts an address on the list: somebody said on the phone that they want no mail. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const cache = useQueryClient();
  const add = useMutation({
    mutationFn: (email: string) =>
      read(api.api.v1.suppressions.$post({ json: { email, reason: "unsubscribed" } })),
    onSuccess: async (_, email) => {
      toast({ message: t("suppressions.add.done", { address: email }) });
      onClose();
      await Promise.all(
        ["suppressions", "invitations", "surveys"].map((name) =>
          cache.invalidateQueries({ queryKey: [slug, name] }),
        ),
      );
    },
  });
  return (
    <Dialog title={t("suppressions.add.title")} isOpen onClose={onClose}>
      <Form onSubmit={({ email = "" }) => add.mutate(email.trim())}>
        <TextField
          name="email"
          type="email"
          label={t("suppressions.add.email")}
          hint={t("suppressions.add.hint")}
          error={problemOf(add.error, "email")}
          autoComplete="off"
          isRequired
          autoFocus
        />
        {!problemOf(add.error, "email") && <FormError error={add.error} />}
        <div className="form-foot">
          <Button variant="primary" type="submit" isPending={add.isPending}>
            {t("suppressions.add.submit")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
