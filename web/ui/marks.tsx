import type { ReactNode } from "react";
import { ProgressBar as AriaProgressBar } from "react-aria-components";
import { useTranslation } from "react-i18next";
import "./marks.css";

/** The four segments, in the order they are always shown. */
export type Segment = "detractor" | "passive" | "promoter" | "silent";

const letterOf = { detractor: "d", passive: "p", promoter: "o", silent: "s" } as const;

/** The segment of a score from 0 to 10. */
export function segmentOf(score: number): Exclude<Segment, "silent"> {
  if (score >= 9) return "promoter";
  return score >= 7 ? "passive" : "detractor";
}

/** A score in the colour of its segment; the number is printed, so colour is never the only cue. */
export function ScoreChip({ score, large = false }: { score: number | null; large?: boolean }) {
  const { t } = useTranslation();
  const segment: Segment = score === null ? "silent" : segmentOf(score);
  const label = score === null ? t("ui.silent") : t("ui.score", { score, category: t(`ui.${segment}`) });
  return (
    <span className={`score ${letterOf[segment]}${large ? " lg" : ""}`} role="img" aria-label={label}>
      {score ?? "–"}
    </span>
  );
}

/** A short state in a pill. `tone` borrows a segment's hue; `line` is an outline. */
export function Badge({ tone, children }: { tone?: Segment | "line"; children: ReactNode }) {
  const look = tone === "line" ? "line" : tone && tone !== "silent" ? letterOf[tone] : "";
  return <span className={`badge ${look}`}>{children}</span>;
}

/** A segment's dot beside its label; silent is hollow. */
export function Dot({ segment }: { segment: Segment }) {
  return <span className={`dot ${letterOf[segment]}`} />;
}

/** The tag of a language, "DE". */
export function LanguageTag({ tag }: { tag: string }) {
  return <span className="lang">{tag}</span>;
}

/** Initials in a circle; decorative, the name stands beside it. */
export function Avatar({ name, large = false }: { name: string; large?: boolean }) {
  const words = name.split(/[\s@.]+/).filter(Boolean);
  const initials = [words[0], words.length > 1 ? words.at(-1) : undefined]
    .map((word) => word?.[0] ?? "")
    .join("");
  return (
    <span className={large ? "avatar lg" : "avatar"} aria-hidden="true">
      {(words.length > 1 ? initials : name.slice(0, 2)).toUpperCase()}
    </span>
  );
}

/** Progress towards a known end: an import, a sample being loaded, 11 of 30 answers. Without `value` the end is unknown. */
export function ProgressBar({
  label,
  value,
  max = 100,
  detail,
  quiet = false,
}: {
  label: string;
  value?: number | undefined;
  max?: number;
  /** What stands at the end of the line, e.g. "31,000 of 100,000 rows". */
  detail?: ReactNode;
  /** The label is for screen readers only. */
  quiet?: boolean;
}) {
  const known = value !== undefined;
  return (
    <AriaProgressBar {...(known ? { value, maxValue: max } : { isIndeterminate: true })} aria-label={label}>
      {({ percentage }) => (
        <>
          {!quiet && (
            <div className="meter-h">
              <span>{label}</span>
              {detail && <span className="muted">{detail}</span>}
            </div>
          )}
          <div className="meter">
            <div
              className={known ? "meter-i" : "meter-i unsized"}
              style={known ? { width: `${percentage}%` } : {}}
            />
          </div>
        </>
      )}
    </AriaProgressBar>
  );
}
