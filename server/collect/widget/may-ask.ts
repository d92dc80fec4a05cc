import { sql } from "kysely";
import type { Resources } from "../../platform/resources.ts";
import { stillRests } from "../asking/contact-budget.ts";
import type { PublishedSurvey } from "../surveys/published-survey.ts";
import { findKnownCustomer } from "./find-known-customer.ts";
import { readCustomer, type WidgetCustomer } from "./widget-customer.ts";
import { widgetKeyOf } from "./widget-key.ts";

/**
 * Whether the widget may ask this customer now: not while they rest from an ask or an answer, have asked not to be
 * asked, or wait for us to settle a complaint. Of whoever is not signed nothing is told: the answer is always yes.
 * @throws Refusal when a signature does not fit
 */
export async function mayAsk(
  resources: Resources,
  survey: PublishedSurvey,
  said: WidgetCustomer,
): Promise<boolean> {
  const { reads } = resources.database;
  if (survey.anonymous) return true;
  const { customer, isSigned } = readCustomer(await widgetKeyOf(resources, survey.workspaceId), said);
  const known = isSigned && (await findKnownCustomer(reads, survey.workspaceId, customer));
  if (!known) return true;
  const now = resources.clock.now();
  const { restDays, quietAfterComplaint } = survey.settings;
  const { rows } = await sql<{ reason: string }>`
    select 1 from customers c where c.id = ${known}::uuid and (
      c.unsubscribed_at is not null
      or ${stillRests(sql`c.id`, now, restDays)}
      or exists (select from responses r where r.customer_id = c.id
        and r.at > ${now}::timestamptz - ${restDays} * interval '24 hours')
      or ${quietAfterComplaint !== null} and exists (select from complaints k where k.customer_id = c.id
        and (k.closed_at is null or k.closed_at > ${now}::timestamptz - ${quietAfterComplaint?.days ?? 0} * interval '24 hours'))
    )`.execute(reads);
  return rows.length === 0;
}
