import { useTranslation } from "react-i18next";
import { PageHeader } from "../ui/card.tsx";

/** The page behind this name in `routes.tsx`. */
export function Responses() {
  const { t } = useTranslation();
  return <PageHeader title={t("responses.title")} />;
}
