import { useTranslation } from "react-i18next";
import { useMayDo, useWorkspace } from "../session.ts";
import { ButtonLink } from "../ui/button.tsx";

/** The first step where there are no answers yet; to those who can only look, who can take it. */
export function ImportOffer() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayImport = useMayDo("editor");
  if (!mayImport) return <p>{t("imports.offer.viewer")}</p>;
  return (
    <ButtonLink variant="primary" href={`/${slug}/import`}>
      {t("imports.offer.action")}
    </ButtonLink>
  );
}
