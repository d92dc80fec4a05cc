import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Card, Note } from "../../ui/card.tsx";
import { useFormat, type Format } from "../../ui/format.ts";
import { Badge } from "../../ui/marks.tsx";
import { Table } from "../../ui/table.tsx";
import { channelName } from "../channel-name.ts";
import { languageName } from "../language-name.ts";
import { enough } from "./enough.ts";
import type { SurveyResults } from "./survey-data.ts";

type Split = SurveyResults["byChannel"][number];
type Attribute = "version" | "channel" | "language";

/** Score and passives by version, channel and language, each with n and its interval. */
export function SplitsCard({ results }: { results: SurveyResults }) {
  const { t } = useTranslation();
  const groups = (
    [
      ["version", results.byVersion],
      ["channel", results.byChannel],
      ["language", results.byLanguage],
    ] as const
  ).filter(([, splits]) => splits.length > 0);
  if (groups.length === 0) return null;
  return (
    <Card span={7} title={t("surveys.splits.title")} className="sv-splits">
      {groups.map(([attribute, splits]) => (
        <SplitTable key={attribute} attribute={attribute} splits={splits} />
      ))}
      <Note>{t("surveys.splits.note")}</Note>
    </Card>
  );
}

function SplitTable({ attribute, splits }: { attribute: Attribute; splits: readonly Split[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section>
      {/* On a phone the table has no head to say what it is by. */}
      <h3 aria-hidden="true">{t(`surveys.splits.${attribute}`)}</h3>
      <Table
        label={t(`surveys.splits.${attribute}`)}
        rows={splits}
        rowId={({ value }) => value}
        columns={[
          {
            id: "value",
            header: t(`surveys.splits.${attribute}`),
            phone: "full",
            cell: ({ value }) => <span className="strong">{nameOf(t, format, attribute, value)}</span>,
          },
          {
            id: "n",
            header: t("surveys.splits.answers"),
            align: "end",
            phone: "full",
            phoneLabel: true,
            cell: ({ n }) => format.count(n),
          },
          {
            id: "nps",
            header: t("surveys.splits.nps"),
            align: "end",
            phone: "full",
            phoneLabel: true,
            cell: ({ n, nps, npsInterval }) => (
              <Estimate
                n={n}
                value={nps === null ? null : format.nps(nps)}
                interval={npsInterval && format.npsInterval(npsInterval)}
              />
            ),
          },
          {
            id: "passives",
            header: t("surveys.splits.passives"),
            align: "end",
            phone: "full",
            phoneLabel: true,
            cell: ({ n, passiveShare, passiveShareInterval }) => (
              <Estimate
                n={n}
                value={passiveShare === null ? null : format.share(passiveShare)}
                interval={passiveShareInterval && format.shareInterval(passiveShareInterval)}
              />
            ),
          },
        ]}
      />
    </section>
  );
}

function Estimate({ n, value, interval }: { n: number; value: string | null; interval: string | null }) {
  const { t } = useTranslation();
  if (n < enough || value === null) {
    return (
      <span className="nowrap">
        <span className="faint">–</span> <Badge>{t("surveys.splits.small")}</Badge>
      </span>
    );
  }
  return (
    <span className="sv-est nowrap">
      <b>{value}</b> {interval && <span className="faint small">{interval}</span>}
    </span>
  );
}

function nameOf(t: TFunction, format: Format, attribute: Attribute, value: string): string {
  if (attribute === "version") {
    return value ? t("surveys.splits.versionOf", { version: value }) : t("surveys.splits.noVersion");
  }
  if (attribute === "channel") return channelName(t, value);
  return value ? languageName(format, value) : t("surveys.splits.noLanguage");
}
