import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormError } from "../../ui/form.tsx";
import { ErrorCard, Ghost } from "../../ui/states.tsx";
import { createPlay, forgetPlays, type PlayTemplate, templatesQuery } from "./plays-data.ts";
import { TemplateChoice } from "./template-choice.tsx";

const groups = [
  "passives",
  "detractors",
  "promoters",
  "all",
] as const satisfies readonly PlayTemplate["group"][];

/** What a new play begins with: one that is written out, or nothing. */
export function NewPlayDialog({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const templates = useQuery(templatesQuery(i18n.language));
  const [chosen, setChosen] = useState<string>("");
  const create = useCreate(onClose);
  const make = () => create.mutate({ language: i18n.language, ...(chosen && { template: chosen }) });
  return (
    <Dialog
      title={t("plays.create.title")}
      shape="wide"
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button variant="primary" isPending={create.isPending} onPress={make}>
            {t(chosen === "" ? "plays.create.empty" : "plays.create.use")}
          </Button>
        </>
      }
    >
      <div className="pl-new">
        <p className="muted">{t("plays.create.lead")}</p>
        {templates.error ? (
          <ErrorCard
            title={t("plays.create.error")}
            error={templates.error}
            onRetry={() => void templates.refetch()}
          />
        ) : templates.data ? (
          <TemplateChoice
            groups={groups.map((group) => ({
              id: group,
              templates: templates.data.filter((template) => template.group === group),
            }))}
            value={chosen}
            onChange={setChosen}
          />
        ) : (
          <Ghost lines={[60, 60, 60]} />
        )}
        <FormError error={create.error} />
      </div>
    </Dialog>
  );
}

function useCreate(onClose: () => void) {
  const router = useRouter();
  const { slug } = useWorkspace();
  return useMutation({
    mutationFn: createPlay,
    onSuccess: async ({ id }) => {
      forgetPlays(slug);
      onClose();
      await router.navigate({ href: `/${slug}/plays/${id}/edit` });
    },
  });
}
