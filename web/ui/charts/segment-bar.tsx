import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "../button.tsx";
import { useFormat, type Format } from "../format.ts";
import { Dot } from "../marks.tsx";
import { PointerLink } from "../pointer-link.tsx";
import { useWidth } from "../width.ts";
import "./chart.css";

/** How many answered what. */
export interface SegmentCounts {
  detractors: number;
  sevens: number;
  eights: number;
  promoters: number;
}

/** A part of the bar that can lead somewhere: a segment, or the sevens or eights inside the passives. */
export type SegmentPart = "detractor" | "passive" | "promoter" | 7 | 8;

type HrefOf = ((part: SegmentPart) => string) | undefined;

/** Below this many pixels a segment cannot carry its own label. */
const roomForLabel = 62;

/** Detractors, passives (7 and 8 apart, and tallest) and promoters as parts of all answers. */
export function SegmentBar({
  counts,
  passiveInterval,
  of = "customers",
  hrefOf,
}: {
  counts: SegmentCounts;
  /** What is counted: one answer of each customer, or all answers, where a customer may have several. */
  of?: "customers" | "answers";
  /** Interval of the passive share, in percent. */
  passiveInterval?: readonly [number, number] | undefined;
  /** Where a part leads, e.g. to its answers; without it the bar is a picture. */
  hrefOf?: HrefOf;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const { ref, width } = useWidth();
  const { detractors, sevens, eights, promoters } = counts;
  const passives = sevens + eights;
  const all = detractors + passives + promoters;
  if (all === 0) return null;

  const share = (count: number) => format.share((100 * count) / all);
  const roomOf = (count: number) => (width * count) / all;
  const isTight =
    width > 0 &&
    ((detractors > 0 && roomOf(detractors) < roomForLabel) ||
      roomOf(passives) < 96 ||
      (promoters > 0 && roomOf(promoters) < roomForLabel));
  // Where not all labels fit, the passives keep theirs: they are what the bar is about.
  const hasHeroLabel = !isTight || roomOf(passives) >= 96;
  const label = t("ui.segments.label", {
    detractors: share(detractors),
    passives: share(passives),
    promoters: share(promoters),
    sevens: format.count(sevens),
    eights: format.count(eights),
  });
  const passiveDetail = passiveInterval
    ? t(of === "answers" ? "ui.segments.answers" : "ui.segments.counts", {
        count: passives,
        interval: format.shareInterval(passiveInterval),
      })
    : format.count(passives);

  return (
    <div ref={ref}>
      <div className="seg" role={hrefOf ? "group" : "img"} aria-label={label}>
        {detractors > 0 && (
          <div className="seg-col" style={{ flex: detractors }}>
            {!isTight && (
              <Label
                tone="det"
                name={<Name part="detractor" name={t("ui.detractors")} hrefOf={hrefOf} />}
                share={share(detractors)}
                detail={format.count(detractors)}
              />
            )}
            <Area part="detractor" className="seg-b d" hrefOf={hrefOf} />
            {!isTight && <span className="seg-x">0–6</span>}
          </div>
        )}
        {passives > 0 && (
          <div className="seg-col" style={{ flex: passives }}>
            {hasHeroLabel && (
              <Label
                tone="pas"
                name={<Name part="passive" name={t("ui.passives")} hrefOf={hrefOf} />}
                share={share(passives)}
                detail={isTight ? "" : passiveDetail}
                isHero
              />
            )}
            <div className="seg-b p">
              <Part score={7} count={sevens} room={roomOf(sevens)} {...{ format, hrefOf }} />
              <Part score={8} count={eights} room={roomOf(eights)} {...{ format, hrefOf }} />
            </div>
            {!isTight && <span className="seg-x">7–8</span>}
          </div>
        )}
        {promoters > 0 && (
          <div className="seg-col" style={{ flex: promoters }}>
            {!isTight && (
              <Label
                tone="pro"
                name={<Name part="promoter" name={t("ui.promoters")} hrefOf={hrefOf} />}
                share={share(promoters)}
                detail={format.count(promoters)}
              />
            )}
            <Area part="promoter" className="seg-b o" hrefOf={hrefOf} />
            {!isTight && <span className="seg-x">9–10</span>}
          </div>
        )}
      </div>
      {isTight && (
        <ul className="seg-rows" aria-hidden={hrefOf ? undefined : true}>
          <Row
            segment="detractor"
            name={<Name part="detractor" name={t("ui.detractors")} hrefOf={hrefOf} />}
            share={share(detractors)}
            detail={format.count(detractors)}
          />
          <Row
            segment="passive"
            name={
              hasHeroLabel ? (
                t("ui.passives")
              ) : (
                <Name part="passive" name={t("ui.passives")} hrefOf={hrefOf} />
              )
            }
            share={share(passives)}
            detail={passiveDetail}
          />
          <Row
            segment="promoter"
            name={<Name part="promoter" name={t("ui.promoters")} hrefOf={hrefOf} />}
            share={share(promoters)}
            detail={format.count(promoters)}
          />
        </ul>
      )}
    </div>
  );
}

function Label({
  tone,
  name,
  share,
  detail,
  isHero = false,
}: {
  tone: "det" | "pas" | "pro";
  name: ReactNode;
  share: string;
  detail: string;
  isHero?: boolean;
}) {
  return (
    <div className={isHero ? "seg-l hero-l" : "seg-l"}>
      <span className={tone}>{name}</span>
      <b>{share}</b>
      {detail && <span className="faint">{detail}</span>}
    </div>
  );
}

/** The 7s or the 8s inside the passive block: the score, and the count when there is room. */
function Part({
  score,
  count,
  room,
  format,
  hrefOf,
}: {
  score: 7 | 8;
  count: number;
  room: number;
  format: Format;
  hrefOf: HrefOf;
}) {
  const { t } = useTranslation();
  if (count === 0) return null;
  const text = format.count(count);
  const className = room < 40 ? "seg-p tight" : room < 72 ? "seg-p snug" : "seg-p";
  const inside = (
    <>
      {room >= 16 && score}
      {room >= 31 + text.length * 7 && <em>{text}</em>}
    </>
  );
  if (!hrefOf)
    return (
      <span className={className} style={{ flex: count }}>
        {inside}
      </span>
    );
  return (
    <Link
      className={className}
      style={{ flex: count }}
      href={hrefOf(score)}
      aria-label={t("ui.segments.open", { score, written: text })}
    >
      {inside}
    </Link>
  );
}

/** The name of a segment, which leads to it. */
function Name({ part, name, hrefOf }: { part: SegmentPart; name: string; hrefOf: HrefOf }) {
  if (!hrefOf) return name;
  return (
    <Link className="seg-link" href={hrefOf(part)}>
      {name}
    </Link>
  );
}

/** The coloured area: a larger target for the pointer; by keyboard and aloud the name is the link. */
function Area({ part, className, hrefOf }: { part: SegmentPart; className: string; hrefOf: HrefOf }) {
  if (!hrefOf) return <div className={className} />;
  return <PointerLink className={className} href={hrefOf(part)} />;
}

function Row({
  segment,
  name,
  share,
  detail,
}: {
  segment: "detractor" | "passive" | "promoter";
  name: ReactNode;
  share: string;
  detail: string;
}) {
  return (
    <li>
      <Dot segment={segment} />
      <span className="strong">{name}</span>
      <span className="muted">{detail}</span>
      <span className="end strong">{share}</span>
    </li>
  );
}
