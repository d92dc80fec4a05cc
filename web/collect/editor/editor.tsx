import { GoneSurvey } from "../surveys/gone-survey.tsx";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isGone } from "../../api.ts";
import { useMayDo, useSession, useTimeZone, useWorkspace } from "../../session.ts";
import { useCommandKey } from "../../shell/command-key.ts";
import { Button } from "../../ui/button.tsx";
import { PageHeader, PendingPage } from "../../ui/card.tsx";
import { Tabs } from "../../ui/choice.tsx";
import { useFormat } from "../../ui/format.ts";
import { useMedia } from "../../ui/media.ts";
import { useShortcut } from "../../ui/shortcuts.ts";
import { ErrorCard, Ghost, useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { ChannelsPart } from "./channels-part.tsx";
import { DraftNotices } from "./draft-notices.tsx";
import { Editing, type EditingState } from "./editing.ts";
import { forecastQuery, sendTest, shippedQuery, surveyQuery, type SurveyDetails } from "./editor-data.ts";
import { EmailPart } from "./email-part.tsx";
import { LanguagesPart } from "./languages-part.tsx";
import { LookPart } from "./look-part.tsx";
import { Preview } from "./preview.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { QuestionsPart } from "./questions-part.tsx";
import { SaveLine } from "./save-line.tsx";
import { StateMenu } from "./state-menu.tsx";
import { ThrottlePart } from "./throttle-part.tsx";
import { useDraft, type DraftState } from "./use-draft.ts";
import { usePublishKey } from "./use-publish-key.ts";
import { WhenPart } from "./when-part.tsx";
import { WhomPart } from "./whom-part.tsx";
import "./editor.css";
import "./preview.css";

/** One survey: what it asks, whom, when and how, with what respondents will see beside it. */
export function SurveyEditor() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { surveyId } = useParams({ from: "/$workspace/surveys/$surveyId/edit" });
  const survey = useQuery(surveyQuery(slug, surveyId));
  const shipped = useQuery(shippedQuery);
  const failed = survey.error ?? shipped.error;
  if (survey.data && shipped.data) {
    return <Loaded key={surveyId} survey={survey.data} {...shipped.data} />;
  }
  return (
    <PendingPage title={t("editor.surveys")} href={`/${slug}/surveys`}>
      {isGone(failed) ? (
        <GoneSurvey />
      ) : failed ? (
        <ErrorCard
          title={t("editor.loadFailed")}
          error={failed}
          onRetry={() => void Promise.all([survey.refetch(), shipped.refetch()])}
        />
      ) : (
        <Ghost lines={[[20, "40%"], [9, "60%"], 68, [9, "30%"], 36, 36, 36]} />
      )}
    </PendingPage>
  );
}

function Loaded({
  survey,
  texts,
  languages,
}: {
  survey: SurveyDetails;
  texts: EditingState["shipped"];
  languages: EditingState["shippedNames"];
}) {
  const mayEdit = useMayDo("editor");
  const state = useDraft(survey);
  const [wanted, setLanguage] = useState(survey.draft.content.language);
  const { draft } = state;
  const language = wanted in draft.content.languages ? wanted : draft.content.language;
  const editing: EditingState = {
    survey: state.survey,
    draft,
    anonymous: state.anonymous,
    shipped: texts,
    shippedNames: languages,
    language,
    setLanguage,
    changeContent: (next) => state.change((draft) => ({ ...draft, content: next(draft.content) })),
    changeSettings: (change) =>
      state.change((draft) => ({ ...draft, settings: { ...draft.settings, ...change } })),
    changeName: (name) => state.change((draft) => ({ ...draft, name })),
    changeAnonymous: state.changeAnonymous,
    problems: state.survey.problems,
  };
  return (
    <Editing value={editing}>
      <EditorPage state={state} mayEdit={mayEdit} language={language} />
    </Editing>
  );
}

function EditorPage({ state, mayEdit, language }: { state: DraftState; mayEdit: boolean; language: string }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const isNarrow = useMedia("(max-width: 1180px)");
  const [side, setSide] = useState<"edit" | "preview">("edit");
  const [isPublishing, setPublishing] = useState(false);
  const { survey } = state;
  const canPublish = mayEdit && (survey.changed || survey.version === 0 || state.saving !== "saved");
  const openPublish = async () => {
    if (!canPublish) return;
    if (await state.flush()) setPublishing(true);
  };
  const test = useTest(state, language);
  useShortcut("t", () => test.mutate(), mayEdit && !test.isPending);
  usePublishKey(() => void openPublish());
  const publishKey = useCommandKey("↵");
  return (
    <>
      <PageHeader
        title={<Name mayEdit={mayEdit} state={state} />}
        crumbs={[{ label: t("editor.surveys"), href: `/${slug}/surveys` }, { label: state.draft.name }]}
        actions={
          mayEdit && (
            <>
              <SaveLine {...state} at={survey.draft.at} />
              <Button onPress={() => test.mutate()} isPending={test.isPending} shortcut="T">
                {t("editor.test.action")}
              </Button>
              <Button
                variant="primary"
                shortcut={publishKey}
                isDisabled={!canPublish}
                onPress={() => void openPublish()}
              >
                {t(survey.version === 0 ? "editor.publish.firstAction" : "editor.publish.changes")}
              </Button>
              <StateMenu state={state} />
            </>
          )
        }
      >
        <StateSentence survey={survey} />
      </PageHeader>
      <DraftNotices
        {...state}
        mayEdit={mayEdit}
        conflict={t("editor.conflict.title")}
        viewer={t("editor.viewerBody")}
      />
      {isNarrow && (
        <div className="ed-sides">
          <Tabs
            label={t("editor.sides.label")}
            value={side}
            options={[
              { id: "edit", label: t("editor.sides.edit") },
              { id: "preview", label: t("editor.sides.preview") },
            ]}
            onChange={setSide}
          />
        </div>
      )}
      <div className="editor">
        {(!isNarrow || side === "edit") && (
          <fieldset className="card flush" disabled={!mayEdit} aria-label={t("editor.title")}>
            <QuestionsPart />
            <LanguagesPart />
            <EmailPart />
            <LookPart />
            <WhomPart />
            <WhenPart />
            <ThrottlePart />
            <ChannelsPart />
          </fieldset>
        )}
        {(!isNarrow || side === "preview") && (
          <div className="stick">
            <Preview />
          </div>
        )}
      </div>
      {isPublishing && (
        <PublishDialog
          onClose={() => setPublishing(false)}
          onPublished={(published) => state.accept(published, { draft: true })}
          takeTheirs={state.takeTheirs}
        />
      )}
    </>
  );
}

/** The survey's name as the page's title, changed in place. */
function Name({ state, mayEdit }: { state: DraftState; mayEdit: boolean }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string>();
  const { name } = state.draft;
  if (!mayEdit) return <>{name}</>;
  return (
    <>
      <span className="sr">{name}</span>
      <input
        className="ed-name"
        aria-label={t("editor.name")}
        value={typed ?? name}
        maxLength={200}
        onFocus={() => setTyped(name)}
        onBlur={() => setTyped(undefined)}
        onChange={(event) => {
          setTyped(event.target.value);
          const next = event.target.value.trim();
          if (next !== "") state.change((draft) => ({ ...draft, name: next }));
        }}
        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
      />
    </>
  );
}

/** "Live. Next batch Wednesday, 14 October at 09:00, 212 customers." */
function StateSentence({ survey }: { survey: SurveyDetails }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat(useTimeZone());
  const settings = survey.published?.settings;
  const { data } = useQuery({
    ...forecastQuery(slug, survey.id, settings ?? survey.draft.settings),
    enabled: survey.state === "live" && settings !== undefined,
  });
  const state = t(`editor.state.is.${survey.state}`);
  if (survey.state !== "live" || !data?.nextAt) return <>{state}</>;
  return (
    <>
      {state}{" "}
      {t("editor.nextBatch", {
        when: format.dateTime(data.nextAt),
        count: data.nextN,
        written: format.count(data.nextN),
      })}
    </>
  );
}

function useTest({ survey, draft }: DraftState, language: string) {
  const { t } = useTranslation();
  const { person } = useSession();
  const sentence = useErrorSentence();
  return useMutation({
    mutationFn: () => sendTest(survey.id, draft, language),
    onSuccess: () => toast({ message: t("editor.test.sent", { email: person?.email ?? "" }) }),
    onError: (error) => toast({ message: sentence(error), tone: "warning" }),
  });
}
