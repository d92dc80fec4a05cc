import { useTranslation } from "react-i18next";
import { useTimeZone } from "../session.ts";
import { useFormat } from "../ui/format.ts";
import { ScoreChip } from "../ui/marks.tsx";
import type { ResponseDetails } from "./responses-data.ts";

/** What the answer was before the customer changed it. The last one counts. */
export function ResponseChanges({ response: { changes, language } }: { response: ResponseDetails }) {
  const { t } = useTranslation();
  const { dateTime } = useFormat(useTimeZone());
  if (changes.length === 0) return null;
  return (
    <section className="rs-section">
      <h3>{t("responses.detail.changes")}</h3>
      <ol className="rs-changes">
        {changes.map(({ at, score, comment }) => (
          <li key={at}>
            <ScoreChip score={score} />
            <span>
              {comment === null ? (
                <span className="faint">{t("responses.noComment")}</span>
              ) : (
                <span {...(language && { lang: language })}>{comment}</span>
              )}
              <small className="faint">{t("responses.detail.changedAt", { when: dateTime(at) })}</small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
