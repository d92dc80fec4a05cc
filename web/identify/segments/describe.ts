import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { surveysQuery } from "../../collect/surveys-data.ts";
import { useWorkspace } from "../../session.ts";
import { useFormat } from "../../ui/format.ts";
import {
  type Choices,
  type Comparisons,
  type Control,
  controlsOf,
  countsDays,
  type Subject,
  subjectOf,
} from "./condition-forms.ts";
import { type DraftCondition, type Group, groupOf, type Part, textOf } from "./filter-model.ts";
import { type SegmentFilter, segmentsQuery } from "./segments-data.ts";

/** The name of what a condition is about, as it stands in its sentence. */
export function subjectName(t: TFunction, subject: Subject): string {
  switch (subject) {
    case "customer:language":
    case "customer:time_zone":
    case "customer:email_domain":
    case "customer:email":
    case "customer:phone":
    case "customer:name":
      return t(`segments.fields.${subject.slice(9) as "language"}`);
    case "account:trait":
      return t("segments.kinds.accountTrait");
    default:
      return t(`segments.kinds.${subject}`);
  }
}

/** How a comparison is said. */
export function comparisonName(t: TFunction, words: Comparisons, comparison: string): string {
  const path = `segments.is.${words}` as "segments.is.text";
  return t(`${path}.${comparison as "equal"}`);
}

/** One entry of a list. */
export function choiceName(t: TFunction, of: Choices, id: string): string {
  const path = `segments.choices.${of}` as "segments.choices.state";
  return t(`${path}.${id as "flat"}`);
}

/** "a, b or c". */
export function orList(t: TFunction, names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? "";
  return t("segments.or", { before: names.slice(0, -1).join(", "), last: names.at(-1)! });
}

/** Says filters in words, with the names of surveys and segments. */
export function useDescribe(): (filter: SegmentFilter) => string {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat();
  const surveys = useQuery(surveysQuery(slug)).data ?? [];
  const segments = useQuery(segmentsQuery(slug)).data ?? [];
  const nameIn = (list: readonly { id: string; name: string }[], id: unknown) =>
    list.find((each) => each.id === id)?.name ?? "…";

  const say = (condition: DraftCondition, control: Control): string => {
    const { is, value, days, day } = condition;
    const written = (one: unknown) => textOf(one) || "…";
    const inDays = () => `${written(days)} ${t("segments.units.days")}`;
    const named = (ids: unknown, of: Choices) =>
      Array.isArray(ids) && ids.length > 0
        ? orList(
            t,
            ids.map((id) => choiceName(t, of, textOf(id))),
          )
        : "";
    switch (control.type) {
      case "name":
        return written(condition[control.field]);
      case "is":
        return comparisonName(t, control.words, textOf(is));
      case "exists":
        return t(is === false ? "segments.exists.no" : "segments.exists.yes");
      case "value":
        if (is === "set" || is === "not_set") return "";
        if (countsDays(is)) return inDays();
        return Array.isArray(value) ? orList(t, value.map(written)) : written(value);
      case "moment":
        if (is === "set" || is === "not_set") return "";
        return countsDays(is) ? inDays() : day ? format.shortDate(textOf(day)) : "…";
      case "number":
        return `${written(value)} ${control.unit ? t(`segments.units.${control.unit}`) : ""}`;
      case "choices": {
        const some = named(condition[control.field], control.of);
        if (some || control.field === "category") return some;
        return control.isOptional ? t("segments.any.category") : "…";
      }
      case "survey":
        return condition["survey"] === undefined
          ? ""
          : t("segments.toSurvey", { survey: nameIn(surveys, condition["survey"]) });
      case "surveys":
        return Array.isArray(value)
          ? orList(
              t,
              value.map((id) => nameIn(surveys, id)),
            )
          : "…";
      case "segment":
        return nameIn(segments, condition["segment"]);
      case "currency":
        return condition["currency"]
          ? t("segments.inCurrency", { currency: textOf(condition["currency"]) })
          : "";
      case "which":
        return condition["which"] === "last" ? t("segments.which.last") : "";
      case "within":
        return days === undefined ? "" : `${t("segments.within.days")} ${inDays()}`;
      default:
        return t(`segments.words.${control.word}`);
    }
  };
  const sayCondition = (condition: DraftCondition) =>
    [subjectName(t, subjectOf(condition)), ...controlsOf(condition).map((control) => say(condition, control))]
      .map((words) => words.trim())
      .filter(Boolean)
      .join(" ");
  const sayPart = (part: Part): string => {
    if (part.type === "row") return sayCondition(part.condition);
    const parts = sayGroup(part);
    return part.parts.length > 1 && part.match !== "none" ? t("segments.inWords.group", { parts }) : parts;
  };
  const sayGroup = ({ match, parts }: Group): string => {
    const said = parts.map(sayPart).join(t(`segments.inWords.${match === "all" ? "all" : "any"}`));
    return match === "none" ? t("segments.inWords.none", { parts: said }) : said;
  };
  return (filter) => {
    const group = groupOf(filter);
    return group.parts.length === 0 ? t("segments.everybody") : sayGroup(group);
  };
}
