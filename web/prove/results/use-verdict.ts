import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import type { PlayResult, ResultLine, Verdict } from "./results-data.ts";

type Goal = NonNullable<PlayResult["plan"]>["goal"];

/** How differences are written: in percentage points with their sign, one decimal. */
export function usePoints() {
  const { locale } = useFormat();
  const options = { minimumFractionDigits: 1, maximumFractionDigits: 1, signDisplay: "exceptZero" } as const;
  const format = new Intl.NumberFormat(locale, options);
  const to = locale === "de-DE" ? "bis" : "to";
  /** 0.051: "+5.1" */
  const points = (share: number) => {
    const rounded = Math.round(1000 * share) / 10;
    return format.format(rounded === 0 ? 0 : rounded).replace("-", "−");
  };
  return { points, interval: (low: number, high: number) => `${points(low)} ${to} ${points(high)}` };
}

/** The verdict in the interface's language: a headline, and a sentence below it. */
export function useVerdict() {
  const { t } = useTranslation();
  const format = useFormat();
  const { points } = usePoints();

  const headline = (verdict: Verdict, goal: Goal | null): string => {
    const { reason, arms, missing } = verdict;
    const shares = {
      treated: format.share((100 * arms.treated.k) / arms.treated.n),
      holdout: format.share((100 * arms.holdout.k) / arms.holdout.n),
    };
    switch (reason) {
      case "works":
        return t(`results.headline.works.${goal?.kind ?? "promoter"}`, shares);
      case "harms":
        return t(`results.headline.harms.${goal?.kind ?? "promoter"}`, shares);
      case "smaller than worth it":
        return t("results.headline.small");
      case "arms are not as assigned":
        return t("results.headline.arms");
      case "nobody left alone":
        return t("results.headline.alone");
      default:
        return missing
          ? t("results.headline.cannotTell", {
              count: missing.results,
              written: format.count(missing.results),
            })
          : t("results.headline.nothing");
    }
  };

  const detail = (verdict: Verdict, worth: number | undefined): string => {
    const { reason, interval, missing } = verdict;
    const lies = interval && {
      difference: points(interval.difference),
      low: points(interval.low),
      high: points(interval.high),
    };
    const wait = missing && sayWait(missing);
    switch (reason) {
      case "works":
      case "harms":
        return lies ? t(`results.detail.${reason}`, lies) : "";
      case "smaller than worth it":
        return lies ? t("results.detail.small", { ...lies, worth: points(worth ?? 0).replace("+", "") }) : "";
      case "arms are not as assigned":
        return t("results.detail.arms");
      case "nobody left alone":
        return t("results.detail.alone");
      default:
        return [wait, lies && t("results.detail.open", lies)].filter(Boolean).join(" ");
    }
  };

  const sayWait = ({ results, entered, weeks }: NonNullable<Verdict["missing"]>): string => {
    const already =
      entered >= results
        ? t("results.wait.allEntered")
        : entered > 0
          ? t("results.wait.someEntered", { count: entered, written: format.count(entered) })
          : "";
    const until =
      weeks === null
        ? t("results.wait.nobody")
        : weeks > longestWait
          ? t("results.wait.years")
          : entered >= results
            ? t("results.wait.last", { count: weeks, written: format.count(weeks) })
            : t("results.wait.weeks", { count: weeks, written: format.count(weeks) });
    return [already, until].filter(Boolean).join(" ");
  };

  return { headline, detail };
}

/** Weeks beyond which nobody waits. */
const longestWait = 104;

/** The short state of a play in a list. */
export function stateOf({ play, verdict, ready }: ResultLine): "ready" | "decided" | "cannotTell" | "none" {
  if (ready) return "ready";
  if (play.decision !== null) return "decided";
  return verdict.reason === "arms are not as assigned" || verdict.reason === "nobody left alone"
    ? "none"
    : "cannotTell";
}
