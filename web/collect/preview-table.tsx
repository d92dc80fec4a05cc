import { useTranslation } from "react-i18next";
import { Card } from "../ui/card.tsx";
import { Badge } from "../ui/marks.tsx";
import { roleOf } from "./mapping-draft.ts";
import type { Drafting } from "./mapping-page.tsx";

/** The first rows of the file as they will be read; columns with a role come first and say which. */
export function PreviewTable({ preview, draft }: Pick<Drafting, "preview" | "draft">) {
  const { t } = useTranslation();
  const hasRole = ({ index }: { index: number }) => roleOf(draft, index) !== undefined;
  const columns = [
    ...preview.columns.filter(hasRole),
    ...preview.columns.filter((column) => !hasRole(column)),
  ];
  return (
    <Card
      flush
      className="im-preview"
      title={t("imports.mapping.preview")}
      sub={t("imports.mapping.previewSub")}
    >
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so it must be reachable by keyboard */}
      <div className="im-scroll" tabIndex={0} role="group" aria-label={t("imports.mapping.preview")}>
        <table className="table">
          <caption className="sr">{t("imports.mapping.preview")}</caption>
          <thead>
            <tr>
              {columns.map(({ index, name }) => {
                const role = roleOf(draft, index);
                return (
                  <th key={index} scope="col">
                    <span className="im-role">
                      {role && (
                        <Badge tone={role === "score" ? "passive" : "line"}>
                          {t(`imports.mapping.roles.${role}`)}
                        </Badge>
                      )}
                    </span>
                    {name}
                  </th>
                );
              })}
            </tr>
          </thead>
          <tbody>
            {preview.rows.slice(0, 5).map((row, at) => (
              <tr key={at}>
                {columns.map(({ index }) => (
                  <td key={index} className={row[index] === "" ? "faint" : ""}>
                    <span className="im-cell">{row[index] === "" ? "–" : row[index]}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
