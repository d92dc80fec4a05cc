import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";

/** What is known of a customer, as the reader writes numbers, days, yes and no. */
export function TraitValue({ value }: { value: string | number | boolean | null }) {
  const { t } = useTranslation();
  const { locale, shortDate } = useFormat();
  if (value === null || value === "") return <span className="faint">{t("customers.facts.nothing")}</span>;
  if (typeof value === "boolean") return t(value ? "customers.facts.yes" : "customers.facts.no");
  if (typeof value === "number")
    return new Intl.NumberFormat(locale, { maximumFractionDigits: 3 }).format(value);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
  return isDay ? shortDate(value) : <span translate="no">{value}</span>;
}
