import type { RecordingPlan } from "../recording-plan.ts";

const customerColumns =
  "workspace_id, id, account_id, external_id, email, phone, name, language, traits, anonymous, import_id, created_at, updated_at";
const responseColumns =
  "workspace_id, customer_id, id, survey_id, score, comment, language, channel, at, received_at, traits, weight, source_id, import_id";

/** The new rows of a plan in the text format of COPY. Written by hand, because it is most of an import's work. */
export function copyText({ keys, newCustomers, responses }: RecordingPlan, importId: string, now: Date) {
  const stamp = now.toISOString();
  const json = jsonOnce();
  const keyLines = keys.map(({ workspaceId, key, customerId }) =>
    line([workspaceId, escape(key), customerId]),
  );
  const customerLines = newCustomers.map((c) =>
    line([
      c.workspaceId,
      c.id,
      orNull(c.accountId),
      orNull(c.externalId),
      orNull(c.email),
      orNull(c.phone),
      orNull(c.name),
      orNull(c.language),
      json(c.traits),
      c.anonymous ? "t" : "f",
      importId,
      stamp,
      stamp,
    ]),
  );
  const responseLines = responses.map((r) =>
    line([
      r.workspaceId,
      r.customerId,
      r.id,
      r.surveyId,
      String(r.score),
      orNull(r.comment),
      orNull(r.language),
      escape(r.channel),
      r.at.toISOString(),
      stamp,
      json(r.traits),
      r.weight === null ? "\\N" : String(r.weight),
      orNull(r.sourceId),
      importId,
    ]),
  );
  return {
    keys: keyLines.join(""),
    customers: customerLines.join(""),
    customerColumns,
    responses: responseLines.join(""),
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

function line(fields: string[]): string {
  return `${fields.join("\t")}\n`;
}

/** A customer and their answer share their traits. */
function jsonOnce(): (value: object) => string {
  const written = new Map<object, string>();
  return (value) => {
    const before = written.get(value);
    if (before !== undefined) return before;
    const text = escape(JSON.stringify(value));
    written.set(value, text);
    return text;
  };
}
