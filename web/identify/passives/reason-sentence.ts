import type { TFunction } from "i18next";
import type { Format } from "../../ui/format.ts";
import type { PassiveCustomer } from "./passives-data.ts";

type Reason = PassiveCustomer["reasons"][number];
/** All that the sentences are made from. */
type Reasoned = Pick<PassiveCustomer, "reasons" | "status" | "score" | "state" | "asked">;
type Words = { t: TFunction; format: Format };

/** Why a customer is on the list, each reason in one sentence, the weightiest first. */
export function reasonSentences(customer: Reasoned, words: Words): string[] {
  if (customer.reasons.length > 0) return customer.reasons.map((reason) => sentenceOf(reason, words));
  return [answerSentence(customer, words)];
}

function answerSentence({ status, score, state, asked }: Reasoned, { t }: Words): string {
  if (status === "silent") return t("passives.reasons.silent", { count: asked });
  const said = { score: score ?? "" };
  if (state === "unknown") return t("passives.reasons.statedUnknown", said);
  return t(state === "warming" ? "passives.reasons.statedWarming" : "passives.reasons.stated", said);
}

function sentenceOf({ rule, values }: Reason, words: Words): string {
  const { t, format } = words;
  const number = (name: string) => {
    const value = Number(values[name] ?? 0);
    return Number.isInteger(value) ? format.count(value) : format.decimal(value);
  };
  switch (rule) {
    case "declining_use":
      return decline(values, words, number);
    case "basic_features": {
      const said = { used: number("used"), usual: number("usual") };
      return values["plan"]
        ? t("passives.reasons.basicFeaturesOfPlan", { ...said, plan: String(values["plan"]) })
        : t("passives.reasons.basic_features", said);
    }
    case "browsing":
      return t("passives.reasons.browsing", { times: number("times"), days: number("days") });
    case "discount_only": {
      const said = { discounted: number("discounted"), purchases: number("purchases") };
      return values["discounted"] === values["purchases"]
        ? t("passives.reasons.discountOnlyAll", said)
        : t("passives.reasons.discountOnlySome", said);
    }
    case "infrequent_sessions":
      return t("passives.reasons.infrequent_sessions", { days: number("days"), usual: number("usual") });
    case "minimal_use":
      return t("passives.reasons.minimal_use", { uses: number("uses"), usual: number("usual") });
    default:
      return t("passives.reasons.scarce_answers", { asked: number("asked") });
  }
}

function decline(values: Reason["values"], { t, format }: Words, number: (name: string) => string): string {
  const { state, change, since, last, usual } = values;
  if (state === "dormant") {
    const day = format.day(String(last));
    return Number(usual ?? 0) < 0.5
      ? t("passives.reasons.dormant", { day })
      : t("passives.reasons.dormantUsual", { day, usual: number("usual") });
  }
  const percent = format.percent(Math.abs(Number(change ?? 0)));
  return since === undefined
    ? t("passives.reasons.coolingNoDay", { percent })
    : t("passives.reasons.cooling", { percent, day: format.day(String(since)) });
}
