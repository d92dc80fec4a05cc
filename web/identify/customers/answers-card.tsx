import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { Link, TextButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { ScoreChip } from "../../ui/marks.tsx";
import type { Customer } from "./customers-data.ts";

type Answer = Customer["answers"][number];

const shownAtFirst = 6;

/** Their answers, newest first: in which quarter, whether they moved, and how soon after the mail. */
export function AnswersCard({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { shortDate } = useFormat(useTimeZone());
  const [all, setAll] = useState(false);
  const { answers } = customer;
  const shown = all ? answers : answers.slice(0, shownAtFirst);
  if (answers.length === 0)
    return (
      <Card title={t("customers.answers.title")}>
        <p className="muted small">{t("customers.answers.none")}</p>
      </Card>
    );
  return (
    <Card title={t("customers.answers.title")}>
      <table className="cu-mini">
        <thead>
          <tr>
            <th scope="col">{t("customers.answers.wave")}</th>
            <th scope="col">{t("customers.answers.answer")}</th>
            <th scope="col">{t("customers.answers.moved")}</th>
            <th scope="col" className="r">
              {t("customers.answers.after")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((answer, index) => (
            <tr key={answer.id}>
              <td title={`${shortDate(answer.at)}, ${answer.survey.name}`}>
                <Link
                  className="cu-link"
                  href={`/${slug}/responses?open=${answer.id}&customer=${customer.id}`}
                >
                  {waveName(answer.wave)}
                </Link>
              </td>
              <td>
                <ScoreChip score={answer.score} />
              </td>
              <td className={movesOf(answer, answers[index + 1]) === "moved" ? "" : "faint"}>
                {moved(t, answer, answers[index + 1])}
              </td>
              <td className="r">{after(t, answer)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {answers.length > shown.length && (
        <TextButton onPress={() => setAll(true)}>
          {t("customers.answers.showAll", { count: answers.length })}
        </TextButton>
      )}
    </Card>
  );
}

/** "2026-Q3" as "Q3 2026". */
function waveName(wave: string): string {
  const [year, quarter] = wave.split("-");
  return `${quarter} ${year}`;
}

function movesOf(answer: Answer, before: Answer | undefined) {
  return before && before.score !== answer.score ? "moved" : "stayed";
}

function moved(t: TFunction, { score }: Answer, before: Answer | undefined): string {
  if (!before) return t("customers.answers.first");
  if (before.score === score) return t("customers.answers.stayed");
  return t(score > before.score ? "customers.answers.up" : "customers.answers.down", { score: before.score });
}

const minute = 60_000;

function after(t: TFunction, { at, sentAt }: Answer): string {
  if (sentAt === null) return "–";
  const minutes = Math.max(0, Math.round((Date.parse(at) - Date.parse(sentAt)) / minute));
  if (minutes < 60) return t("customers.answers.minutes", { count: minutes });
  const hours = Math.round(minutes / 60);
  if (hours < 48) return t("customers.answers.hours", { count: hours });
  return t("customers.answers.days", { count: Math.round(hours / 24) });
}
