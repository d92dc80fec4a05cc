import type { TFunction } from "i18next";
import type { Format } from "../ui/format.ts";

/** What somebody did, as the audit log keeps it. */
export interface Audited {
  by: { kind: "member" | "key"; name: string | null } | null;
  action: string;
  aboutId: string | null;
  details: Record<string, unknown>;
}

/** Who did what, in one sentence. */
export function auditSentence(
  t: TFunction,
  format: Format,
  { by, action, aboutId, details }: Audited,
): string {
  const word = t as unknown as (key: string, values?: Record<string, unknown>) => string;
  const name =
    by === null
      ? t("settings.audit.nines")
      : by.name === null
        ? t(`settings.audit.gone.${by.kind}`)
        : by.kind === "key"
          ? t("settings.audit.key", { name: by.name })
          : by.name;
  const { from, to, codes, decision, name: about, ...more } = details;
  const key = typeof decision === "string" ? `${action}.${decision}` : action;
  const sentence = word([`settings.audit.actions.${key}`, "settings.audit.other"] as unknown as string, {
    who: name,
    name: about,
    action,
    id: aboutId,
    ...more,
    ...(typeof codes === "number" && { count: codes }),
    ...(typeof from === "number" && { from: format.percent(from) }),
    ...(typeof to === "number" && { to: format.percent(to) }),
  });
  return sentence;
}
