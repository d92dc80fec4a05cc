import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { channelName } from "../../collect/channel-name.ts";
import { reasonName } from "../../collect/invitations/reason-name.ts";
import { useWorkspace } from "../../session.ts";
import { Link } from "../../ui/button.tsx";
import { type Format, useFormat } from "../../ui/format.ts";
import { LanguageTag } from "../../ui/marks.tsx";
import type { TimelineItem } from "./customers-data.ts";

type Of<Kind extends TimelineItem["kind"]> = Extract<TimelineItem, { kind: Kind }>;

/** What happened, in words: the thing itself in bold, the rest after it. */
export function Said({ item }: { item: TimelineItem }) {
  const { t } = useTranslation();
  switch (item.kind) {
    case "answer":
      return <Answer item={item} />;
    case "change":
      return (
        <Line what={t("customers.timeline.changed")} rest={item.survey.name}>
          <span className="faint">{t("customers.timeline.changedFrom", { score: item.score })}</span>
          {item.comment !== null && <Quote text={item.comment} />}
        </Line>
      );
    case "set_aside":
      return (
        <Line what={t("customers.timeline.setAside", { score: item.score })} rest={item.survey.name}>
          <span className="faint">
            {t(`surveys.aside.reasons.${item.reason}`)}
            {item.overriddenAt !== null && ` · ${t("customers.timeline.overridden")}`}
          </span>
        </Line>
      );
    case "invitation":
      return <Invitation item={item} />;
    case "reminder":
      return (
        <Line
          what={t("customers.timeline.reminded")}
          rest={t("customers.timeline.invitedTo", { survey: item.survey.name })}
        />
      );
    case "suppression":
      return <Line what={t(`customers.timeline.suppressed.${item.reason}`)} rest={item.address} />;
    case "complaint":
      return item.what === "opened" ? (
        <Line what={t("customers.timeline.complained")}>
          {item.note !== null && <Quote text={item.note} />}
        </Line>
      ) : (
        <Line what={t("customers.timeline.complaintClosed")} />
      );
    case "visit":
      return <Visit item={item} />;
    case "activity":
      return <Activity item={item} />;
    case "purchase":
      return <Purchase item={item} />;
    case "merge":
      return (
        <Line
          what={t("customers.timeline.merged")}
          rest={
            item.reason === "member"
              ? item.by !== null && t("customers.timeline.mergedBy", { name: item.by })
              : t(
                  item.reason === "api"
                    ? "customers.timeline.mergedByApi"
                    : "customers.timeline.mergedByEvent",
                )
          }
        />
      );
    case "segment":
      return (
        <Line
          what={t(item.entered ? "customers.timeline.entered" : "customers.timeline.left")}
          rest={item.segment.name}
        />
      );
    case "message":
      return <Message item={item} />;
    case "play":
      return <Play item={item} />;
    case "incentive":
      return <Incentive item={item} />;
    case "created":
      return (
        <Line
          what={t("customers.timeline.created")}
          rest={item.importId !== null && t("customers.timeline.createdByImport")}
        />
      );
    default:
      return item satisfies never;
  }
}

function Line({ what, rest, children }: { what: ReactNode; rest?: ReactNode; children?: ReactNode }) {
  return (
    <>
      <b>{what}</b> {rest}
      {children && <div className="cu-more">{children}</div>}
    </>
  );
}

function Quote({ text, language }: { text: string; language?: string | null }) {
  return (
    <blockquote className="cu-say" {...(language && { lang: language })}>
      {text}
    </blockquote>
  );
}

function Answer({ item }: { item: Of<"answer"> }) {
  const { t } = useTranslation();
  const { score, previousScore, channel, language, comment, survey, state } = item;
  const moved =
    previousScore === null
      ? t("customers.timeline.first")
      : previousScore === score
        ? t("customers.timeline.stays")
        : t(score > previousScore ? "customers.timeline.upFrom" : "customers.timeline.downFrom", {
            score: previousScore,
          });
  return (
    <>
      <b>{t("customers.timeline.answered", { score })}</b>, {moved}
      {state === "provisional" && `, ${t("customers.timeline.provisional")}`}
      <span className="faint cu-of">
        {channelName(t, channel)} · {survey.name}
      </span>{" "}
      {language && <LanguageTag tag={language} />}
      {comment !== null && <Quote text={comment} language={language} />}
    </>
  );
}

function Invitation({ item }: { item: Of<"invitation"> }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { channel, survey, fate, reason } = item;
  const isUnhappy = fate === "failed" || fate === "cancelled" || fate === "bounced";
  return (
    <Line
      what={t(channel === "api" ? "customers.timeline.handed" : "customers.timeline.invited")}
      rest={
        <Link href={`/${slug}/surveys/${survey.id}`}>
          {t("customers.timeline.invitedTo", { survey: survey.name })}
        </Link>
      }
    >
      <span className="faint">
        {channel === "api" && fate === "sent" ? t("invitations.fates.given") : t(`invitations.fates.${fate}`)}
        {isUnhappy && reason !== null && `: ${reasonName(t, reason)}`}
      </span>
    </Line>
  );
}

function Message({ item }: { item: Of<"message"> }) {
  const { t } = useTranslation();
  const { direction, subject, state, play, reason, openedAt, clickedAt, bouncedAt } = item;
  const fate = bouncedAt ? "bounced" : clickedAt ? "clicked" : openedAt ? "opened" : state;
  // A reply that a member took back says no more than that.
  const dropped: string =
    state === "cancelled" && play
      ? t(`customers.timeline.plays.reasons.${reason ?? ""}`, { defaultValue: "" })
      : "";
  return (
    <Line
      what={t(direction === "in" ? "customers.timeline.wrote" : "customers.timeline.gotMail")}
      rest={subject}
    >
      <span className="faint">
        {direction === "out" && t(`customers.timeline.mailFates.${fate}`)}
        {state === "failed" && reason !== null && `: ${reasonName(t, reason)}`}
        {dropped !== "" && `: ${dropped}`}
      </span>{" "}
      {play && <OfPlay play={play} />}
    </Line>
  );
}

function Play({ item: { play, what, arm, reason } }: { item: Of<"play"> }) {
  const { t } = useTranslation();
  return (
    <Line what={t(`customers.timeline.plays.${what}`)} rest={<OfPlay play={play} />}>
      {what === "entered" && arm === "holdout" && (
        <span className="faint">{t("customers.timeline.plays.leftAlone")}</span>
      )}
      {reason !== null && (
        <span className="faint">
          {t([
            `customers.timeline.plays.reasons.${reason as "rest"}`,
            "customers.timeline.plays.reasons.other",
          ])}
        </span>
      )}
    </Line>
  );
}

function Incentive({ item: { pool, worth, purpose, play, redeemedAt } }: { item: Of<"incentive"> }) {
  const { t } = useTranslation();
  return (
    <Line what={t("customers.timeline.gotCode")} rest={worth === "" ? pool : `${pool}, ${worth}`}>
      <span className="faint">
        {t(`customers.timeline.codeFor.${purpose}`)}
        {redeemedAt !== null && ` · ${t("customers.timeline.codeUsed")}`}
      </span>{" "}
      {play && <OfPlay play={play} />}
    </Line>
  );
}

function OfPlay({ play: { id, name } }: { play: { id: string; name: string } }) {
  const { slug } = useWorkspace();
  return <Link href={`/${slug}/plays/${id}`}>{name}</Link>;
}

const mostNamed = 3;

function Visit({ item }: { item: Of<"visit"> }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const { n, names, events, firsts, others } = item;
  // Nothing of it was done by the customer.
  if (n === 0) return <Line what={t("customers.timeline.recorded")} rest={others.join(", ")} />;
  const named = events
    .slice(0, mostNamed)
    .map(({ name, n }) => (n === 1 ? name : t("customers.timeline.event", { name, n: count(n) })));
  const list = named.join(", ");
  return (
    <Line
      what={t("customers.timeline.active", { count: n })}
      rest={names > mostNamed ? t("customers.timeline.mostly", { names: list }) : list}
    >
      {firsts.length > 0 && (
        <span className="pro">{t("customers.timeline.firstUse", { names: firsts.join(", ") })}</span>
      )}{" "}
      {others.length > 0 && (
        <span className="faint">{t("customers.timeline.also", { names: others.join(", ") })}</span>
      )}
    </Line>
  );
}

function Activity({ item: { state, events, usual } }: { item: Of<"activity"> }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const isLow = state === "cooling" || state === "dormant";
  return (
    <Line
      what={<span className={isLow ? "pas" : ""}>{t(`customers.timeline.activity.${state}`)}</span>}
      rest={
        usual
          ? t("customers.timeline.activityOf", {
              count: events,
              low: count(usual.low),
              high: count(usual.high),
            })
          : t("customers.timeline.activityNone", { count: events })
      }
    />
  );
}

function Purchase({ item }: { item: Of<"purchase"> }) {
  const { t } = useTranslation();
  const format: Format = useFormat();
  const { revenue, currency, discount, coupon, orderId } = item;
  const details = [
    orderId !== null && t("customers.timeline.order", { id: orderId }),
    discount !== null &&
      discount > 0 &&
      t("customers.timeline.discount", { amount: format.money(discount, currency) }),
    coupon && t("customers.timeline.coupon", { code: coupon }),
  ].filter(Boolean);
  return (
    <Line
      what={t("customers.timeline.bought")}
      rest={
        revenue !== null && t("customers.timeline.boughtFor", { amount: format.money(revenue, currency) })
      }
    >
      {details.length > 0 && <span className="faint">{details.join(" · ")}</span>}
    </Line>
  );
}
