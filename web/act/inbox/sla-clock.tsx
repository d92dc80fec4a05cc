import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { useTimeZone } from "../../session.ts";
import type { Case } from "./inbox-data.ts";
import { useTimeLeft } from "./time-left.ts";

const radius = 16.5;
const around = 2 * Math.PI * radius;

/** How much of the time to reply is used up, as a ring, and how much is left, in business hours. */
export function SlaClock({ row }: { row: Case }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const left = useTimeLeft()(row);
  if (!left || !row.dueAt) return null;
  const percent = Math.round(100 * left.used);
  return (
    <div className={`ib-clock ${left.tone}`}>
      <svg width="40" height="40" viewBox="0 0 40 40" role="img" aria-label={t("inbox.used", { percent })}>
        <circle cx="20" cy="20" r={radius} fill="none" stroke="var(--line)" strokeWidth="4" />
        <circle
          className="ring"
          cx="20"
          cy="20"
          r={radius}
          fill="none"
          strokeWidth="4"
          strokeLinecap="round"
          strokeDasharray={`${around * left.used} ${around}`}
          transform="rotate(-90 20 20)"
        />
      </svg>
      <div>
        <b>
          {left.tone === "late"
            ? t("inbox.lateBy", { time: left.written })
            : t("inbox.left", { time: left.written })}
        </b>
        <span>
          {t(row.firstReplyAt ? "inbox.replyDue" : "inbox.firstReplyDue", {
            time: format.dayTime(row.dueAt),
          })}
        </span>
      </div>
    </div>
  );
}
