import type { RecordingPlan } from "../recording-plan.ts";

const customerColumns =
  "workspace_id, id, account_id, external_id, email, phone, name, language, traits, anonymous, import_id, created_at, updated_at";
const responseColumns =
  "workspace_id, customer_id, id, survey_id, score, comment, language, channel, at, received_at, traits, weight, source_id, import_id";

/** The new rows of a plan in the text format of COPY. Written by hand, because it is most of an import's work. */
export function copyText({ keys, newCustomers, responses }: RecordingPlan, importId: string, now: Date) {
  const stamp = now.toISOString();
  let keyLines = "";
  for (const { workspaceId, key, customerId } of keys) {
    keyLines += `${workspaceId}\t${escape(key)}\t${customerId}\n`;
  }
  let customerLines = "";
  for (const c of newCustomers) {
    customerLines +=
      `${c.workspaceId}\t${c.id}\t${orNull(c.accountId)}\t${orNull(c.externalId)}\t${orNull(c.email)}\t` +
      `${orNull(c.phone)}\t${orNull(c.name)}\t${orNull(c.language)}\t${json(c.traits)}\t${c.anonymous}\t` +
      `${importId}\t${stamp}\t${stamp}\n`;
  }
  let responseLines = "";
  for (const r of responses) {
    responseLines +=
      `${r.workspaceId}\t${r.customerId}\t${r.id}\t${r.surveyId}\t${r.score}\t${orNull(r.comment)}\t` +
      `${orNull(r.language)}\t${escape(r.channel)}\t${r.at.toISOString()}\t${stamp}\t${json(r.traits)}\t` +
      `${r.weight ?? "\\N"}\t${orNull(r.sourceId)}\t${importId}\n`;
  }
  return {
    keys: keyLines,
    customers: customerLines,
    customerColumns,
    responses: responseLines,
    responseColumns,
  };
}

const special = /[\\\n\r\t]/;
const names: Record<string, string> = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escape(text: string): string {
  return special.test(text) ? text.replaceAll(/[\\\n\r\t]/g, (sign) => names[sign] ?? sign) : text;
}

function orNull(text: string | null): string {
  return text === null ? "\\N" : escape(text);
}

function json(value: object): string {
  return escape(JSON.stringify(value));
}
