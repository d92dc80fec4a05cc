import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { forgetDraft } from "../../collect/editor/kept-draft.ts";
import { useMayDo, useWorkspace } from "../../session.ts";
import { IconButton } from "../../ui/button.tsx";
import { Confirm } from "../../ui/dialog.tsx";
import { FormError } from "../../ui/form.tsx";
import { Menu, type MenuLine } from "../../ui/menu.tsx";
import { toast } from "../../ui/toast.tsx";
import { deletePlay, forgetPlays, type PlayDetails } from "./plays-data.ts";
import { usePlayActions } from "./use-play-actions.ts";

type Shown = Pick<PlayDetails, "id" | "name" | "state">;

/** What can be done with a play, behind three dots. */
export function PlayMenu({
  play,
  onChanged,
  isInEditor = false,
}: {
  play: Shown;
  onChanged?: (play: PlayDetails) => void;
  /** The editor is open, so nothing leads there. */
  isInEditor?: boolean;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  const [asking, setAsking] = useState<"end" | "delete">();
  const change = usePlayActions(play, onChanged);
  const { id, name, state } = play;
  const label = t("plays.menu.label", { name });
  const end: MenuLine = {
    id: "end",
    label: t("plays.menu.end"),
    icon: "signOut",
    danger: true,
    onAction: () => setAsking("end"),
  };
  const pause: MenuLine = {
    id: "pause",
    label: t("plays.menu.pause"),
    icon: "pause",
    onAction: () => change.mutate("paused"),
  };
  const resume: MenuLine = {
    id: "resume",
    label: t("plays.menu.resume"),
    icon: "tryIt",
    onAction: () => change.mutate("live"),
  };
  const close: MenuLine = {
    id: "close",
    label: t("plays.menu.close"),
    icon: "close",
    onAction: () => change.mutate("closed"),
  };
  const lines: Record<Shown["state"], MenuLine[]> = {
    draft: [
      {
        id: "delete",
        label: t("plays.menu.delete"),
        icon: "trash",
        danger: true,
        onAction: () => setAsking("delete"),
      },
    ],
    live: [pause, close, end],
    paused: [resume, close, end],
    closed: [resume, pause, end],
    ended: [],
  };
  const see: MenuLine[] = [
    { id: "open", label: t("plays.menu.open"), icon: "trend", href: `/${slug}/plays/${id}` },
    ...(isInEditor || state === "ended"
      ? []
      : [
          {
            id: "edit",
            label: t(mayEdit ? "plays.menu.edit" : "plays.menu.look"),
            icon: "settings" as const,
            href: `/${slug}/plays/${id}/edit`,
          },
        ]),
  ];
  return (
    <>
      <Menu
        label={label}
        placement="bottom end"
        trigger={<IconButton icon="more" label={label} />}
        sections={[{ lines: see }, ...(mayEdit && lines[state].length > 0 ? [{ lines: lines[state] }] : [])]}
      />
      {asking === "end" && (
        <Confirm
          title={t("plays.menu.endTitle", { name })}
          isOpen
          onClose={() => setAsking(undefined)}
          action={t("plays.menu.end")}
          isPending={change.isPending}
          onConfirm={() => change.mutate("ended", { onSettled: () => setAsking(undefined) })}
        >
          <p>{t("plays.menu.endBody")}</p>
        </Confirm>
      )}
      {asking === "delete" && <DeleteDraft play={play} onClose={() => setAsking(undefined)} />}
    </>
  );
}

function DeleteDraft({ play: { id, name }, onClose }: { play: Shown; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const navigate = useNavigate();
  const remove = useMutation({
    mutationFn: () => deletePlay(id),
    onSuccess: async () => {
      forgetDraft(id);
      forgetPlays(slug);
      toast({ message: t("plays.menu.deleted", { name }) });
      onClose();
      await navigate({ href: `/${slug}/plays` });
    },
  });
  return (
    <Confirm
      title={t("plays.menu.deleteTitle", { name })}
      isOpen
      onClose={onClose}
      action={t("plays.menu.delete")}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      <p>{t("plays.menu.deleteBody")}</p>
      <FormError error={remove.error} />
    </Confirm>
  );
}
