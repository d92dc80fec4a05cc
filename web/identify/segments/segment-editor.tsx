import { useQuery, useQueryClient, useMutation } from "@tanstack/react-query";
import { useBlocker, useParams, useRouter, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayDo, useWorkspace } from "../../session.ts";
import { useCommandKey } from "../../shell/command-key.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { Card, PageHeader, PendingPage } from "../../ui/card.tsx";
import { Confirm } from "../../ui/dialog.tsx";
import { FormError } from "../../ui/form.tsx";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { freshCondition, isComplete } from "./condition-forms.ts";
import { useDescribe } from "./describe.ts";
import { filterOf, type Group, groupOf, newGroup, newRow, rowsOf } from "./filter-model.ts";
import { GroupBox } from "./group-box.tsx";
import { LookupsContext, useReadLookups } from "./lookups.ts";
import { MembersCard } from "./members-card.tsx";
import { SegmentMenu } from "./segment-menu.tsx";
import { saveSegment, type Segment, segmentsQuery } from "./segments-data.ts";
import { type Start, starts } from "./starts.ts";
import { useSaveKey } from "./use-save-key.ts";
import "./segments.css";

/** One segment, known or new: who is in it, in words, with their number while they are written. */
export function SegmentEditor() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { segment: id } = useParams({ strict: false });
  const search: Partial<Record<string, string>> = useSearch({ strict: false });
  const { data, error, refetch } = useQuery(segmentsQuery(slug));
  const isNew = id === "new";
  const known = data?.find((segment) => segment.id === (isNew ? search["copy"] : id));
  if (!data) {
    return (
      <PendingPage title={t("segments.title")} href={`/${slug}/segments`}>
        {error ? (
          <ErrorCard title={t("segments.error")} error={error} onRetry={() => void refetch()} />
        ) : (
          <Ghost lines={[36, 120, 36]} />
        )}
      </PendingPage>
    );
  }
  if (!isNew && !known) {
    return (
      <PendingPage title={t("segments.title")} href={`/${slug}/segments`}>
        <EmptyState
          icon="filter"
          roomy
          title={t("segments.editor.goneTitle")}
          action={<ButtonLink href={`/${slug}/segments`}>{t("segments.editor.goneAction")}</ButtonLink>}
        >
          {t("segments.editor.goneBody")}
        </EmptyState>
      </PendingPage>
    );
  }
  const start =
    search["from"] !== undefined && search["from"] in starts ? (search["from"] as Start) : undefined;
  return (
    <Editing
      // Another segment is another draft.
      key={isNew ? `new ${search["copy"] ?? ""} ${start ?? ""}` : id}
      segment={isNew ? undefined : known}
      begin={
        isNew
          ? {
              name: start ? t(`segments.starts.${start}`) : "",
              group: known
                ? groupOf(known.filter)
                : start
                  ? groupOf(starts[start])
                  : newGroup("all", [newRow(freshCondition("answer_category"))]),
            }
          : { name: known!.name, group: groupOf(known!.filter) }
      }
    />
  );
}

interface Draft {
  name: string;
  group: Group;
}

function Editing({ segment, begin }: { segment: Segment | undefined; begin: Draft }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  const router = useRouter();
  const [draft, setDraft] = useState(begin);
  const lookups = useReadLookups(segment?.id);
  const filter = useMemo(() => filterOf(draft.group), [draft.group]);
  const isWhole = rowsOf(draft.group).every(({ condition }) => isComplete(condition));
  const saving = useSaving(segment, draft, isWhole);
  const saveKey = useCommandKey("↵");
  const describe = useDescribe();
  useSaveKey(saving.save, mayEdit);
  const names = segment?.usedBy.map(({ name }) => name).join(", ");
  const title = segment?.name ?? t("segments.editor.new");
  return (
    <LookupsContext value={lookups}>
      <PageHeader
        title={mayEdit ? <Name name={draft.name} onChange={(name) => setDraft({ ...draft, name })} /> : title}
        crumbs={[{ label: t("segments.title"), href: `/${slug}/segments` }, { label: title }]}
        actions={
          mayEdit && (
            <>
              <span className="faint small nowrap" role="status">
                {t(saving.isDirty ? "segments.editor.unsaved" : "segments.editor.allSaved")}
              </span>
              <Button
                variant="primary"
                shortcut={saveKey}
                isPending={saving.isPending}
                isDisabled={!saving.isDirty || !isWhole}
                onPress={saving.save}
              >
                {t("segments.editor.save")}
              </Button>
              {segment && (
                <SegmentMenu
                  segment={segment}
                  isOpen
                  onRemoved={() => void router.navigate({ href: `/${slug}/segments`, ignoreBlocker: true })}
                />
              )}
            </>
          )
        }
      >
        {t(mayEdit ? "segments.editor.lead" : "segments.editor.viewer")}
      </PageHeader>
      <div className="sg-editor">
        <Card title={t("segments.editor.who")}>
          {mayEdit ? (
            <GroupBox group={draft.group} onChange={(group) => setDraft({ ...draft, group })} />
          ) : (
            <p className="claim sg-said">{describe(filter)}</p>
          )}
          {saving.isDirty && names && <p className="note sg-live">{t("segments.editor.live", { names })}</p>}
          <FormError error={saving.error} />
        </Card>
        <MembersCard filter={filter} isComplete={isWhole} segment={segment?.id} />
      </div>
      <Confirm
        title={t("segments.editor.leaveTitle")}
        isOpen={saving.isLeaving}
        onClose={saving.stay}
        onConfirm={saving.leave}
        action={t("segments.editor.leave")}
      >
        <p>{t("segments.editor.leaveBody")}</p>
      </Confirm>
    </LookupsContext>
  );
}

function Name({ name, onChange }: { name: string; onChange: (name: string) => void }) {
  const { t } = useTranslation();
  return (
    <input
      className="sg-title"
      aria-label={t("segments.editor.name")}
      placeholder={t("segments.editor.namePlaceholder")}
      value={name}
      maxLength={100}
      autoFocus={name === ""}
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) =>
        event.key === "Enter" && !event.metaKey && !event.ctrlKey && event.currentTarget.blur()
      }
    />
  );
}

/** Saving, and asking before what was not saved is left. */
function useSaving(segment: Segment | undefined, draft: Draft, isWhole: boolean) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const router = useRouter();
  const cache = useQueryClient();
  const now = JSON.stringify([draft.name.trim(), filterOf(draft.group)]);
  const [saved, setSaved] = useState(segment ? now : "");
  const [begun] = useState(now);
  const isDirty = now !== saved;
  // A new one can be saved as it is, but nothing is lost before something is changed.
  const isLost = isDirty && (saved !== "" || now !== begun);
  const save = useMutation({
    mutationFn: () => {
      const name = draft.name.trim();
      if (name === "") throw new Error(t("segments.editor.nameMissing"));
      return saveSegment(segment?.id, { name, filter: filterOf(draft.group) });
    },
    onSuccess: async (made) => {
      setSaved(now);
      toast({ message: t("segments.editor.saved", { name: made.name }) });
      await cache.invalidateQueries({ queryKey: [slug, "segments"] });
      if (!segment)
        void router.navigate({ href: `/${slug}/segments/${made.id}`, replace: true, ignoreBlocker: true });
    },
  });
  const leaving = useBlocker({
    shouldBlockFn: () => isLost && !save.isPending,
    enableBeforeUnload: () => isLost,
    withResolver: true,
  });
  return {
    isDirty,
    isPending: save.isPending,
    error: save.error,
    save: () => {
      if (isDirty && isWhole && !save.isPending) save.mutate();
    },
    isLeaving: leaving.status === "blocked",
    stay: () => leaving.reset?.(),
    leave: () => leaving.proceed?.(),
  };
}
