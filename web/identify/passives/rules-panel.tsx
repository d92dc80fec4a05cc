import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../../api.ts";
import { useSettled } from "../../collect/editor/use-settled.ts";
import { queries } from "../../queries.ts";
import { useMayDo, useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { ErrorCard, Ghost } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { choices } from "./passive-filter.ts";
import { previewQuery, type RuleChoices, type RulePreview, rulesQuery } from "./passives-data.ts";
import { RuleNorms } from "./rule-norms.tsx";
import { RuleSettings } from "./rule-settings.tsx";

/** The rules of behaviour: which count, with which settings, and how many customers each finds while it is changed. */
export function RulesPanel({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const stored = useQuery({ ...rulesQuery(slug), enabled: isOpen });
  if (!isOpen) return null;
  if (stored.data) return <Panel stored={stored.data} onClose={onClose} />;
  return (
    <Dialog title={t("passives.rules.title")} shape="side" isOpen onClose={onClose}>
      {stored.error ? (
        <ErrorCard error={stored.error} onRetry={() => void stored.refetch()} />
      ) : (
        <Ghost lines={Array.from({ length: 7 }, () => 72)} />
      )}
    </Dialog>
  );
}

function Panel({
  stored: { rules, shipped },
  onClose,
}: {
  stored: { rules: RuleChoices; shipped: RuleChoices };
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayChange = useMayDo("editor");
  const [draft, setDraft] = useState(rules);
  const preview = useQuery(previewQuery(slug, useSettled(draft, 400)));
  const save = useMutation({
    mutationFn: () => read(api.api.v1["passive-rules"].$put({ json: draft })),
    onSuccess: async (saved) => {
      queries.setQueryData(rulesQuery(slug).queryKey, saved);
      toast({ message: t("passives.rules.saved") });
      onClose();
      await queries.invalidateQueries({ queryKey: [slug, "passives"] });
    },
    onError: () => toast({ message: t("passives.rules.saveFailed"), tone: "warning" }),
  });
  const isShipped = JSON.stringify(draft) === JSON.stringify(shipped);
  return (
    <Dialog
      title={t("passives.rules.title")}
      shape="side"
      isOpen
      onClose={onClose}
      foot={
        mayChange && (
          <>
            <Button isDisabled={isShipped} onPress={() => setDraft(shipped)}>
              {t("passives.rules.reset")}
            </Button>
            <Button
              variant="primary"
              isPending={save.isPending}
              isDisabled={JSON.stringify(draft) === JSON.stringify(rules)}
              onPress={() => save.mutate()}
            >
              {t("passives.rules.save")}
            </Button>
          </>
        )
      }
    >
      <div className="pa-rules">
        <p className="muted">
          {t("passives.rules.intro")} {!mayChange && t("passives.rules.readOnly")}
        </p>
        {preview.error ? (
          <ErrorCard
            title={t("passives.rules.previewFailed")}
            error={preview.error}
            onRetry={() => void preview.refetch()}
          />
        ) : (
          <Total preview={preview.data} isBefore={preview.isFetching} />
        )}
        {choices.reason.map((rule) => (
          <RuleSettings
            key={rule}
            rule={rule}
            choices={draft}
            found={preview.data?.rules.find((found) => found.rule === rule)}
            isReadOnly={!mayChange}
            onChange={setDraft}
          />
        ))}
        {preview.data && <RuleNorms norms={preview.data.norms} />}
      </div>
    </Dialog>
  );
}

function Total({ preview, isBefore }: { preview: RulePreview | undefined; isBefore: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const interval = preview?.behavioural.interval;
  return (
    <div className={isBefore ? "pa-total before" : "pa-total"} aria-live="polite" aria-busy={isBefore}>
      <span>{t("passives.rules.total")}</span>
      <b className="big">{preview ? format.count(preview.behavioural.customers) : "–"}</b>
      <span className="faint">
        {preview && t("passives.rules.outOf", { customers: preview.customers })}
        {interval &&
          `, ${t("ui.interval", { low: format.count(interval[0]), high: format.count(interval[1]) })}`}
      </span>
      {interval && <p className="note">{t("passives.rules.sampled", { lookedAt: preview.lookedAt })}</p>}
    </div>
  );
}
