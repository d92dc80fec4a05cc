import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../session.ts";
import { Link } from "../ui/button.tsx";
import { useFormat } from "../ui/format.ts";
import type { ResponseDetails } from "./responses-data.ts";

type Value = string | number | boolean | null;

const shownAtFirst = 12;

/** What is known of the customer and was known at the time of the answer. */
export function ResponseFacts({ response }: { response: ResponseDetails }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { customer, traits, weight, sourceId, importId, surveyVersion, drivers, mayContact } = response;
  const { locale } = useFormat();
  const changed = byName(customer.traits).filter(([name, value]) => traits[name] !== value);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  return (
    <>
      <Facts
        title={t("responses.detail.facts")}
        facts={[
          [t("responses.detail.drivers"), drivers.join(" · ")],
          [t("responses.detail.mayContact"), mayContact],
          [t("responses.detail.version"), surveyVersion],
          [t("responses.detail.email"), customer.name ? customer.email : null],
          [t("responses.detail.externalId"), customer.externalId],
          [t("responses.detail.weight"), weight === null ? null : number.format(weight)],
          [t("responses.detail.sourceId"), sourceId],
        ]}
        end={
          importId && (
            <>
              <dt>{t("responses.detail.import")}</dt>
              <dd>
                <Link href={`/${slug}/import/${importId}`}>{t("responses.detail.importLink")}</Link>
              </dd>
            </>
          )
        }
      />
      <Facts title={t("responses.detail.traits")} facts={byName(traits)} />
      <Facts title={t("responses.detail.customerTraits")} facts={changed} />
    </>
  );
}

function Facts({ title, facts, end }: { title: string; facts: [string, Value][]; end?: React.ReactNode }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const known = facts.filter(([, value]) => value !== null && value !== "");
  if (known.length === 0 && !end) return null;
  const shown = all ? known : known.slice(0, shownAtFirst);
  return (
    <section className="rs-section">
      <h3>{title}</h3>
      <dl className="rs-facts">
        {shown.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {typeof value === "boolean" ? t(value ? "responses.detail.yes" : "responses.detail.no") : value}
            </dd>
          </div>
        ))}
        {end && <div>{end}</div>}
      </dl>
      {known.length > shown.length && (
        <Link className="link small" onPress={() => setAll(true)}>
          {t("responses.detail.showAll", { count: known.length })}
        </Link>
      )}
    </section>
  );
}

function byName(traits: Record<string, Value>): [string, Value][] {
  return Object.entries(traits).toSorted(([a], [b]) => a.localeCompare(b));
}
