import { useTranslation } from "react-i18next";
import { responsesAddress } from "../collect/addresses.ts";
import { useWorkspace } from "../session.ts";
import { Card, Claim, HeroNumber, Note } from "../ui/card.tsx";
import { Interval, type IntervalRow } from "../ui/charts/interval.tsx";
import { SegmentBar, type SegmentPart } from "../ui/charts/segment-bar.tsx";
import { useFormat } from "../ui/format.ts";
import { enough, changeSentence, shortWave } from "./say.ts";
import type { Choice, OverviewData } from "./overview-data.ts";

/** The score, whether its change is real, and the passives in the middle of it. */
export function HeroCard({ overview, choice }: { overview: OverviewData; choice: Choice }) {
  const { t } = useTranslation();
  return (
    <Card span={12} className="ov-hero" label={t("overview.nps")}>
      <ScoreSide overview={overview} />
      <PassiveSide overview={overview} choice={choice} />
    </Card>
  );
}

function ScoreSide({ overview }: { overview: OverviewData }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { nps, npsInterval } = overview.score;
  const rows = useRows(overview);
  return (
    <div className="ov-score">
      <h2>{t("overview.nps")}</h2>
      <HeroNumber
        value={nps === null ? undefined : format.nps(nps)}
        {...(npsInterval && { interval: format.npsInterval(npsInterval) })}
      />
      <Weighted overview={overview} />
      <Change overview={overview} />
      {rows.length > 1 && <Interval rows={rows} format={format.nps} />}
      <ChangeNote overview={overview} />
    </div>
  );
}

function Weighted({ overview }: { overview: OverviewData }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { weighted } = overview.score;
  if (!weighted) return null;
  return (
    <p className="ov-weighted">
      <b>{t("overview.weighted", { nps: format.nps(weighted.nps) })}</b>
      {t("overview.weightedDetail", {
        interval: format.npsInterval(weighted.npsInterval),
        share: format.share(weighted.passiveShare),
        n: format.count(weighted.effectiveN),
      })}
    </p>
  );
}

function Change({ overview }: { overview: OverviewData }) {
  const { t } = useTranslation();
  const format = useFormat();
  const change = changeSentence(t, format, overview);
  if (change) {
    return (
      <p className="ov-change">
        <b>{change.headline}</b> <span className="muted">{change.range}</span>
      </p>
    );
  }
  const { previous, wave } = overview;
  if (previous && previous.score.n < enough) {
    const said = { wave: shortWave(previous.wave.name, wave?.name ?? ""), count: previous.score.n };
    return <p className="ov-change muted">{t("overview.change.previousSmall", said)}</p>;
  }
  return wave && !previous ? <p className="ov-change muted">{t("overview.change.first")}</p> : null;
}

function ChangeNote({ overview }: { overview: OverviewData }) {
  const { t } = useTranslation();
  const change = changeSentence(t, useFormat(), overview);
  return change?.smallest ? <Note>{change.smallest}</Note> : null;
}

function useRows({ score, previous, wave }: OverviewData): IntervalRow[] {
  const { t } = useTranslation();
  const [low = null, high = null] = score.npsInterval ?? [];
  const label = wave ? shortWave(wave.name, previous?.wave.name ?? wave.name) : t("overview.waveAll");
  const rows: IntervalRow[] = [{ id: "now", label, value: score.nps, low, high, emphasis: true }];
  if (previous && wave) {
    const { nps, npsInterval } = previous.score;
    const [low = null, high = null] = npsInterval ?? [];
    rows.unshift({ id: "before", label: shortWave(previous.wave.name, wave.name), value: nps, low, high });
  }
  if (score.weighted) {
    const [low, high] = score.weighted.npsInterval;
    rows.push({ id: "weighted", label: t("overview.weightedRow"), value: score.weighted.nps, low, high });
  }
  return rows;
}

function PassiveSide({ overview, choice }: { overview: OverviewData; choice: Choice }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { score, whatIf, wave } = overview;
  const hrefOf = useSegmentAddress(overview, choice);
  const oneShort = t(wave ? "overview.oneShort" : "overview.oneShortAll", { count: score.eights });
  return (
    <div className="ov-segments">
      <SegmentBar counts={score} passiveInterval={score.passiveShareInterval ?? undefined} hrefOf={hrefOf} />
      <Claim>
        {score.passives === 0
          ? t("overview.noPassives")
          : [oneShort, whatIf && t("overview.whatIf", { nps: format.nps(whatIf.nps) })]
              .filter(Boolean)
              .join(" ")}
      </Claim>
      {whatIf && score.passives > 0 && (
        <Note>
          {t("overview.whatIfNote", {
            count: score.n,
            gained: whatIf.promotersGained,
            points: format.decimal(whatIf.gain),
          })}
        </Note>
      )}
    </div>
  );
}

/** Where a segment leads: to its answers, in the same survey and wave. */
function useSegmentAddress({ survey, wave }: OverviewData, choice: Choice) {
  const { slug } = useWorkspace();
  return (part: SegmentPart) =>
    responsesAddress(slug, {
      ...(choice.survey && survey && { survey: survey.id }),
      ...(typeof part === "number" ? { score: String(part) } : { category: part }),
      ...(wave && { from: wave.from, to: wave.to }),
    });
}
