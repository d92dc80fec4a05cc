import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { ButtonLink } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/states.tsx";

/** Where a play was, on its page and in its editor. */
export function GonePlay() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  return (
    <EmptyState
      icon="branch"
      roomy
      title={t("plays.page.goneTitle")}
      action={<ButtonLink href={`/${slug}/plays`}>{t("plays.page.goneAction")}</ButtonLink>}
    >
      {t("plays.page.goneBody")}
    </EmptyState>
  );
}
