import { useTranslation } from "react-i18next";
import { useDescribe, orList } from "../../../identify/segments/describe.ts";
import { useFormat } from "../../../ui/format.ts";
import { nameIn, type PlayChoices } from "../play-choices.ts";
import type { StepDays } from "./step-days.ts";
import type { PlayDefinition, PlayStep, StepOf } from "./step-ways.ts";

/** Says what steps do, in the words of members. */
export interface StepWords {
  /** In a few words: "E-mail: three features you do not use". */
  title: (step: PlayStep) => string;
  /** What it does, in one or two sentences. */
  detail: (step: PlayStep) => string;
  /** "Day 0 to 7". */
  days: (days: StepDays | undefined) => string;
  /** What stands over one side of a branch. */
  side: (step: PlayStep, side: "next" | "otherwise") => string;
  /** What a play is to bring about: "Answers 9 or 10 within 90 days". */
  goal: (play: Pick<PlayDefinition, "goal" | "days">) => string;
}

/** The words of steps, with the names of what they name. */
export function useStepWords(choices: PlayChoices): StepWords {
  const { t } = useTranslation();
  const format = useFormat();
  const describe = useDescribe();

  const waits = (hours: number) =>
    hours % 24 === 0
      ? t("plays.words.waitDays", { count: hours / 24, written: format.count(hours / 24) })
      : t("plays.words.waitHours", { count: hours, written: format.count(hours) });
  const categories = (chosen: readonly string[] | null) =>
    chosen === null || chosen.length === 0
      ? t("plays.words.anything")
      : orList(
          t,
          chosen.map((category) => t(`plays.words.category.${category as "passive"}`)),
        );
  const until = (what: NonNullable<StepOf<"wait">["until"]>) =>
    what.kind === "event"
      ? t("plays.words.untilEvent", { event: what.event || "…" })
      : t("plays.words.untilAnswer", { what: categories(what.categories) });
  const condition = (when: StepOf<"branch">["when"]) => {
    switch (when.kind) {
      case "answer":
        return t("plays.words.ifAnswer", { what: categories(when.categories) });
      case "answered":
        return t("plays.words.ifAnswered");
      case "event":
        return t("plays.words.ifEvent", { event: when.event || "…" });
      case "customer":
        return t("plays.words.ifCustomer", { what: describe(when.filter) });
      default:
        return t("plays.words.ifShare", { share: format.percent(when.share) });
    }
  };
  const languages = ({ language, languages }: StepOf<"email">) =>
    [language, ...Object.keys(languages).filter((tag) => tag !== language)].map(format.language).join(", ");
  const owner = ({ owner }: StepOf<"task">) =>
    owner.kind === "person"
      ? (nameIn(choices.members, owner.person) ?? t("plays.words.nobody"))
      : t(`plays.words.owner.${owner.kind}`);
  const receiver = ({ receiver }: StepOf<"slack" | "webhook">) =>
    nameIn(choices.receivers, receiver) ?? t("plays.words.nowhere");

  const title = (step: PlayStep): string => step.name ?? withoutCode(ownTitle(step));
  const ownTitle = (step: PlayStep): string => {
    switch (step.kind) {
      case "email": {
        const subject = step.languages[step.language]?.subject;
        return subject ? t("plays.words.email", { subject }) : t("plays.kinds.email");
      }
      case "wait":
        return waits(step.hours);
      case "branch":
        return condition(step.when);
      case "slack":
        return t("plays.words.slack", { name: receiver(step) });
      case "webhook":
        return t("plays.words.webhook", { name: receiver(step) });
      case "task":
        return step.title ? t("plays.words.task", { title: step.title }) : t("plays.kinds.task");
      case "code":
        return t("plays.words.code", { name: nameIn(choices.pools, step.pool) ?? "…" });
      default:
        return t(`plays.kinds.${step.kind}`);
    }
  };
  const detail = (step: PlayStep): string => {
    switch (step.kind) {
      case "email":
        return [
          step.choose &&
            t(`plays.words.choose.${step.choose.by}`, {
              name: nameIn(choices.content, step.choose.item) ?? "…",
            }),
          step.asks !== "nothing" && t(`plays.words.asks.${step.asks}`),
          t("plays.words.languages", { languages: languages(step) }),
        ]
          .filter(Boolean)
          .join(" ");
      case "wait":
        return step.until === null ? t("plays.words.waitPlain") : until(step.until);
      case "branch":
        return step.name === undefined ? t("plays.words.branchPlain") : condition(step.when);
      case "slack":
        return withoutCode(step.text);
      case "webhook":
        return t("plays.words.webhookPlain");
      case "task":
        return t("plays.words.taskPlain", {
          owner: owner(step),
          time: t("plays.words.businessHours", { count: step.hours, written: format.count(step.hours) }),
        });
      case "code":
        return t(`plays.words.purpose.${step.purpose}`);
      case "ask":
        return t("plays.words.askPlain", { survey: nameIn(choices.surveys, step.survey) ?? "…" });
      default:
        return t("plays.words.leavePlain");
    }
  };
  return {
    title,
    detail,
    days: (days) => {
      if (!days) return "";
      if (days.first === days.last) return t("plays.words.day", { day: format.count(days.first) });
      return t("plays.words.dayTo", { first: format.count(days.first), last: format.count(days.last) });
    },
    side: (step, side) => {
      if (step.kind === "wait") return t(side === "next" ? "plays.sides.happened" : "plays.sides.over");
      return t(side === "next" ? "plays.sides.holds" : "plays.sides.otherwise");
    },
    goal: ({ goal, days }) => {
      const within = { days: t("plays.words.days", { count: days, written: format.count(days) }) };
      if (goal.kind === "feature")
        return t("plays.goals.feature", { feature: goal.feature || "…", ...within });
      return t(`plays.goals.${goal.kind}`, within);
    },
  };
}

/** What is filled in for each customer is no word of a title. */
function withoutCode(text: string): string {
  return text.replaceAll(/\{\{.*?\}\}|\{%.*?%\}/g, "…");
}
