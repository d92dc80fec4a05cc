import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { Link } from "../../ui/button.tsx";
import { Sparkline } from "../../ui/charts/sparkline.tsx";
import { useFormat } from "../../ui/format.ts";
import { Avatar, ScoreChip } from "../../ui/marks.tsx";
import type { VirtualColumn } from "../../ui/virtual-table.tsx";
import { customerAddress } from "../customers/customer-filter.ts";
import { nameOf, type PassiveCustomer } from "./passives-data.ts";
import { reasonSentences } from "./reason-sentence.ts";

/** The columns of the list on a wide screen. */
export function wideColumns(t: TFunction): VirtualColumn<PassiveCustomer>[] {
  return [
    {
      id: "customer",
      header: t("passives.list.customer"),
      width: "minmax(104px, 1.2fr)",
      cell: (row) => <Who row={row} />,
    },
    { id: "score", header: t("passives.list.score"), width: "44px", cell: (row) => <Score row={row} /> },
    {
      id: "activity",
      header: t("passives.list.activity"),
      width: "minmax(112px, 1.15fr)",
      cell: (row) => <Activity row={row} />,
    },
    {
      id: "reason",
      header: t("passives.list.reason"),
      width: "minmax(120px, 1.75fr)",
      cell: (row) => <Reasons row={row} />,
    },
    {
      id: "revenue",
      header: t("passives.list.revenue"),
      width: "84px",
      align: "end",
      cell: (row) => <Revenue row={row} />,
    },
  ];
}

/** On a phone: who and what they said; activity and revenue; the reason below. */
export function phoneColumns(t: TFunction): VirtualColumn<PassiveCustomer>[] {
  return [
    { id: "customer", header: t("passives.list.customer"), cell: (row) => <Who row={row} /> },
    { id: "score", header: t("passives.list.score"), align: "end", cell: (row) => <Score row={row} /> },
    { id: "activity", header: t("passives.list.activity"), cell: (row) => <Activity row={row} /> },
    { id: "revenue", header: t("passives.list.revenue"), align: "end", cell: (row) => <Revenue row={row} /> },
    { id: "reason", header: t("passives.list.reason"), phone: "full", cell: (row) => <Reasons row={row} /> },
  ];
}

function Who({ row }: { row: PassiveCustomer }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const name = nameOf(row);
  const detail = [row.account, row.plan].filter(Boolean).join(" · ") || (row.name ? row.email : null);
  return (
    <span className="pa-who">
      {name ? (
        <Avatar name={name} />
      ) : (
        <span className="avatar" aria-hidden="true">
          ?
        </span>
      )}
      <span className="pa-names">
        <b>
          <Link className={name ? "pa-link" : "pa-link faint"} href={customerAddress(slug, row.id)}>
            {name ?? t("passives.list.anonymous")}
          </Link>
        </b>
        {detail && <span>{detail}</span>}
      </span>
    </span>
  );
}

function Score({ row: { score, answeredAt } }: { row: PassiveCustomer }) {
  const { t } = useTranslation();
  const { shortDate } = useFormat();
  return (
    <span title={answeredAt ? t("passives.list.answeredOn", { day: shortDate(answeredAt) }) : undefined}>
      <ScoreChip score={score} />
    </span>
  );
}

function Activity({ row: { state, change, weeks, usual } }: { row: PassiveCustomer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = t(`passives.states.${state}`);
  if (!weeks || state === "unknown") return <span className="faint">{name}</span>;
  const isLow = state === "cooling" || state === "dormant";
  return (
    <span className="pa-activity">
      <Sparkline values={weeks} level={usual} tone={isLow ? "pas" : "ink"} />
      <span className="sr">{t("passives.list.weeks", { weeks: weeks.map(format.count).join(", ") })}</span>
      <span className={isLow ? "pas-text nowrap" : "muted nowrap"}>
        {change === null || state === "dormant"
          ? name
          : t("passives.list.activityLabel", { state: name, change: format.changeShare(change) })}
      </span>
    </span>
  );
}

const shown = 2;

function Reasons({ row }: { row: PassiveCustomer }) {
  const { t } = useTranslation();
  const format = useFormat();
  const sentences = reasonSentences(row, { t, format });
  const rest = sentences.slice(shown);
  return (
    <span className="pa-reasons" title={sentences.join("\n")}>
      {sentences.slice(0, shown).map((sentence) => (
        <span key={sentence}>{sentence}</span>
      ))}
      {rest.length > 0 && <span className="faint">{t("passives.list.more", { count: rest.length })}</span>}
    </span>
  );
}

function Revenue({ row: { revenue, currency } }: { row: PassiveCustomer }) {
  const format = useFormat();
  return revenue === null ? <span className="faint">–</span> : <>{format.money(revenue, currency)}</>;
}
