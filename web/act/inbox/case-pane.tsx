import { useQuery } from "@tanstack/react-query";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { channelName } from "../../collect/channel-name.ts";
import { customerAddress } from "../../identify/customers/customer-filter.ts";
import { useMayDo, useTimeZone, useWorkspace } from "../../session.ts";
import { Link } from "../../ui/button.tsx";
import { useFormat } from "../../ui/format.ts";
import { Icon } from "../../ui/icons.tsx";
import { Badge, ScoreChip } from "../../ui/marks.tsx";
import { ErrorCard, Ghost } from "../../ui/states.tsx";
import { useIsPhone } from "../../ui/width.ts";
import { StateMenu } from "./case-actions.tsx";
import { CaseFacts } from "./case-facts.tsx";
import { Composer, ReadersNote } from "./composer.tsx";
import { Conversation } from "./conversation.tsx";
import { inboxAddress, type InboxView } from "./inbox-address.ts";
import { type CaseDetails, caseQuery, nameOfCase, personOf } from "./inbox-data.ts";
import { SlaClock } from "./sla-clock.tsx";

interface CasePaneProps {
  id: string;
  view: InboxView;
  /** Which one of how many it is in the list. */
  place: { at: number; of: number } | undefined;
  field: RefObject<HTMLTextAreaElement | null>;
  onSent: () => void;
  onClose: () => void;
}

/** One case: what they said, what was written since, and where the reply is written. */
export function CasePane(props: CasePaneProps) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data, error, refetch } = useQuery(caseQuery(slug, props.id));
  if (data) return <Loaded details={data} {...props} />;
  return (
    <section className="ib-m" aria-label={t("inbox.case")}>
      <div className="ib-state">
        {error ? (
          <ErrorCard title={t("inbox.caseError")} error={error} onRetry={() => void refetch()} />
        ) : (
          <Ghost lines={[[20, "40%"], 90, [14, "70%"], 160]} />
        )}
      </div>
    </section>
  );
}

function Loaded({ details, view, place, field, onSent, onClose }: CasePaneProps & { details: CaseDetails }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayWrite = useMayDo("editor");
  // On a phone the list with its title is another page.
  const Heading = useIsPhone() ? "h1" : "h2";
  const row = details.case;
  const name = nameOfCase(row) ?? t("inbox.somebody");
  return (
    <>
      <section className="ib-m" aria-label={name}>
        <div className="ib-h">
          <Link className="ib-back" href={inboxAddress(slug, { state: view.state })}>
            <Icon name="arrowLeft" size={14} />
            {place ? t("inbox.back", place) : t("inbox.title")}
          </Link>
          <div className="ib-what">
            <Heading>
              {name} {row.state !== "open" && <Badge>{t(`inbox.states.${row.state}`)}</Badge>}
            </Heading>
            <Origin details={details} />
          </div>
          <SlaClock row={row} />
          {mayWrite && <StateMenu row={row} onClose={onClose} />}
        </div>
        <div className="ib-body">
          <Said details={details} />
          <Similar details={details} />
          <Conversation entries={details.conversation} />
        </div>
        {mayWrite ? <Composer key={row.id} {...{ details, field, onSent }} /> : <ReadersNote />}
      </section>
      <CaseFacts details={details} />
    </>
  );
}

function Origin({ details: { case: row, answer } }: { details: CaseDetails }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const said = {
    at: format.dateTime(answer?.at ?? row.openedAt),
    channel: answer ? channelName(t, answer.channel) : "",
  };
  return (
    <p className="ib-origin">
      {answer ? t("inbox.origin.answer", said) : t(`inbox.origin.${row.openedBy}`, said)}
    </p>
  );
}

/** What they said, in their own words; or what the case is about. */
function Said({ details: { case: row, answer, answers, customer } }: { details: CaseDetails }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const before = answers.filter(({ at }) => answer && at < answer.at).slice(0, 2);
  const name = personOf(customer) ?? t("inbox.somebody");
  const language = answer?.language ?? undefined;
  // That of a low answer without words is the score, which stands beside it.
  const hasTitle = row.title !== "" && row.openedBy !== "detractor";
  return (
    <div className="ib-said">
      {row.score !== null && <ScoreChip score={row.score} large />}
      <div>
        {answer?.comment ? (
          <p className="ib-quote" lang={language}>
            {language?.startsWith("de") ? `„${answer.comment}“` : `“${answer.comment}”`}
          </p>
        ) : (
          <p className={hasTitle ? "ib-quote" : "ib-quote faint"}>
            {hasTitle ? row.title : t("inbox.noWords")}
          </p>
        )}
        {answer && answer.drivers.length > 0 && (
          <p className="ib-drivers">
            {answer.drivers.map((driver) => (
              <Badge key={driver} tone="line">
                {driver}
              </Badge>
            ))}
          </p>
        )}
        {before.length > 0 && (
          <p className="small faint">
            {t("inbox.before", {
              name,
              count: before.length,
              first: before[0]?.score ?? "",
              firstDay: format.shortDate(before[0]?.at ?? ""),
              second: before[1]?.score ?? "",
              secondDay: format.shortDate(before[1]?.at ?? before[0]?.at ?? ""),
            })}
          </p>
        )}
      </div>
    </div>
  );
}

const similarShown = 3;

/** Others who said the same: perhaps one cause, and one answer for all. */
function Similar({ details: { similar } }: { details: CaseDetails }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat();
  if (similar.length === 0) return null;
  const words = [...new Set(similar.flatMap((each) => each.words.slice(0, 2)))].slice(0, 3).join(", ");
  return (
    <details className="ib-similar">
      <summary>
        <Icon name="speech" size={14} />
        {t("inbox.similar", { count: similar.length, words })}
      </summary>
      <ul>
        {similar.slice(0, similarShown).map(({ customer, score, comment, language, at }) => (
          <li key={`${customer.id} ${at}`}>
            <ScoreChip score={score} />
            <span>
              <Link href={customerAddress(slug, customer.id)}>{customer.name ?? t("inbox.somebody")}</Link>{" "}
              <span className="faint">{format.day(at)}</span>
              <span className="ib-words" lang={language ?? undefined}>
                {comment}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
