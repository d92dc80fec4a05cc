import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../api.ts";
import { Button, TextButton } from "../../ui/button.tsx";
import { Note } from "../../ui/card.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FormError } from "../../ui/form.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Alert } from "../../ui/states.tsx";
import { useReason } from "../../ui/reason.ts";
import { toast } from "../../ui/toast.tsx";
import { changedParts, changedTexts, type TextChange } from "./changes.ts";
import { textAt } from "./draft.ts";
import { useEditing } from "./editing.ts";
import { publish, type SurveyDetails, type SurveyProblem } from "./editor-data.ts";
import { ForecastNote } from "./forecast-note.tsx";
import { goToProblem, languageOfProblem } from "./go-to-problem.ts";
import { ownName } from "./language-name.ts";

const mostShown = 12;

/** What publishing changes and what stops it, before it is done. */
export function PublishDialog({
  onClose,
  onPublished,
  takeTheirs,
}: {
  onClose: () => void;
  /** Loads what somebody else has made of the draft in the meantime. */
  takeTheirs: () => Promise<void>;
  onPublished: (survey: SurveyDetails) => void;
}) {
  const { t } = useTranslation();
  const { survey, problems } = useEditing();
  const isFirst = survey.published === null;
  const blocking = problems.filter((problem) => problem.blocking);
  const others = summed(problems.filter((problem) => !problem.blocking));
  const go = useMutation({
    mutationFn: () => publish(survey),
    onSuccess: (published) => {
      onPublished(published);
      toast({
        message: t(isFirst ? "editor.publish.live" : "editor.publish.done", { name: published.name }),
      });
      onClose();
    },
  });
  const load = useMutation({ mutationFn: takeTheirs, onSuccess: () => go.reset() });
  const isChanged = go.error instanceof ApiError && go.error.details?.reason === "published_draft_changed";
  return (
    <Dialog
      title={t(isFirst ? "editor.publish.firstTitle" : "editor.publish.title")}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button
            variant="primary"
            onPress={() => go.mutate()}
            isPending={go.isPending}
            isDisabled={blocking.length > 0 || isChanged}
            autoFocus
          >
            {t(isFirst ? "editor.publish.firstAction" : "editor.publish.action")}
          </Button>
        </>
      }
    >
      <div className="publish">
        {blocking.length > 0 && (
          <Problems title={t("editor.publish.stops")} problems={blocking} tone="det" onLeave={onClose} />
        )}
        {isFirst ? (
          <div>
            <p>{t("editor.publish.first")}</p>
            <ForecastNote />
          </div>
        ) : (
          <Changes />
        )}
        {others.length > 0 && (
          <Problems title={t("editor.publish.know")} problems={others} tone="pas" onLeave={onClose} />
        )}
        {isChanged ? (
          <Alert
            tone="det"
            icon="warning"
            title={t("editor.publish.changed.title")}
            actions={
              <Button size="sm" isPending={load.isPending} onPress={() => load.mutate()}>
                {t("editor.publish.changed.load")}
              </Button>
            }
          >
            {t("editor.publish.changed.body")}
          </Alert>
        ) : (
          <FormError error={go.error} />
        )}
        <FormError error={load.error} />
      </div>
    </Dialog>
  );
}

/** One line for all gaps of a language instead of one for each. */
function summed(problems: readonly SurveyProblem[]): SurveyProblem[] {
  const seen = new Set<unknown>();
  return problems.filter(({ reason, values }) => {
    if (reason !== "text_missing" && reason !== "driver_label_missing") return true;
    if (seen.has(values?.language)) return false;
    seen.add(values?.language);
    return true;
  });
}

function Problems({
  title,
  problems,
  tone,
  onLeave,
}: {
  title: string;
  problems: readonly SurveyProblem[];
  tone: "det" | "pas";
  onLeave: () => void;
}) {
  const { t } = useTranslation();
  const { shippedNames, setLanguage } = useEditing();
  const sentence = useReason();
  const show = ({ path }: SurveyProblem) => {
    const language = languageOfProblem(path);
    if (language) setLanguage(language);
    onLeave();
    // The dialog gives the focus back before the field takes it.
    setTimeout(() => goToProblem(path), 50);
  };
  const text = (problem: SurveyProblem) => {
    const language = languageOfProblem(problem.path);
    if (!problem.blocking && language) {
      return t("editor.publish.notOffered", { language: ownName(language, shippedNames) });
    }
    return language ? `${ownName(language, shippedNames)}: ${sentence(problem)}` : sentence(problem);
  };
  return (
    <div>
      <h3 className="lab">{title}</h3>
      <ul className="publish-p">
        {problems.map((problem) => (
          <li key={problem.path + problem.reason} className={tone}>
            <Icon name="warning" size={14} />
            <TextButton onPress={() => show(problem)}>{text(problem)}</TextButton>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Changes() {
  const { t } = useTranslation();
  const { survey, draft, shipped } = useEditing();
  if (!survey.published) return null;
  const texts = changedTexts(survey.published, draft, shipped);
  const parts = changedParts(survey.published, draft);
  return (
    <>
      {texts.length > 0 && (
        <div>
          <h3 className="lab">{t("editor.publish.texts", { count: texts.length })}</h3>
          <ul className="publish-t">
            {texts.slice(0, mostShown).map((change) => (
              <Change key={change.language + change.path} change={change} />
            ))}
          </ul>
          {texts.length > mostShown && (
            <Note>{t("editor.publish.more", { count: texts.length - mostShown })}</Note>
          )}
        </div>
      )}
      {parts.length > 0 && (
        <div>
          <h3 className="lab">{t("editor.publish.parts")}</h3>
          <p className="publish-s">{parts.map((part) => t(`editor.publish.part.${part}`)).join(", ")}.</p>
        </div>
      )}
      {texts.length === 0 && parts.length === 0 && <p>{t("editor.publish.nothing")}</p>}
      {texts.length > 0 && <Note>{t("editor.publish.version", { version: survey.version + 1 })}</Note>}
    </>
  );
}

function Change({ change: { language, path, before, after } }: { change: TextChange }) {
  const { shippedNames, shipped } = useEditing();
  return (
    <li>
      <span className="faint">{ownName(language, shippedNames)}</span>
      <del lang={language}>{before ?? "–"}</del>
      <ins lang={language}>{after ?? textAt(shipped[language], path) ?? "–"}</ins>
    </li>
  );
}
