import { queryOptions, useQuery } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import type { TodayItem } from "../../../server/prove/today/today.ts";
import { inboxAddress } from "../../act/inbox/inbox-address.ts";
import { useTimeLeft } from "../../act/inbox/time-left.ts";
import { api, read } from "../../api.ts";
import { passivesAddress } from "../../identify/passives/passive-filter.ts";
import { useMayDo, useTimeZone, useWorkspace } from "../../session.ts";
import { ButtonLink, Kbd } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { Icon, type IconName } from "../../ui/icons.tsx";
import { useShortcut } from "../../ui/shortcuts.ts";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import "./today.css";

function todayQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "today"],
    queryFn: () => read(api.api.v1.today.$get()),
    refetchInterval: 60_000,
    refetchOnWindowFocus: true,
  });
}

/** What is to be done today: who waits, who cools, which play to decide, whom surveys ask next. */
export function TodayCard({ span }: { span: 7 | 12 }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data, error, refetch } = useQuery(todayQuery(slug));
  const list = useRef<HTMLUListElement>(null);
  useMoving(list);
  const items = data?.items ?? [];
  return (
    <Card
      flush
      span={span}
      title={t("today.title")}
      sub={items.length > 0 && t("today.sub", { count: items.length })}
      end={
        items.length > 1 && (
          <span className="td-keys" aria-hidden="true">
            <Kbd>J</Kbd> <Kbd>K</Kbd> {t("today.toMove")}
          </span>
        )
      }
    >
      {data ? (
        items.length === 0 ? (
          <EmptyState icon="check" title={t("today.nothing")}>
            {t("today.nothingBody")}
          </EmptyState>
        ) : (
          <ul className="td-list" ref={list}>
            {items.map((item) => (
              <Line key={keyOf(item)} item={item} />
            ))}
          </ul>
        )
      ) : (
        <div className="td-state">
          {error ? (
            <ErrorCard title={t("today.error")} error={error} onRetry={() => void refetch()} />
          ) : (
            <Ghost lines={[36, 36, 36]} />
          )}
        </div>
      )}
    </Card>
  );
}

/** J and K go from one thing to the next; Enter does it. */
function useMoving(list: React.RefObject<HTMLUListElement | null>) {
  const move = (step: 1 | -1) => {
    const links = [...(list.current?.querySelectorAll<HTMLElement>("a") ?? [])];
    const at = links.findIndex((link) => link === document.activeElement);
    const next = links[at < 0 ? 0 : at + step];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  };
  useShortcut("j", () => move(1));
  useShortcut("k", () => move(-1));
}

const keyOf = (item: TodayItem) =>
  item.kind === "decide" ? item.play.id : item.kind === "check" ? item.survey.id : item.kind;

const icons: Record<TodayItem["kind"], IconName> = {
  reply: "warning",
  review: "cooling",
  decide: "prove",
  check: "send",
};

function Line({ item }: { item: TodayItem }) {
  const { t } = useTranslation();
  const mayAct = useMayDo("editor");
  const { title, detail, href } = useWords(item);
  return (
    <li className={item.kind}>
      <Icon name={icons[item.kind]} />
      <div>
        <b>{title}</b>
        <p>{detail}</p>
      </div>
      <span className="td-do">
        {item.kind === "reply" && <Left item={item} />}
        <ButtonLink size="sm" href={href}>
          {t(`today.do.${mayAct ? item.kind : "review"}`)}
        </ButtonLink>
      </span>
    </li>
  );
}

function Left({ item }: { item: Extract<TodayItem, { kind: "reply" }> }) {
  const { t } = useTranslation();
  const left = useTimeLeft()({ ...item.longest, state: "open" });
  if (!left) return null;
  return (
    <span className={`td-left ${left.tone}`}>
      {left.tone === "late" ? t("inbox.lateBy", { time: left.written }) : left.written}
    </span>
  );
}

function useWords(item: TodayItem): { title: string; detail: string; href: string } {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat(useTimeZone());
  switch (item.kind) {
    case "reply": {
      const { customers, cases, detractors, late, longest } = item;
      return {
        title: t(detractors === customers ? "today.reply.detractors" : "today.reply.customers", {
          count: customers,
        }),
        detail: [
          cases > customers && t("today.reply.cases", { count: cases }),
          t("today.reply.longest", {
            name: longest.name ?? t("inbox.somebody"),
            at: format.dateTime(longest.openedAt),
          }),
          late > 0
            ? t("today.reply.late", { count: late })
            : longest.dueAt && t("today.reply.due", { at: format.dateTime(longest.dueAt) }),
        ]
          .filter(Boolean)
          .join(" "),
        href: inboxAddress(slug, { case: longest.caseId }),
      };
    }
    case "review":
      return {
        title: t("today.review.title", { count: item.customers }),
        detail: [
          item.revenue !== null &&
            t("today.review.revenue", { money: format.money(Math.round(item.revenue), item.currency) }),
          item.basic > 0 && t("today.review.basic", { count: item.basic }),
        ]
          .filter(Boolean)
          .join(" "),
        href: passivesAddress(slug, {
          row: "answered",
          state: "cooling",
          stateSince: item.since,
          sort: "revenue",
        }),
      };
    case "decide":
      return {
        title: t(`today.decide.${item.verdict}`, { name: item.play.name }),
        detail: item.difference
          ? t("today.decide.difference", {
              points: signedDecimal(format, item.difference.points),
              low: signedDecimal(format, item.difference.interval[0]),
              high: signedDecimal(format, item.difference.interval[1]),
            })
          : "",
        href: `/${slug}/plays/${item.play.id}`,
      };
    default:
      return {
        title: t("today.check.title", { count: item.asked }),
        detail: [
          t("today.check.next", {
            survey: item.survey.name,
            count: item.next.customers,
            at: format.dateTime(item.next.at),
          }),
          item.heldBack &&
            t("today.check.held", {
              count: item.heldBack.customers,
              reason: t(`today.held.${item.heldBack.most}`),
            }),
        ]
          .filter(Boolean)
          .join(" "),
        href: `/${slug}/surveys/${item.survey.id}`,
      };
  }
}

/** "+5.1", "−0.4". */
function signedDecimal(format: ReturnType<typeof useFormat>, value: number): string {
  const written = format.decimal(Math.abs(value));
  if (Math.abs(value) < 0.05) return written;
  return `${value < 0 ? "−" : "+"}${written}`;
}
