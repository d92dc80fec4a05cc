import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { useFormat } from "../../ui/format.ts";
import { Badge } from "../../ui/marks.tsx";
import type { VirtualColumn } from "../../ui/virtual-table.tsx";
import type { Suppression } from "./suppressions-data.ts";

const toneOf = { unsubscribed: "silent", bounced: "passive", complained: "detractor" } as const;

/** The columns of the list; with `onLift` a bounce can be lifted. */
export function suppressionColumns(
  t: TFunction,
  timeZone: string | undefined,
  onLift: ((suppression: Suppression) => void) | undefined,
): VirtualColumn<Suppression>[] {
  return [
    {
      id: "address",
      header: t("suppressions.address"),
      width: "minmax(0, 2fr)",
      phone: "full",
      cell: ({ address }) => <span className="strong sp-who sp-address">{address}</span>,
    },
    {
      id: "reason",
      header: t("suppressions.reason"),
      width: "minmax(0, 2fr)",
      phone: "full",
      cell: (suppression) => <Why suppression={suppression} />,
    },
    {
      id: "at",
      header: t("suppressions.since"),
      width: "92px",
      cell: ({ at }) => <Day at={at} timeZone={timeZone} />,
    },
    {
      id: "lift",
      header: t("suppressions.lift.header"),
      quiet: true,
      width: "minmax(0, 140px)",
      align: "end",
      cell: (suppression) =>
        suppression.reason === "bounced" &&
        onLift && (
          <Button
            size="sm"
            aria-label={t("suppressions.lift.of", { address: suppression.address })}
            onPress={() => onLift(suppression)}
          >
            {t("suppressions.lift.action")}
          </Button>
        ),
    },
  ];
}

function Why({ suppression: { reason, source, detail, survey } }: { suppression: Suppression }) {
  const { t } = useTranslation();
  return (
    <span className="sp-why">
      <Badge tone={toneOf[reason]}>{t(`suppressions.reasons.${reason}`)}</Badge>
      <span className="muted">
        {sourceName(t, source)}
        {(survey || detail) && (
          <span className="faint small sp-who">
            {[survey && t("suppressions.after", { survey: survey.name }), detail].filter(Boolean).join(". ")}
          </span>
        )}
      </span>
    </span>
  );
}

const sources = ["page", "one-click", "api", "smtp", "dsn"] as const;
const services = {
  ses: "Amazon SES",
  sendgrid: "SendGrid",
  postmark: "Postmark",
  mailgun: "Mailgun",
} as const;

function sourceName(t: TFunction, source: string): string {
  const own = sources.find((id) => id === source);
  if (own) return t(`suppressions.sources.${own}`);
  const service = Object.entries(services).find(([id]) => id === source)?.[1];
  return service ? t("suppressions.saidBy", { service }) : source;
}

function Day({ at, timeZone }: { at: string; timeZone: string | undefined }) {
  const { shortDate } = useFormat(timeZone);
  return (
    <time dateTime={at} className="muted nowrap">
      {shortDate(at)}
    </time>
  );
}
