import { useTranslation } from "react-i18next";
import { responsesAddress } from "../collect/addresses.ts";
import { channelName } from "../collect/channel-name.ts";
import { useWorkspace } from "../session.ts";
import { Card, Note } from "../ui/card.tsx";
import { Forest } from "../ui/charts/forest.tsx";
import { useFormat } from "../ui/format.ts";
import type { OverviewData } from "./overview-data.ts";
import { enough } from "./say.ts";

type Attribute = "channel" | "language";

/** The score by channel and language, each with its interval; too few answers give no score. */
export function SplitsCard({
  overview,
  attributes,
  span,
}: {
  overview: OverviewData;
  attributes: Attribute[];
  span: 5 | 12;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const rowsOf = useRows(overview);
  const { nps } = overview.score;
  const [only] = attributes;
  const title = attributes.length === 1 && only ? `overview.splits.${only}` : "overview.splits.both";
  return (
    <Card span={span} title={t(title as "overview.splits.both")}>
      <Forest
        groups={attributes.map((id) => ({ id, title: t(`overview.splits.${id}Tab`), rows: rowsOf(id) }))}
        format={format.nps}
        formatInterval={format.npsInterval}
        {...(nps !== null && {
          reference: { value: nps, label: t("overview.splits.all", { nps: format.nps(nps) }) },
        })}
      />
      <Note>{t("overview.splits.note")}</Note>
    </Card>
  );
}

function useRows({ splits, wave, survey }: OverviewData) {
  const { t } = useTranslation();
  const format = useFormat();
  const { slug } = useWorkspace();
  return (attribute: Attribute) =>
    splits
      .filter((split) => split.attribute === attribute)
      .toSorted((a, b) => b.score.n - a.score.n)
      .map(({ value, score }) => {
        const isEnough = score.n >= enough && score.nps !== null && score.npsInterval !== null;
        return {
          id: value,
          label: attribute === "language" ? format.language(value) : channelName(t, value),
          n: score.n,
          value: isEnough ? score.nps : null,
          low: isEnough ? (score.npsInterval?.[0] ?? null) : null,
          high: isEnough ? (score.npsInterval?.[1] ?? null) : null,
          href: responsesAddress(slug, {
            ...(survey && { survey: survey.id }),
            [attribute]: value,
            ...(wave && { from: wave.from, to: wave.to }),
          }),
        };
      });
}
