import { useTranslation } from "react-i18next";
import { useTimeZone } from "../session.ts";
import { Link } from "../ui/button.tsx";
import { useFormat } from "../ui/format.ts";
import { ScoreChip } from "../ui/marks.tsx";
import type { ResponseDetails } from "./responses-data.ts";

/** The customer's other answers, newest first; each opens. */
export function ResponseHistory({
  response,
  addressOf,
}: {
  response: ResponseDetails;
  addressOf: (id: string, customer: string) => string;
}) {
  const { t } = useTranslation();
  const { shortDate } = useFormat(useTimeZone());
  if (response.customer.anonymous && response.history.length < 2) return null;
  return (
    <section className="rs-section">
      <h3>{t("responses.detail.history")}</h3>
      {response.history.length < 2 ? (
        <p className="muted">{t("responses.detail.noHistory")}</p>
      ) : (
        <ol className="rs-history">
          {response.history.map(({ id, score, at, survey }) => (
            <li key={id} className={id === response.id ? "on" : ""}>
              <ScoreChip score={score} />
              {id === response.id ? (
                <span aria-current="true">{t("responses.detail.current")}</span>
              ) : (
                <Link className="rs-history-link" href={addressOf(id, response.customerId)}>
                  {survey.name}
                </Link>
              )}
              <time dateTime={at} className="faint">
                {shortDate(at)}
              </time>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
