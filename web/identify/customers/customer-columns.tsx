import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { Link } from "../../ui/button.tsx";
import { useFormat } from "../../ui/format.ts";
import { Icon } from "../../ui/icons.tsx";
import { Avatar, Badge, ScoreChip } from "../../ui/marks.tsx";
import type { VirtualColumn } from "../../ui/virtual-table.tsx";
import { reasonSentences } from "../passives/reason-sentence.ts";
import { customerAddress } from "./customer-filter.ts";
import { type ListedCustomer, nameOf } from "./customers-data.ts";
import type { Selection } from "./use-selection.ts";

type Row = ListedCustomer;

/** The columns of the table on a wide screen. */
export function wideColumns(t: TFunction, selection: Selection): VirtualColumn<Row>[] {
  return [
    selectColumn(t, selection),
    {
      id: "customer",
      header: t("customers.columns.customer"),
      width: "minmax(0, 1.5fr)",
      cell: (row) => <Who row={row} />,
    },
    {
      id: "score",
      header: t("customers.columns.score"),
      width: "52px",
      cell: (row) => <Score row={row} />,
    },
    {
      id: "passive",
      header: t("customers.columns.passive"),
      width: "minmax(0, 1.6fr)",
      cell: (row) => <Passive row={row} />,
    },
    {
      id: "activity",
      header: t("customers.columns.activity"),
      width: "132px",
      cell: (row) => <Activity row={row} />,
    },
    {
      id: "active",
      header: t("customers.columns.active"),
      tablet: "hide",
      width: "100px",
      align: "end",
      cell: ({ activeAt }) => <Day at={activeAt} />,
    },
    {
      id: "revenue",
      header: t("customers.columns.revenue"),
      width: "104px",
      align: "end",
      cell: (row) => <Revenue row={row} />,
    },
  ];
}

/** On a phone: who and what they said, then activity and revenue. */
export function phoneColumns(t: TFunction): VirtualColumn<Row>[] {
  return [
    { id: "customer", header: t("customers.columns.customer"), cell: (row) => <Who row={row} /> },
    {
      id: "score",
      header: t("customers.columns.score"),
      align: "end",
      cell: (row) => <Score row={row} />,
    },
    { id: "activity", header: t("customers.columns.activity"), cell: (row) => <Activity row={row} /> },
    {
      id: "revenue",
      header: t("customers.columns.revenue"),
      align: "end",
      cell: (row) => <Revenue row={row} />,
    },
  ];
}

function selectColumn(t: TFunction, { ids, toggle }: Selection): VirtualColumn<Row> {
  return {
    id: "select",
    header: t("customers.columns.select"),
    quiet: true,
    width: "20px",
    cell: (row) => (
      // Not in the order of Tab: on the row itself Space does the same.
      <button
        type="button"
        role="checkbox"
        tabIndex={-1}
        className="cu-select"
        aria-checked={ids.has(row.id)}
        aria-label={t("customers.columns.selectOne", { name: nameOf(row) ?? t("customers.anonymous") })}
        onClick={(event) => toggle(row.id, { range: event.shiftKey })}
      >
        <Icon name="check" size={12} />
      </button>
    ),
  };
}

function Who({ row }: { row: Row }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const name = nameOf(row);
  const detail = [row.account?.name, row.plan].filter(Boolean).join(" · ") || (row.name ? row.email : null);
  return (
    <span className="cu-who">
      {name ? (
        <Avatar name={name} />
      ) : (
        <span className="avatar" aria-hidden="true">
          ?
        </span>
      )}
      <span className="cu-names">
        <span className="cu-name">
          <Link className={name ? "cu-link" : "cu-link faint"} href={customerAddress(slug, row.id)}>
            {name ?? t("customers.anonymous")}
          </Link>
          {!row.verified && <span className="faint"> · {t("customers.unverified")}</span>}
          {row.marks.map((mark) => (
            <Badge key={mark} tone={mark === "complaint" ? "detractor" : "line"}>
              {t(`customers.marks.${mark}`)}
            </Badge>
          ))}
        </span>
        {detail && <span className="cu-detail">{detail}</span>}
      </span>
    </span>
  );
}

function Score({ row: { score, asked, answeredAt } }: { row: Row }) {
  const { t } = useTranslation();
  const { shortDate } = useFormat(useTimeZone());
  // Only who was asked and did not answer is silent.
  if (score === null && asked === 0) return <span className="faint">–</span>;
  return (
    <span title={answeredAt ? t("customers.columns.answeredOn", { day: shortDate(answeredAt) }) : undefined}>
      <ScoreChip score={score} />
    </span>
  );
}

/** Why they are passive, the weightiest reason first; nothing for who is not. */
function Passive({ row }: { row: Row }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { status } = row;
  if (!status) return null;
  const sentences = reasonSentences({ ...row, status }, { t, format });
  const [first, ...others] = sentences;
  return (
    <span className="cu-why" title={sentences.join("\n")}>
      {first}
      {others.length > 0 && (
        <span className="faint"> {t("customers.columns.more", { count: others.length })}</span>
      )}
    </span>
  );
}

function Activity({ row: { state, change } }: { row: Row }) {
  const { t } = useTranslation();
  const format = useFormat();
  const name = t(`passives.states.${state}`);
  if (state === "unknown") return <span className="faint">{name}</span>;
  const isLow = state === "cooling" || state === "dormant";
  return (
    <span className={isLow ? "pas nowrap" : "muted nowrap"}>
      {change !== null && (state === "cooling" || state === "warming")
        ? t("customers.columns.activityLabel", { state: name, change: format.changeShare(change) })
        : // A change within the usual range may be chance, and of nothing there is none.
          name}
    </span>
  );
}

function Day({ at }: { at: string | null }) {
  const { shortDate } = useFormat(useTimeZone());
  if (at === null) return <span className="faint">–</span>;
  return (
    <time dateTime={at} className="muted nowrap">
      {shortDate(at)}
    </time>
  );
}

function Revenue({ row: { revenue, currency } }: { row: Row }) {
  const format = useFormat();
  return revenue === null ? (
    <span className="faint">–</span>
  ) : (
    <span className="nowrap">{format.money(revenue, currency)}</span>
  );
}
