import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/format.ts";
import { isListImported, type Import } from "./imports-data.ts";

/** What has become of the rows of an import. */
export function ImportCounts({ one }: { one: Import }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const isList = isListImported(one);
  const counts = [
    [isList ? "customers" : "stored", one.rowsStored],
    ["known", one.rowsKnown],
    ...(isList ? [] : [["unanswered", one.rowsUnanswered] as const]),
    ["failed", one.rowsFailed],
    ["read", one.rowsRead],
  ] as const;
  return (
    <dl className="im-counts">
      {counts.map(([name, n]) => (
        <div key={name} className={name === "customers" ? "stored" : name}>
          <dt>{t(`imports.counts.${name}`)}</dt>
          <dd>{count(n)}</dd>
        </div>
      ))}
    </dl>
  );
}
