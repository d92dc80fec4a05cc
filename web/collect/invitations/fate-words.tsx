import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useTimeZone } from "../../session.ts";
import { Badge } from "../../ui/marks.tsx";
import { useFormat, type Format } from "../../ui/format.ts";
import { useNow } from "../../ui/now.ts";
import { fateOf, toneOf } from "./invitation-fate.ts";
import type { Invitation } from "./invitations-data.ts";
import { reasonName } from "./reason-name.ts";

/** What became of an invitation: a word in a pill, and when or why beside it. */
export function FateWords({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const { fate } = fateOf(invitation, useNow());
  const detail = useFateDetail(t, format, invitation);
  return (
    <span className="iv-fate">
      <Badge tone={toneOf[fate]}>{t(`invitations.fates.${fate}`)}</Badge>
      {detail && <span className="muted">{detail}</span>}
    </span>
  );
}

function useFateDetail(t: TFunction, format: Format, invitation: Invitation): string | undefined {
  const now = useNow();
  const { fate, at } = fateOf(invitation, now);
  if (fate === "bounced" || fate === "failed" || fate === "cancelled") {
    return invitation.reason ? reasonName(t, invitation.reason) : at ? format.shortDate(at) : undefined;
  }
  if (!at) return undefined;
  if (fate === "waiting" || fate === "reminding") {
    // Its time has come: the next worker that is free takes it.
    if (new Date(at) <= now) return t("invitations.soon");
    return t("invitations.until", { when: format.dateTime(at) });
  }
  return format.shortDate(at);
}
