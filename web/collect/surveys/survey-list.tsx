import { useTranslation } from "react-i18next";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { Link } from "../../ui/button.tsx";
import { useFormat } from "../../ui/format.ts";
import { LanguageTag } from "../../ui/marks.tsx";
import { Table } from "../../ui/table.tsx";
import { responsesAddress } from "../addresses.ts";
import { ResponseRate } from "./response-rate.tsx";
import { StateBadge } from "./state-badge.tsx";
import type { SurveySummary } from "./survey-data.ts";
import { SurveyMenu } from "./survey-menu.tsx";

/** The surveys in a table; on a phone one under the other. */
export function SurveyList({ surveys }: { surveys: SurveySummary[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="sv-list">
      <Table
        label={t("surveys.title")}
        rows={surveys}
        rowId={({ id }) => id}
        columns={[
          { id: "name", header: t("surveys.list.name"), cell: (survey) => <Name survey={survey} /> },
          {
            id: "state",
            header: t("surveys.list.state"),
            cell: ({ state }) => <StateBadge state={state} />,
          },
          {
            id: "answers",
            header: t("surveys.list.answers"),
            align: "end",
            phoneLabel: true,
            phone: "full",
            cell: (survey) => <Answers survey={survey} />,
          },
          {
            id: "invited",
            header: t("surveys.list.invited"),
            align: "end",
            phoneLabel: true,
            phone: "full",
            cell: ({ invited }) => format.count(invited),
          },
          {
            id: "rate",
            header: t("surveys.list.rate"),
            phone: "full",
            phoneLabel: true,
            cell: (survey) => <ResponseRate survey={survey} />,
          },
          {
            id: "next",
            header: t("surveys.list.next"),
            phoneLabel: true,
            phone: "full",
            cell: (survey) => <Next survey={survey} />,
          },
          {
            id: "menu",
            header: t("surveys.actions.more"),
            quiet: true,
            align: "end",
            cell: (survey) => <SurveyMenu survey={survey} />,
          },
        ]}
      />
    </div>
  );
}

function Name({ survey }: { survey: SurveySummary }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { id, name, languages, anonymous, changed, state } = survey;
  return (
    <span className="sv-name">
      <Link href={`/${slug}/surveys/${id}`}>{name}</Link>
      <span className="sv-marks">
        {languages.slice(0, 6).map((tag) => (
          <LanguageTag key={tag} tag={tag} />
        ))}
        {languages.length > 6 && <span className="faint small">+{languages.length - 6}</span>}
        {anonymous && <span className="faint small">{t("surveys.list.anonymous")}</span>}
        {changed && state !== "draft" && <span className="pas small">{t("surveys.list.changed")}</span>}
      </span>
    </span>
  );
}

function Answers({ survey: { id, n, setAside } }: { survey: SurveySummary }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat();
  return (
    <span className="sv-answers">
      {n > 0 ? (
        <Link className="sv-plain" href={responsesAddress(slug, { survey: id })}>
          {format.count(n)}
        </Link>
      ) : (
        0
      )}
      {setAside > 0 && <small className="faint">{t("surveys.list.setAside", { count: setAside })}</small>}
    </span>
  );
}

function Next({ survey: { nextAt, state, rhythm } }: { survey: SurveySummary }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  if (nextAt) {
    return (
      <time className="nowrap" dateTime={nextAt}>
        {format.dateTime(nextAt)}
      </time>
    );
  }
  const kind = state === "live" ? rhythm?.kind : undefined;
  if (state === "live" && rhythm?.kind === "every") return t("surveys.list.every", { count: rhythm.days });
  return (
    <span className="faint">
      {kind === "after" || kind === "manual" ? t(`surveys.list.${kind}`) : t("surveys.list.none")}
    </span>
  );
}
