import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { Link } from "../../ui/button.tsx";
import { useFormat } from "../../ui/format.ts";
import { Table } from "../../ui/table.tsx";
import { useDescribe } from "./describe.ts";
import { SegmentMenu } from "./segment-menu.tsx";
import type { Segment } from "./segments-data.ts";

/** The segments in a table; on a phone one under the other. */
export function SegmentList({ segments }: { segments: readonly Segment[] }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat();
  const describe = useDescribe();
  return (
    <div className="sg-list">
      <Table
        label={t("segments.title")}
        rows={segments}
        rowId={({ id }) => id}
        columns={[
          {
            id: "name",
            header: t("segments.list.name"),
            cell: ({ id, name, filter }) => (
              <span className="sg-name">
                <Link href={`/${slug}/segments/${id}`}>{name}</Link>
                <span className="faint small sg-said">{describe(filter)}</span>
              </span>
            ),
          },
          {
            id: "size",
            header: t("segments.list.size"),
            align: "end",
            phone: "full",
            phoneLabel: true,
            cell: ({ members }) =>
              members === null ? (
                <span className="faint nowrap">{t("segments.list.counting")}</span>
              ) : (
                format.count(members)
              ),
          },
          {
            id: "moves",
            header: t("segments.list.moves"),
            phone: "full",
            phoneLabel: true,
            cell: (segment) => <Moves segment={segment} />,
          },
          {
            id: "used",
            header: t("segments.list.usedBy"),
            phone: "full",
            phoneLabel: true,
            cell: ({ usedBy }) => <UsedBy usedBy={usedBy} />,
          },
          {
            id: "menu",
            header: t("surveys.actions.more"),
            quiet: true,
            align: "end",
            cell: (segment) => <SegmentMenu segment={segment} />,
          },
        ]}
      />
    </div>
  );
}

function Moves({ segment: { entered, left } }: { segment: Segment }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (entered + left === 0) return <span className="faint nowrap">{t("segments.list.still")}</span>;
  return (
    <span className="nowrap">
      {[
        entered > 0 && t("segments.list.entered", { written: format.count(entered) }),
        left > 0 && t("segments.list.left", { written: format.count(left) }),
      ]
        .filter(Boolean)
        .join(", ")}
    </span>
  );
}

const pageOf: Record<Segment["usedBy"][number]["kind"], (slug: string, id: string) => string> = {
  survey: (slug, id) => `/${slug}/surveys/${id}/edit`,
  segment: (slug, id) => `/${slug}/segments/${id}`,
  play: (slug, id) => `/${slug}/plays/${id}`,
};

function UsedBy({ usedBy }: Pick<Segment, "usedBy">) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  if (usedBy.length === 0) return <span className="faint">{t("segments.list.unused")}</span>;
  return (
    <span className="sg-uses">
      {usedBy.map(({ kind, id, name }) => (
        <Link key={`${kind} ${id}`} href={pageOf[kind](slug, id)}>
          {name}
        </Link>
      ))}
    </span>
  );
}
