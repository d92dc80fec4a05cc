import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { Link, TextButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { customersAddress } from "./customer-filter.ts";
import type { Customer } from "./customers-data.ts";
import { TraitValue } from "./trait-value.tsx";

type Trait = Customer["traits"][number];

const shownAtFirst = 10;

/** What is known of the customer: keys, account, segments, and traits with when they last changed. */
export function FactsCard({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  return (
    <Card title={t("customers.facts.title")}>
      <Known customer={customer} />
      <h3 className="cu-sub">{t("customers.facts.traits")}</h3>
      <Traits traits={customer.traits} />
    </Card>
  );
}

function Known({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { keys, account, segments, timeZone } = customer;
  return (
    <dl className="cu-facts">
      {keys.map(({ kind, value }) => (
        <KeyLine key={`${kind}:${value}`} name={t(`customers.facts.kinds.${kind}`)} value={value} />
      ))}
      {account && (
        <>
          <dt>{t("customers.facts.account")}</dt>
          <dd>
            {account.name ?? account.key}
            {account.customers > 1 && (
              <small>
                <Link href={customersAddress(slug, { text: account.name ?? account.key, who: "all" })}>
                  {t("customers.facts.accountCustomers", { count: account.customers })}
                </Link>
              </small>
            )}
          </dd>
        </>
      )}
      {segments.length > 0 && (
        <>
          <dt>{t("customers.facts.segments")}</dt>
          <dd>
            {segments.map(({ id, name }) => (
              <Link key={id} className="link cu-reason" href={customersAddress(slug, { segment: id })}>
                {name}
              </Link>
            ))}
          </dd>
        </>
      )}
      {timeZone && (
        <>
          <dt>{t("customers.facts.timeZone")}</dt>
          <dd>{timeZone.replaceAll("_", " ")}</dd>
        </>
      )}
    </dl>
  );
}

function KeyLine({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt>{name}</dt>
      <dd className="cu-key">{value}</dd>
    </>
  );
}

function Traits({ traits }: { traits: readonly Trait[] }) {
  const { t } = useTranslation();
  const { shortDate } = useFormat(useTimeZone());
  const [all, setAll] = useState(false);
  const shown = all ? traits : traits.slice(0, shownAtFirst);
  if (traits.length === 0) return <p className="muted small">{t("customers.facts.noTraits")}</p>;
  return (
    <>
      <dl className="cu-facts">
        {shown.map(({ name, value, at }) => (
          <div key={name} className="cu-pair">
            {/* A name from the data, in whatever language: `owner` stays `owner`, as filters and templates write it. */}
            <dt translate="no">{name}</dt>
            <dd>
              <TraitValue value={value} />
              {at && <small>{t("customers.facts.since", { day: shortDate(at) })}</small>}
            </dd>
          </div>
        ))}
      </dl>
      {traits.length > shown.length && (
        <TextButton onPress={() => setAll(true)}>
          {t("customers.facts.showAll", { count: traits.length })}
        </TextButton>
      )}
    </>
  );
}
