import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { ownTimeZone } from "../accounts/person.ts";
import { problemOf } from "../accounts/problems.ts";
import { api, read } from "../api.ts";
import { refreshSession } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";

/** Makes another workspace, owned by whoever makes it, and goes there. */
export function NewWorkspaceDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const make = useMutation({
    mutationFn: ({ name = "" }: Record<string, string>) =>
      read(api.api.v1.workspaces.$post({ json: { name, timeZone: ownTimeZone() } })),
    onSuccess: async ({ slug }) => {
      await refreshSession();
      onClose();
      await navigate({ href: `/${slug}/overview` });
    },
  });
  return (
    <Dialog title={t("shell.newWorkspace.title")} isOpen={isOpen} onClose={onClose}>
      <Form onSubmit={(values) => make.mutate(values)}>
        <TextField
          name="name"
          label={t("accounts.firstRun.own.workspaceName")}
          hint={t("accounts.firstRun.own.workspaceHint")}
          error={problemOf(make.error, "name")}
          autoComplete="organization"
          isRequired
          autoFocus
        />
        {!problemOf(make.error, "name") && <FormError error={make.error} />}
        <div className="form-foot">
          <Button variant="primary" type="submit" isPending={make.isPending}>
            {t("shell.newWorkspace.submit")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
