import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../accounts/problems.ts";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { RadioGroup } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { Secret } from "./secret.tsx";

const kinds = ["server", "page"] as const;
type Kind = (typeof kinds)[number];

/** Creates a write key and shows it, with the lines that use it. */
export function CreateWriteKeyDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const [kind, setKind] = useState<Kind>("server");
  const create = useMutation({
    mutationFn: ({ name = "" }: Record<string, string>) =>
      read(api.api.v1["write-keys"].$post({ json: { name, trusted: kind === "server" } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, "write-keys"] }),
  });
  const leave = () => {
    create.reset();
    onClose();
  };
  if (create.data) {
    const { key } = create.data;
    return (
      <Dialog
        title={t(kind === "server" ? "settings.keys.shownTitle" : "settings.writeKeys.madeTitle")}
        isOpen={isOpen}
        onClose={leave}
        foot={
          <Button variant="primary" onPress={leave}>
            {t(kind === "server" ? "settings.keys.done" : "settings.writeKeys.close")}
          </Button>
        }
      >
        <p className="muted">
          {t(kind === "server" ? "settings.keys.shownBody" : "settings.writeKeys.madeBody")}
        </p>
        <Secret text={key} action={t("settings.keys.copyKey")} />
        <p className="muted">{t("settings.writeKeys.snippet")}</p>
        <Secret text={snippets[kind](location.origin, key)} action={t("settings.writeKeys.copyLines")} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t("settings.writeKeys.create")} isOpen={isOpen} onClose={leave}>
      <Form onSubmit={(values) => create.mutate(values)}>
        <TextField
          name="name"
          label={t("settings.keys.name")}
          hint={t("settings.writeKeys.nameHint")}
          error={problemOf(create.error, "name")}
          autoComplete="off"
          isRequired
          autoFocus
        />
        <RadioGroup
          label={t("settings.writeKeys.kind")}
          value={kind}
          onChange={setKind}
          options={kinds.map((id) => ({
            id,
            label: t(`settings.writeKeys.${id}`),
            detail: t(`settings.writeKeys.${id}Detail`),
          }))}
        />
        {!problemOf(create.error, "name") && <FormError error={create.error} />}
        <div className="form-foot">
          <Button variant="primary" type="submit" isPending={create.isPending}>
            {t("settings.keys.submit")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

// As the clients' own guides have it, but for the host.
const snippets: Record<Kind, (host: string, key: string) => string> = {
  server: (host, key) =>
    `import { Analytics } from "@segment/analytics-node";\nconst analytics = new Analytics({ writeKey: "${key}", host: "${host}" });`,
  page: (host, key) =>
    `import { AnalyticsBrowser } from "@segment/analytics-next";\nconst analytics = AnalyticsBrowser.load({ writeKey: "${key}", cdnURL: "${host}" });`,
};
