import { useTranslation } from "react-i18next";
import { useMayDo, useWorkspace } from "../../session.ts";
import { IconButton } from "../../ui/button.tsx";
import { Menu, type MenuLine } from "../../ui/menu.tsx";
import type { SurveyState } from "./survey-data.ts";
import { useSurveyActions } from "./use-survey-actions.ts";

/** What can be done with a survey, behind three dots. */
export function SurveyMenu({
  survey,
  isOpen = false,
}: {
  survey: { id: string; name: string; state: SurveyState };
  /** The survey's own page is open, so nothing leads there. */
  isOpen?: boolean;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  const { changeState, remove } = useSurveyActions();
  const { id, state } = survey;
  const address = `/${slug}/surveys/${id}`;
  const see: MenuLine[] = [
    { id: "open", label: t("surveys.actions.open"), icon: "trend", href: address },
    { id: "edit", label: t("surveys.actions.edit"), icon: "settings", href: `${address}/edit` },
  ];
  const copy: MenuLine = {
    id: "copy",
    label: t("surveys.actions.copy"),
    icon: "copy",
    href: `/${slug}/surveys?copy=${id}`,
  };
  const archive: MenuLine = {
    id: "archive",
    label: t("surveys.actions.archive"),
    icon: "inbox",
    onAction: () => changeState(survey, "archived"),
  };
  const states: Record<SurveyState, MenuLine[]> = {
    draft: [
      {
        id: "remove",
        label: t("surveys.actions.remove"),
        icon: "trash",
        danger: true,
        onAction: () => remove(survey),
      },
    ],
    live: [
      {
        id: "pause",
        label: t("surveys.actions.pause"),
        icon: "clock",
        onAction: () => changeState(survey, "paused"),
      },
      archive,
    ],
    paused: [
      {
        id: "resume",
        label: t("surveys.actions.resume"),
        icon: "tryIt",
        onAction: () => changeState(survey, "live"),
      },
      archive,
    ],
    archived: [
      {
        id: "restore",
        label: t("surveys.actions.restore"),
        icon: "undo",
        onAction: () => changeState(survey, "paused"),
      },
    ],
  };
  const sections = [
    ...(isOpen ? [] : [{ lines: mayEdit ? see : see.slice(0, 1) }]),
    ...(mayEdit ? [{ lines: [copy, ...states[state]] }] : []),
  ];
  if (sections.length === 0) return null;
  const label = t("surveys.list.actionsOf", { name: survey.name });
  return (
    <Menu
      label={label}
      placement="bottom end"
      trigger={<IconButton icon="more" label={label} />}
      sections={sections}
    />
  );
}
