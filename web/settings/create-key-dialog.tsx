import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { CheckboxGroup, Label } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { problemOf } from "../accounts/problems.ts";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { Secret } from "./secret.tsx";

/** What a key may do, and the words for it. */
export const scopeWords = {
  "responses:write": "responsesWrite",
  "responses:read": "responsesRead",
  "score:read": "scoreRead",
  "imports:write": "importsWrite",
  "customers:read": "customersRead",
  "customers:write": "customersWrite",
  "customers:erase": "customersErase",
  "surveys:read": "surveysRead",
  "surveys:write": "surveysWrite",
  "segments:read": "segmentsRead",
  "segments:write": "segmentsWrite",
  "passives:read": "passivesRead",
  "passives:write": "passivesWrite",
  "webhooks:write": "webhooksWrite",
  "cases:read": "casesRead",
  "cases:write": "casesWrite",
  "results:read": "resultsRead",
  "plays:read": "playsRead",
  "plays:write": "playsWrite",
  "content:read": "contentRead",
  "content:write": "contentWrite",
  "codes:read": "codesRead",
  "codes:write": "codesWrite",
} as const;

/** What a key may do. */
export type Scope = keyof typeof scopeWords;

/** Creates a key and shows it, once. */
export function CreateKeyDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const [scopes, setScopes] = useState<Scope[]>(["responses:write"]);
  const create = useMutation({
    mutationFn: ({ name = "" }: Record<string, string>) =>
      read(api.api.v1["api-keys"].$post({ json: { name, scopes } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, "api-keys"] }),
  });
  const leave = () => {
    create.reset();
    onClose();
  };
  if (create.data) {
    return (
      <Dialog
        title={t("settings.keys.shownTitle")}
        isOpen={isOpen}
        onClose={leave}
        foot={
          <Button variant="primary" onPress={leave}>
            {t("settings.keys.done")}
          </Button>
        }
      >
        <p className="muted">{t("settings.keys.shownBody")}</p>
        <Secret text={create.data.key} action={t("settings.keys.copyKey")} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t("settings.keys.create")} isOpen={isOpen} onClose={leave}>
      <Form onSubmit={(values) => scopes.length > 0 && create.mutate(values)}>
        <TextField
          name="name"
          label={t("settings.keys.name")}
          hint={t("settings.keys.nameHint")}
          error={problemOf(create.error, "name")}
          autoComplete="off"
          isRequired
          autoFocus
        />
        <CheckboxGroup className="field" value={scopes} onChange={(scopes) => setScopes(scopes as Scope[])}>
          <Label className="lab">{t("settings.keys.scopes")}</Label>
          <div className="checks">
            {(Object.keys(scopeWords) as Scope[]).map((scope) => (
              <Checkbox key={scope} value={scope} detail={<span className="mono">{scope}</span>}>
                {t(`settings.keys.scopeNames.${scopeWords[scope]}`)}
              </Checkbox>
            ))}
          </div>
          {scopes.length === 0 && (
            <span className="field-error" role="alert">
              {t("settings.keys.scopeMissing")}
            </span>
          )}
        </CheckboxGroup>
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
