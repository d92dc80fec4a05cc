import { useTranslation } from "react-i18next";
import { Card, Claim, Note } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { Table, type TableColumn } from "../../ui/table.tsx";
import { periodName } from "./move-name.ts";
import type { Moves } from "./moves-data.ts";

type ExcessCell = NonNullable<Moves["holdout"]>["rows"][number]["cells"][number];

/** The passives whom no play contacts, beside the others: what all plays together did. */
export function HoldoutCard({ moves, span }: { moves: Moves; span: 4 | 6 }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { holdout, to } = moves;
  const row = holdout?.rows.find(({ category }) => category === "passive");
  const up = row?.cells.find(({ category }) => category === "promoter");
  if (!row || !up || !to) {
    return (
      <Card span={span} title={t("moves.holdout.title")}>
        <Note>{t(holdout ? "moves.holdout.few" : "moves.holdout.before")}</Note>
      </Card>
    );
  }
  const points = (value: number) => format.changeInterval([value, value]).split(" ")[0] ?? "";
  const columns: TableColumn<ExcessCell>[] = [
    {
      id: "after",
      header: t("moves.holdout.after", { to: periodName(t, format, to) }),
      cell: ({ category }) => t(`moves.categories.${category}`),
    },
    {
      id: "others",
      header: t("moves.holdout.others"),
      align: "end",
      phoneLabel: true,
      cell: ({ heldOut, difference }) => format.share(heldOut.share + difference),
    },
    {
      id: "left",
      header: t("moves.holdout.left"),
      align: "end",
      phoneLabel: true,
      cell: ({ heldOut }) => (
        <>
          {format.share(heldOut.share)}{" "}
          <span className="faint">{format.shareInterval(heldOut.interval)}</span>
        </>
      ),
    },
    {
      id: "difference",
      header: t("moves.holdout.difference"),
      align: "end",
      phoneLabel: true,
      cell: ({ difference, interval }) => (
        <>
          {points(difference)} <span className="faint">{format.changeInterval(interval)}</span>
        </>
      ),
    },
  ];
  const kind = up.interval[0] > 0 ? "more" : up.interval[1] < 0 ? "fewer" : "none";
  return (
    <Card span={span} title={t("moves.holdout.title")} sub={t("moves.holdout.sub", { count: row.heldOut })}>
      <Claim>{t(`moves.holdout.${kind}`, { points: format.decimal(Math.abs(up.difference)) })}</Claim>
      <Table
        label={t("moves.holdout.title")}
        columns={columns}
        rows={row.cells}
        rowId={({ category }) => category}
      />
      <Note>{t("moves.holdout.note")}</Note>
    </Card>
  );
}
