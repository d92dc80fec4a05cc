import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { IconButton } from "../../ui/button.tsx";
import { Confirm } from "../../ui/dialog.tsx";
import { FormError } from "../../ui/form.tsx";
import { Menu, type MenuLine } from "../../ui/menu.tsx";
import { useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { changeState, deleteSurvey, forgetLists, type SurveyDetails } from "./editor-data.ts";
import { forgetDraft } from "./kept-draft.ts";
import type { DraftState } from "./use-draft.ts";

type Settable = "live" | "paused" | "archived";

/** Pause, resume, archive, drop the changes, delete a draft; each can be taken back, except deleting. */
export function StateMenu({ state }: { state: DraftState }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { survey } = state;
  const [isDeleting, setDeleting] = useState(false);
  const sentence = useErrorSentence();
  const set = useMutation({
    mutationFn: (to: Settable) => changeState(survey.id, to),
    onSuccess: (changed, to) => {
      state.accept(changed);
      const before = survey.state;
      toast({
        message: t(`editor.state.done.${to}`, { name: survey.name }),
        ...(before !== "draft" &&
          before !== "archived" &&
          to !== "archived" && { undo: () => set.mutate(before) }),
      });
    },
    onError: (error) => toast({ message: sentence(error), tone: "warning" }),
  });
  const { published } = survey;
  const drop = () => {
    if (!published) return;
    const before = state.draft;
    state.change((draft) => ({ ...draft, content: published.content, settings: published.settings }));
    toast({ message: t("editor.state.dropped"), undo: () => state.change(() => before) });
  };
  const line = (to: Settable, key: "pause" | "resume" | "archive" | "restore"): MenuLine => ({
    id: key,
    label: t(`editor.state.${key}`),
    onAction: () => set.mutate(to),
  });
  const lines = {
    draft: [
      { id: "delete", label: t("editor.state.delete"), danger: true, onAction: () => setDeleting(true) },
    ],
    live: [line("paused", "pause"), line("archived", "archive")],
    paused: [line("live", "resume"), line("archived", "archive")],
    archived: [line("paused", "restore")],
  }[survey.state];
  return (
    <>
      <Menu
        label={t("editor.state.menu")}
        placement="bottom end"
        trigger={<IconButton icon="more" label={t("editor.state.menu")} />}
        sections={[
          {
            lines: [
              { id: "results", label: t("editor.state.results"), href: `/${slug}/surveys/${survey.id}` },
            ],
          },
          ...(published && survey.changed
            ? [{ lines: [{ id: "drop", label: t("editor.state.drop"), onAction: drop }] }]
            : []),
          { lines },
        ]}
      />
      {isDeleting && <DeleteDraft survey={survey} onClose={() => setDeleting(false)} />}
    </>
  );
}

function DeleteDraft({ survey, onClose }: { survey: SurveyDetails; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deleteSurvey(survey.id),
    onSuccess: async () => {
      forgetDraft(survey.id);
      forgetLists(slug);
      toast({ message: t("editor.state.deleted", { name: survey.name }) });
      await navigate({ href: `/${slug}/surveys` });
    },
  });
  return (
    <Confirm
      title={t("editor.state.deleteTitle", { name: survey.name })}
      isOpen
      onClose={onClose}
      action={t("editor.state.delete")}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      <p>{t("editor.state.deleteBody")}</p>
      <FormError error={remove.error} />
    </Confirm>
  );
}
