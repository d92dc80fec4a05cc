import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { customerAddress } from "../../identify/customers/customer-filter.ts";
import { TraitValue } from "../../identify/customers/trait-value.tsx";
import { useMayDo, useTimeZone, useWorkspace } from "../../session.ts";
import { Button, Link } from "../../ui/button.tsx";
import { useFormat } from "../../ui/format.ts";
import { Icon } from "../../ui/icons.tsx";
import { Avatar, ScoreChip } from "../../ui/marks.tsx";
import { useChangeCase } from "./case-actions.tsx";
import { type CaseDetails, nameOfCase, personOf } from "./inbox-data.ts";

/** Who this is: their answers, what is known of them, and how far the loop is closed. */
export function CaseFacts({ details }: { details: CaseDetails }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { customer } = details;
  const name = nameOfCase(details.case) ?? t("inbox.somebody");
  const person = personOf(customer);
  return (
    <aside className="ib-r" aria-label={t("inbox.about")}>
      <div className="who">
        <Avatar name={name} />
        <div>
          <b>
            <Link className="ib-name" href={customerAddress(slug, customer.id)}>
              {name}
            </Link>
          </b>
          <span>{person === name ? customer.email : person}</span>
        </div>
      </div>
      <Answers details={details} />
      <Details details={details} />
      <Loop details={details} />
    </aside>
  );
}

function Answers({ details: { answers, case: row } }: { details: CaseDetails }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const shown = answers.slice(0, 6).toReversed();
  if (shown.length === 0) return null;
  return (
    <>
      <h2>{t("inbox.answers")}</h2>
      <ol className="ib-answers">
        {shown.map(({ id, score, at }, index) => (
          <li key={id} title={format.date(at)}>
            {index > 0 && <Icon name="arrowRight" size={12} />}
            <ScoreChip score={score} />
          </li>
        ))}
      </ol>
      {row.scoreAfter !== null && (
        <p className="ib-after">
          {t(row.recovered ? "inbox.recovered" : "inbox.notRecovered", { score: row.scoreAfter })}
        </p>
      )}
    </>
  );
}

const known = new Set(["revenue", "plan", "currency", "owner", "churnedAt"]);
const mostTraits = 5;

function Details({ details: { customer, case: row } }: { details: CaseDetails }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { revenue, currency, plan, activity, change, account, phone } = customer;
  const isLow = activity === "cooling" || activity === "dormant";
  const traits = Object.entries({ ...account?.traits, ...customer.traits })
    .filter(([name, value]) => !known.has(name) && value !== null && value !== "")
    .slice(0, mostTraits);
  const state = (["cooling", "flat", "warming", "dormant"] as const).find((each) => each === activity);
  return (
    <>
      <h2>{t("inbox.facts.title")}</h2>
      <dl className="ib-facts">
        {revenue !== null && (
          <>
            <dt>{t("inbox.facts.revenue")}</dt>
            <dd>{t("inbox.facts.aYear", { money: format.money(revenue, currency) })}</dd>
          </>
        )}
        {plan && (
          <>
            <dt>{t("inbox.facts.plan")}</dt>
            <dd>{plan}</dd>
          </>
        )}
        {account && account.customers > 1 && (
          <>
            <dt>{t("inbox.facts.people")}</dt>
            <dd>{format.count(account.customers)}</dd>
          </>
        )}
        {state && (
          <>
            <dt>{t("inbox.facts.activity")}</dt>
            <dd className={isLow ? "pas-text" : ""}>
              {change === null || state === "dormant"
                ? t(`passives.states.${state}`)
                : format.changeShare(change)}
            </dd>
          </>
        )}
        {phone && (
          <>
            <dt>{t("inbox.facts.phone")}</dt>
            <dd>{phone}</dd>
          </>
        )}
        <dt>{t("inbox.facts.owner")}</dt>
        <dd>{row.owner?.name ?? t("inbox.owner.nobody")}</dd>
        {traits.map(([name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>
              <TraitValue value={value} />
            </dd>
          </Fragment>
        ))}
      </dl>
    </>
  );
}

/** The steps of closing the loop: some follow from what happened, some are ticked off by hand. */
function Loop({ details: { case: row, checklist } }: { details: CaseDetails }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const change = useChangeCase();
  const mayWrite = useMayDo("editor");
  return (
    <>
      <h2>{t("inbox.loop.title")}</h2>
      <ul className="ib-checks">
        {checklist.map(({ item, doneAt }) => {
          const isByHand = item === "read" || item === "confirmed" || item === "cause";
          const name = t(`inbox.loop.${item}`);
          const mark = doneAt ? <Icon name="check" size={14} /> : <i />;
          return (
            <li
              key={item}
              className={doneAt ? "done" : ""}
              {...(doneAt && { title: format.dateTime(doneAt) })}
            >
              {isByHand && mayWrite ? (
                <Button
                  variant="quiet"
                  size="sm"
                  aria-pressed={doneAt !== null}
                  onPress={() => void change(row.id, { checklist: { [item]: doneAt === null } })}
                >
                  {mark}
                  {name}
                </Button>
              ) : (
                <span>
                  {mark}
                  {name}
                </span>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}
