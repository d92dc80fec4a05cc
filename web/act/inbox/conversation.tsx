import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useTimeZone } from "../../session.ts";
import { type Format, useFormat } from "../../ui/format.ts";
import { Icon } from "../../ui/icons.tsx";
import { Badge } from "../../ui/marks.tsx";
import type { CaseEntry } from "./inbox-data.ts";

/** Mails both ways, notes, and what happened to the case, in the order of time. */
export function Conversation({ entries }: { entries: readonly CaseEntry[] }) {
  const { t } = useTranslation();
  if (entries.length === 0) return null;
  return (
    <ol className="ib-entries" aria-label={t("inbox.conversation")}>
      {entries.map((entry) => (
        <li key={`${entry.kind} ${entry.id}`} className={entry.kind}>
          {entry.kind === "message" ? (
            <Mail entry={entry} />
          ) : entry.kind === "note" ? (
            <Note entry={entry} />
          ) : (
            <Change entry={entry} />
          )}
        </li>
      ))}
    </ol>
  );
}

type Of<Kind extends CaseEntry["kind"]> = Extract<CaseEntry, { kind: Kind }>;

function When({ at }: { at: string }) {
  const format = useFormat(useTimeZone());
  return <time dateTime={at}>{format.dateTime(at)}</time>;
}

function Mail({ entry }: { entry: Of<"message"> }) {
  const { t } = useTranslation();
  const { direction, subject, text, quoted, by, from: address, state, automatic, ofPlay, at } = entry;
  const from =
    direction === "in"
      ? (address ?? t("inbox.mail.in"))
      : ofPlay
        ? t("inbox.mail.ofPlay")
        : (by?.name ?? t("inbox.mail.out"));
  const isUnsent = state === "held" || state === "queued" || state === "failed";
  return (
    <article className={`ib-mail ${direction}`}>
      <header>
        <Icon name={direction === "in" ? "mail" : "send"} size={14} />
        <b>{from}</b>
        <span className="ib-subject-line">{subject}</span>
        {automatic && <Badge>{t("inbox.mail.automatic")}</Badge>}
        {isUnsent && (
          <Badge tone={state === "failed" ? "detractor" : "line"}>{t(`inbox.mail.${state}`)}</Badge>
        )}
        <When at={at} />
      </header>
      <p>{text}</p>
      {quoted && (
        <details>
          <summary>{t("inbox.mail.quoted")}</summary>
          <p className="faint">{quoted}</p>
        </details>
      )}
    </article>
  );
}

function Note({ entry: { by, text, at } }: { entry: Of<"note"> }) {
  const { t } = useTranslation();
  return (
    <article className="ib-note">
      <header>
        <Icon name="book" size={14} />
        <b>{by?.name ?? t("inbox.note.ofPlay")}</b>
        <span className="ib-subject-line">{t("inbox.note.only")}</span>
        <When at={at} />
      </header>
      <p>{text}</p>
    </article>
  );
}

function Change({ entry }: { entry: Of<"change"> }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  return (
    <p className={entry.what === "reply_failed" ? "ib-change failed" : "ib-change"}>
      {changeSentence(t, format, entry)} <When at={entry.at} />
    </p>
  );
}

/** What happened to a case, in one sentence. */
function changeSentence(t: TFunction, format: Format, { what, from, to, by }: Of<"change">): string {
  const name = by?.name ?? t("inbox.change.nines");
  switch (what) {
    case "opened":
      return t("inbox.change.opened", { name });
    case "owner":
      return to ? t("inbox.change.owner", { name, to }) : t("inbox.change.freed", { name });
    case "woke":
      return t("inbox.change.woke");
    case "answered":
      return t("inbox.change.answered", { score: to ?? "" });
    case "reply_failed":
      return t([`inbox.replyFailed.${to as "bounced"}`, "inbox.replyFailed.other"]);
    case "answer_changed":
      return t("inbox.change.answerChanged", { before: from ?? "", score: to ?? "" });
    default: {
      const [state = "open", until] = (to ?? "open").split(" ");
      if (state === "snoozed" && until)
        return t("inbox.change.snoozed", { name, day: format.dateTime(until) });
      return t(`inbox.change.${state as "open" | "waiting" | "closed"}`, { name });
    }
  }
}
