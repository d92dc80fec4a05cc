import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { Card, Note } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { useNow } from "../../ui/now.ts";
import { type Customer, type Engagement, engagementQuery } from "./customers-data.ts";

const recent = 90 * 24 * 3_600_000;
/** Below so many promoters a share is said to be of few. */
const few = 30;

/** The features this customer uses, and those they do not use that are common among promoters like them. */
export function FeaturesCard({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data } = useQuery(engagementQuery(slug, customer.id));
  const now = useNow().getTime();
  // Without any event there is nothing to say, here or of others.
  if (!data || data.firstAt === null) return null;
  const used = data.features.filter(({ lastAt }) => now - Date.parse(lastAt) < recent);
  return (
    <Card title={t("customers.features.title")} sub={t("customers.features.sub")}>
      {used.length > 0 ? (
        <Used features={used} now={now} />
      ) : (
        <p className="muted small">
          {t("customers.features.none")} {data.features.length === 0 && t("customers.features.notKnown")}
        </p>
      )}
      {customer.promoters && <Common promoters={customer.promoters} />}
    </Card>
  );
}

function Used({ features, now }: { features: Engagement["features"]; now: number }) {
  const { t } = useTranslation();
  const { count } = useFormat();
  const most = Math.max(...features.map(({ n }) => n));
  return (
    <ul className="cu-features">
      {features.map(({ name, n, firstAt }) => {
        const isNew = now - Date.parse(firstAt) < recent / 3;
        return (
          <li key={name} className={isNew ? "new" : ""}>
            <span title={isNew ? t("customers.features.isNew") : undefined}>{name}</span>
            <i style={{ width: `${Math.max(2, (100 * n) / most)}%` }} aria-hidden="true" />
            <b>{count(n)}</b>
          </li>
        );
      })}
    </ul>
  );
}

function Common({ promoters: { plan, n, features } }: { promoters: NonNullable<Customer["promoters"]> }) {
  const { t } = useTranslation();
  const { percent } = useFormat();
  if (features.length === 0) return <Note>{t("customers.features.all")}</Note>;
  return (
    <>
      <h3 className="cu-sub">
        {plan === null ? t("customers.features.common") : t("customers.features.commonOf", { plan })}
      </h3>
      <ul className="cu-features off">
        {features.map(({ name, share }) => (
          <li key={name}>
            <span>{name}</span>
            <b>{percent(share)}</b>
          </li>
        ))}
      </ul>
      <Note>
        {t("customers.features.promoters", { count: n })} {n < few && t("customers.features.small")}
      </Note>
    </>
  );
}
