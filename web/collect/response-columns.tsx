import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useFormat } from "../ui/format.ts";
import { LanguageTag, ScoreChip } from "../ui/marks.tsx";
import type { VirtualColumn } from "../ui/virtual-table.tsx";
import { channelName } from "./channel-name.ts";
import { nameOf, type Response } from "./responses-data.ts";

/** The columns of the table on a wide screen. */
export function wideColumns(t: TFunction, timeZone: string | undefined): VirtualColumn<Response>[] {
  return [
    {
      id: "score",
      header: t("responses.score"),
      width: "52px",
      cell: ({ score }) => <ScoreChip score={score} />,
    },
    {
      id: "comment",
      header: t("responses.comment"),
      width: "minmax(0, 3.2fr)",
      cell: (row) => <Comment row={row} />,
    },
    {
      id: "customer",
      header: t("responses.customer"),
      width: "minmax(0, 1.5fr)",
      cell: (row) => <Customer row={row} />,
    },
    {
      id: "account",
      header: t("responses.account"),
      width: "minmax(0, 1.2fr)",
      cell: ({ customer }) => <span className="rs-one">{customer.account?.name ?? ""}</span>,
    },
    {
      id: "channel",
      header: t("responses.channel"),
      width: "76px",
      tablet: "hide",
      cell: ({ channel }) => <span className="rs-one muted">{channelName(t, channel)}</span>,
    },
    {
      id: "language",
      header: t("responses.language"),
      width: "64px",
      tablet: "hide",
      cell: ({ language }) => language && <LanguageTag tag={language} />,
    },
    {
      id: "date",
      header: t("responses.date"),
      width: "92px",
      align: "end",
      cell: ({ at }) => <Day at={at} timeZone={timeZone} />,
    },
  ];
}

/** On a phone: who and what score, when, and the comment below. */
export function phoneColumns(t: TFunction, timeZone: string | undefined): VirtualColumn<Response>[] {
  return [
    {
      id: "customer",
      header: t("responses.customer"),
      cell: (row) => (
        <span className="rs-who">
          <ScoreChip score={row.score} />
          <Customer row={row} />
        </span>
      ),
    },
    {
      id: "date",
      header: t("responses.date"),
      align: "end",
      cell: ({ at }) => <Day at={at} timeZone={timeZone} />,
    },
    {
      id: "comment",
      header: t("responses.comment"),
      phone: "full",
      cell: (row) => row.comment !== null && <Comment row={row} />,
    },
  ];
}

function Comment({ row: { comment, language } }: { row: Response }) {
  const { t } = useTranslation();
  if (comment === null)
    return (
      <span className="faint">
        <span aria-hidden="true">–</span>
        <span className="sr">{t("responses.noComment")}</span>
      </span>
    );
  return (
    <span className="rs-comment" {...(language && { lang: language })}>
      {comment}
    </span>
  );
}

function Customer({ row: { customer } }: { row: Response }) {
  const { t } = useTranslation();
  const name = nameOf(customer);
  return (
    <span className={name ? "rs-one" : "rs-one faint"}>
      {name ?? t("responses.anonymous")}
      {!customer.verified && <span className="faint"> · {t("responses.unverified")}</span>}
    </span>
  );
}

function Day({ at, timeZone }: { at: string; timeZone: string | undefined }) {
  const { shortDate } = useFormat(timeZone);
  return (
    <time dateTime={at} className="muted nowrap">
      {shortDate(at)}
    </time>
  );
}
