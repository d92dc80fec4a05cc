import { useQuery } from "@tanstack/react-query";
import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { useNow } from "../../ui/now.ts";
import { businessMinutes, dayLength } from "./business-time.ts";
import { type Case, inboxSettingsQuery } from "./inbox-data.ts";

/** How long there is to reply, in the hours in which somebody is there. */
export interface TimeLeft {
  tone: "late" | "soon" | "calm";
  /** Business minutes until the limit; below 0 since it passed. */
  minutes: number;
  /** The part of the time that is used up, 0 to 1. */
  used: number;
  /** "1 h 52 min", "2 days", without saying whether left or late. */
  written: string;
}

/** Says of a case how long there is to reply; undefined where no reply is owed or the hours are not known yet. */
export function useTimeLeft(): (of: Pick<Case, "openedAt" | "dueAt" | "state">) => TimeLeft | undefined {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const timeZone = useTimeZone();
  const now = useNow();
  const hours = useQuery(inboxSettingsQuery(slug)).data?.hours;
  return ({ openedAt, dueAt, state }) => {
    if (!dueAt || state !== "open" || !hours || !timeZone) return undefined;
    const due = new Date(dueAt);
    const isLate = due <= now;
    const minutes = isLate
      ? -businessMinutes(hours, timeZone, due, now)
      : businessMinutes(hours, timeZone, now, due);
    const all = Math.max(1, businessMinutes(hours, timeZone, new Date(openedAt), due));
    const used = isLate ? 1 : Math.min(1, Math.max(0, 1 - minutes / all));
    return {
      tone: isLate ? "late" : minutes <= Math.max(60, all / 4) ? "soon" : "calm",
      minutes,
      used,
      written: duration(t, Math.abs(minutes), dayLength(hours)),
    };
  };
}

/** "52 min", "1 h 52 min", and from two business days on "2 days". */
export function duration(t: TFunction, minutes: number, day = 1440): string {
  const whole = Math.floor(minutes);
  if (whole >= 2 * day) return t("inbox.days", { count: Math.floor(whole / day) });
  if (whole < 60) return t("inbox.minutes", { count: whole });
  const rest = whole % 60;
  const hours = Math.floor(whole / 60);
  return rest === 0 ? t("inbox.hours", { count: hours }) : t("inbox.hoursMinutes", { hours, minutes: rest });
}
