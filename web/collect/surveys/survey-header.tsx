import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMayDo, useTimeZone, useWorkspace } from "../../session.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { PageHeader } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { forecastQuery } from "../editor/editor-data.ts";
import { languageName } from "../language-name.ts";
import { surveysQuery } from "../surveys-data.ts";
import { enough } from "./enough.ts";
import type { SurveyDetails, SurveyResults } from "./survey-data.ts";
import { SurveyMenu } from "./survey-menu.tsx";
import { useSurveyActions } from "./use-survey-actions.ts";

/** The finding as the title, how the survey stands, and what can be done with it. */
export function SurveyHeader({
  survey,
  results,
  isRange,
}: {
  survey: SurveyDetails;
  results: SurveyResults | undefined;
  isRange: boolean;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  return (
    <PageHeader
      title={useFinding(survey, results, isRange)}
      crumbs={[{ label: t("surveys.title"), href: `/${slug}/surveys` }, { label: survey.name }]}
      actions={<Actions survey={survey} />}
    >
      <Standing survey={survey} />
    </PageHeader>
  );
}

function useFinding(survey: SurveyDetails, results: SurveyResults | undefined, isRange: boolean) {
  const { t } = useTranslation();
  const format = useFormat();
  const { name } = survey;
  if (!results) return name;
  const { n: count, responseRate } = results;
  if (count === 0) return t(isRange ? "surveys.one.noneInRange" : "surveys.one.noAnswers", { name });
  if (!responseRate || responseRate.n < enough) return t("surveys.one.finding", { count, name });
  return t("surveys.one.findingRate", { count, name, rate: format.share(responseRate.share) });
}

function Standing({ survey }: { survey: SurveyDetails }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat(useTimeZone());
  const listed = useQuery(surveysQuery(slug)).data?.find(({ id }) => id === survey.id);
  const { state, liveSince, version, published, anonymous } = survey;
  const content = published?.content;
  const tags = new Set([...(content ? [content.language] : []), ...Object.keys(content?.languages ?? {})]);
  const languages = [...tags].map((tag) => languageName(format, tag));
  const list = new Intl.ListFormat(format.locale).format(languages);
  const parts = [
    state === "live"
      ? liveSince
        ? t("surveys.one.live", { day: format.date(liveSince) })
        : t("surveys.one.liveNow")
      : t(`surveys.one.${state}`),
    published && t("surveys.one.version", { version, languages: list }),
    listed?.nextAt && t("surveys.one.next", { when: format.dateTime(listed.nextAt) }),
    useAsking(survey),
    anonymous && t("surveys.one.anonymous"),
  ];
  return parts.filter(Boolean).join(" ");
}

/** Whom a live survey asks in the next seven days, and who is held back. */
function useAsking({ id, state, published }: SurveyDetails): string | undefined {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat();
  const settings = published?.settings;
  const asks =
    state === "live" &&
    settings?.channels.email &&
    (settings.rhythm.kind === "once" || settings.rhythm.kind === "every");
  const { data } = useQuery({
    ...forecastQuery(slug, id, settings!),
    enabled: Boolean(asks),
  });
  if (!data?.nextAt) return undefined;
  const held = data.heldBack.filter(({ n }) => n > 0);
  return [
    t("surveys.one.asks", { count: data.asked }),
    held.length > 0 &&
      t("surveys.one.held", {
        count: held.reduce((sum, { n }) => sum + n, 0),
        reasons: held
          .map(({ reason, n }) => t(`editor.forecast.held.${reason}`, { n: format.count(n) }))
          .join(", "),
      }),
  ]
    .filter(Boolean)
    .join(" ");
}

function Actions({ survey }: { survey: SurveyDetails }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  const { changeState } = useSurveyActions();
  return (
    <>
      <ButtonLink href={`/${slug}/invitations?survey=${survey.id}`} variant="quiet">
        {t("surveys.asked.seeInvitations")}
      </ButtonLink>
      {mayEdit && survey.state === "live" && (
        <Button onPress={() => changeState(survey, "paused")}>{t("surveys.actions.pause")}</Button>
      )}
      {mayEdit && survey.state === "paused" && (
        <Button onPress={() => changeState(survey, "live")}>{t("surveys.actions.resume")}</Button>
      )}
      {mayEdit && (
        <ButtonLink
          // The empty draft's own button is the main one.
          variant={survey.state === "draft" ? "default" : "primary"}
          href={`/${slug}/surveys/${survey.id}/edit`}
        >
          {t("surveys.one.edit")}
        </ButtonLink>
      )}
      <SurveyMenu survey={survey} isOpen />
    </>
  );
}
