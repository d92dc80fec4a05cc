import { useTranslation } from "react-i18next";
import { useTimeZone } from "../../session.ts";
import { Card } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { Icon } from "../../ui/icons.tsx";
import { ScoreChip, segmentOf } from "../../ui/marks.tsx";
import { reasonSentences } from "../passives/reason-sentence.ts";
import type { Customer } from "./customers-data.ts";

/** So many answers are shown one beside the other. */
const mostShown = 4;

/** What they said last and before, whether and why they are passive, and what they are worth. */
export function StandsCard({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  return (
    <Card span={4} title={t("customers.stands.title")}>
      <Scores customer={customer} />
      <Figures customer={customer} />
    </Card>
  );
}

function Scores({ customer }: { customer: Customer }) {
  const sentence = useSentence(customer);
  const shown = customer.answers.slice(0, mostShown).toReversed();
  return (
    <>
      {shown.length > 0 && (
        <ol className="cu-scores">
          {shown.map(({ id, score }, index) => (
            <li key={id}>
              {index > 0 && <Icon name="arrowRight" size={13} />}
              <ScoreChip score={score} large={index === shown.length - 1} />
            </li>
          ))}
        </ol>
      )}
      <p className="small muted cu-sentence">{sentence}</p>
    </>
  );
}

function useSentence({ answers, standing }: Customer): string {
  const { t } = useTranslation();
  const [last] = answers;
  if (!last) {
    const asked = standing?.asked ?? 0;
    return asked === 0 ? t("customers.stands.neverAsked") : t("customers.stands.silent", { count: asked });
  }
  const category = segmentOf(last.score);
  const other = answers.findIndex(({ score }) => segmentOf(score) !== category);
  const name = t(`customers.stands.${category}`);
  const same = other < 0 ? answers.length : other;
  if (same === 1 && other > 0) {
    const before = segmentOf(answers[other]!.score);
    return t("customers.stands.moved", {
      category: name,
      before: t(`customers.stands.${before}`).toLocaleLowerCase(),
    });
  }
  return t("customers.stands.same", { category: name, count: same });
}

function Figures({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const { standing, language, contactedAt } = customer;
  if (!standing) return <p className="faint small">{t("customers.stands.updating")}</p>;
  const { status, state, change, features, plan, revenue, currency, asked } = standing;
  const reasons = status ? reasonSentences({ ...standing, status }, { t, format }) : [];
  const isLow = state === "cooling" || state === "dormant";
  const activity = t(`passives.states.${state}`);
  return (
    <dl className="cu-facts">
      <dt>{t("customers.stands.status")}</dt>
      <dd>{status ? t(`passives.statuses.${status}`) : t("customers.stands.notPassive")}</dd>
      {reasons.length > 0 && (
        <>
          <dt>{t("customers.stands.why")}</dt>
          <dd>
            {reasons.map((reason) => (
              <span key={reason} className="cu-reason">
                {reason}
              </span>
            ))}
          </dd>
        </>
      )}
      <dt>{t("customers.stands.activity")}</dt>
      <dd className={isLow ? "pas" : ""}>
        {change !== null && (state === "cooling" || state === "warming")
          ? t("customers.columns.activityLabel", { state: activity, change: format.changeShare(change) })
          : activity}
      </dd>
      <Fact name={t("customers.stands.features")} value={features === null ? null : format.count(features)} />
      <Fact name={t("customers.stands.plan")} value={plan} />
      <Fact
        name={t("customers.stands.revenue")}
        value={
          revenue === null ? null : t("customers.stands.aYear", { amount: format.money(revenue, currency) })
        }
      />
      <Fact
        name={t("customers.stands.asked")}
        value={asked === 0 ? null : t("customers.stands.times", { count: asked })}
      />
      <Fact
        name={t("customers.stands.lastAsked")}
        value={contactedAt === null ? null : format.shortDate(contactedAt)}
      />
      <Fact
        name={t("customers.stands.language")}
        value={language === null ? null : format.language(language)}
      />
    </dl>
  );
}

function Fact({ name, value }: { name: string; value: string | null }) {
  if (value === null) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
