import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { useFormat } from "../../ui/format.ts";
import { LanguageTag } from "../../ui/marks.tsx";
import type { VirtualColumn } from "../../ui/virtual-table.tsx";
import { FateWords } from "./fate-words.tsx";
import type { Invitation } from "./invitations-data.ts";

/** The columns of the table; `surveyName` names a survey by its id. On a phone: who and when, and the fate below. */
export function invitationColumns(
  t: TFunction,
  {
    timeZone,
    surveyName,
    isPhone,
  }: { timeZone: string | undefined; surveyName: (id: string) => string; isPhone: boolean },
): VirtualColumn<Invitation>[] {
  const asked: VirtualColumn<Invitation> = {
    id: "asked",
    header: t("invitations.asked"),
    width: "96px",
    align: "end",
    cell: ({ createdAt }) => <Day at={createdAt} timeZone={timeZone} />,
  };
  return [
    {
      id: "customer",
      header: t("invitations.customer"),
      width: "minmax(0, 1.6fr)",
      cell: (invitation) => <Customer invitation={invitation} />,
    },
    ...(isPhone ? [asked] : []),
    {
      id: "fate",
      header: t("invitations.fate"),
      width: "minmax(0, 2fr)",
      phone: "full",
      cell: (invitation) => <FateWords invitation={invitation} />,
    },
    {
      id: "survey",
      header: t("invitations.survey"),
      width: "minmax(0, 1.2fr)",
      phone: "hide",
      cell: ({ surveyId }) => <span className="rs-one">{surveyName(surveyId)}</span>,
    },
    {
      id: "language",
      header: t("invitations.language"),
      width: "72px",
      phone: "hide",
      cell: ({ language }) => <LanguageTag tag={language} />,
    },
    ...(isPhone ? [] : [asked]),
  ];
}

function Customer({ invitation: { customer, recipient } }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const address = recipient ?? customer.email;
  const name = customer.name ?? address;
  if (!name) return <span className="rs-one faint">{t("invitations.noName")}</span>;
  return (
    <span className="iv-who">
      <span className="rs-one strong">{name}</span>
      {address && address !== name && <span className="rs-one faint small">{address}</span>}
    </span>
  );
}

function Day({ at, timeZone }: { at: string; timeZone: string | undefined }) {
  const { shortDate } = useFormat(timeZone);
  return (
    <time dateTime={at} className="muted nowrap">
      {shortDate(at)}
    </time>
  );
}
