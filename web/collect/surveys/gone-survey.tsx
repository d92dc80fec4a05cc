import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";

/** Where a survey was, on its page and in its editor. */
export function GoneSurvey() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  return (
    <EmptyState
      icon="send"
      roomy
      title={t("surveys.one.goneTitle")}
      action={<ButtonLink href={`/${slug}/surveys`}>{t("surveys.one.goneAction")}</ButtonLink>}
    >
      {t("surveys.one.goneBody")}
    </EmptyState>
  );
}
