import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import type { DryRun, PlayDefinition } from "./plays-data.ts";

/** From how much of a chance on a gain that is there will be noticed: what plays are planned for. */
const enoughPower = 0.8;

/** What the result of a play will be able to say, in plain words: a promise, or why there is none. */
export function usePromiseSentence() {
  const { t } = useTranslation();
  const format = useFormat();
  return ({ eligible, promise }: DryRun, { worth }: Pick<PlayDefinition, "worth">): string => {
    if (promise === null || eligible === null) return t("plays.promise.nobody");
    if (promise.needed === null) return t("plays.promise.none");
    const points = (share: number) => format.points(share);
    const known = {
      points: points(worth),
      needed: format.count(promise.needed),
      count: eligible,
      customers: format.count(eligible),
    };
    const past = t(promise.guessed ? "plays.promise.guessed" : "plays.promise.known", {
      share: format.percent(promise.baseline),
    });
    if (promise.power >= enoughPower) {
      return [t("plays.promise.kept", { ...known, power: format.percent(promise.power) }), past].join(" ");
    }
    const smallest =
      promise.smallest === null || eligible === 0
        ? ""
        : t("plays.promise.smallest", { points: points(promise.smallest) });
    return [t("plays.promise.refused", known), smallest, past].filter(Boolean).join(" ");
  };
}
