import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "../../../api.ts";
import { useMayDo, useWorkspace } from "../../../session.ts";
import { Button, Link, TextButton } from "../../../ui/button.tsx";
import { Note } from "../../../ui/card.tsx";
import { Dialog } from "../../../ui/dialog.tsx";
import { TextField } from "../../../ui/field.tsx";
import { FormError } from "../../../ui/form.tsx";
import { Icon } from "../../../ui/icons.tsx";
import { useReason } from "../../../ui/reason.ts";
import { Alert, Ghost } from "../../../ui/states.tsx";
import { toast } from "../../../ui/toast.tsx";
import { ArmsBar } from "../arms-bar.tsx";
import { dryRunQuery, type PlayDetails, type PlayProblem, publishPlay } from "../plays-data.ts";
import { usePromiseSentence } from "../promise-sentence.ts";
import { outlineOf } from "../steps/step-outline.ts";
import { problemsById, stepOfProblem, usePlayEditing } from "./play-editing.ts";

/** What publishing means, what stops it, what should be known before, and whose rule it would break. */
export function PublishDialog({
  onClose,
  onPublished,
  takeTheirs,
  show,
}: {
  onClose: () => void;
  onPublished: (play: PlayDetails) => void;
  /** Loads what somebody else has made of the draft in the meantime. */
  takeTheirs: () => Promise<void>;
  /** Shows where a problem is. */
  show: (problem: PlayProblem) => void;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const isOwner = useMayDo("owner");
  const { play, definition, problems: saved } = usePlayEditing();
  const isFirst = play.version === 0;
  const run = useQuery(dryRunQuery(slug, play.id, play.basedOn));
  // The dry run knows the problems of its size too.
  const problems = run.data ? problemsById(run.data.problems, definition) : saved;
  const guarded = problems.filter(({ blocking, guard }) => blocking && guard);
  const blocking = problems.filter(({ blocking, guard }) => blocking && !guard);
  const others = problems.filter(({ blocking }) => !blocking);
  const rules = [...new Set(guarded.flatMap(({ guard }) => guard?.rule ?? []))];
  const [reasons, setReasons] = useState<Record<string, string>>({});
  const overrides = rules.map((rule) => ({ rule, reason: reasons[rule]?.trim() ?? "" }));
  const isLetPass = isOwner && overrides.every(({ reason }) => reason !== "");
  const go = useMutation({
    mutationFn: () => publishPlay(play.id, { basedOn: play.basedOn, overrides }),
    onSuccess: (published) => {
      onPublished(published);
      toast({ message: t(isFirst ? "plays.publish.live" : "plays.publish.done", { name: published.name }) });
      onClose();
    },
  });
  const load = useMutation({ mutationFn: takeTheirs, onSuccess: () => go.reset() });
  const isChanged = go.error instanceof ApiError && go.error.status === 409;
  const leaveTo = (problem: PlayProblem) => {
    onClose();
    // The dialog gives the focus back before the field takes it.
    setTimeout(() => show(problem), 50);
  };
  return (
    <Dialog
      title={t(isFirst ? "plays.publish.firstTitle" : "plays.publish.title")}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button
            variant="primary"
            onPress={() => go.mutate()}
            isPending={go.isPending}
            isDisabled={blocking.length > 0 || isChanged || (guarded.length > 0 && !isLetPass)}
            autoFocus
          >
            {t(guarded.length > 0 ? "plays.publish.anyway" : "plays.publish.action")}
          </Button>
        </>
      }
    >
      <div className="publish">
        <Problems title={t("editor.publish.stops")} problems={blocking} tone="det" onLeave={leaveTo} />
        {guarded.map((problem) => (
          <Guarded
            key={problem.path + problem.reason}
            problem={problem}
            isOwner={isOwner}
            onLeave={leaveTo}
            reason={reasons[problem.guard?.rule ?? ""] ?? ""}
            onReason={(reason) => setReasons({ ...reasons, [problem.guard?.rule ?? ""]: reason })}
          />
        ))}
        <Meaning isFirst={isFirst} />
        <Problems title={t("editor.publish.know")} problems={others} tone="pas" onLeave={leaveTo} />
        {isChanged ? (
          <Alert
            tone="det"
            icon="warning"
            title={t("plays.publish.changed")}
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

/** What happens once it is published. */
function Meaning({ isFirst }: { isFirst: boolean }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { play, definition } = usePlayEditing();
  const promise = usePromiseSentence();
  const run = useQuery(dryRunQuery(slug, play.id, play.basedOn));
  if (!isFirst) return <Note>{t("plays.publish.version", { version: play.version + 1 })}</Note>;
  if (run.error) return <p>{t("plays.publish.first")}</p>;
  if (!run.data) return <Ghost lines={[12, 28]} />;
  return (
    <div className="pl-meaning">
      <p>{t("plays.publish.first")}</p>
      <ArmsBar {...run.data.arms} />
      <Note>{promise(run.data, definition)}</Note>
    </div>
  );
}

function Problems({
  title,
  problems,
  tone,
  onLeave,
}: {
  title: string;
  problems: readonly PlayProblem[];
  tone: "det" | "pas";
  onLeave: (problem: PlayProblem) => void;
}) {
  const { t } = useTranslation();
  const { definition } = usePlayEditing();
  const sentence = useReason();
  const { numbers } = outlineOf(definition);
  if (problems.length === 0) return null;
  const text = (problem: PlayProblem) => {
    const number = numbers.get(stepOfProblem(problem) ?? "");
    const said = sentence(problem);
    return number === undefined ? said : t("plays.publish.inStep", { number, sentence: said });
  };
  return (
    <div>
      <h3 className="lab">{title}</h3>
      <ul className="publish-p">
        {problems.map((problem) => (
          <li key={problem.path + problem.reason} className={tone}>
            <Icon name="warning" size={14} />
            <TextButton onPress={() => onLeave(problem)}>{text(problem)}</TextButton>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A rule of others that it would break; an owner can let it pass, and says why. */
function Guarded({
  problem,
  isOwner,
  reason,
  onReason,
  onLeave,
}: {
  problem: PlayProblem;
  isOwner: boolean;
  reason: string;
  onReason: (reason: string) => void;
  onLeave: (problem: PlayProblem) => void;
}) {
  const { t } = useTranslation();
  const sentence = useReason();
  const source = problem.guard?.source;
  return (
    <div className="pl-guard">
      <Alert
        tone="det"
        icon="warning"
        title={t("plays.publish.guard")}
        actions={
          <Button size="sm" onPress={() => onLeave(problem)}>
            {t("plays.publish.showStep")}
          </Button>
        }
      >
        {sentence(problem)}{" "}
        {source &&
          (source.url === null ? (
            source.name
          ) : (
            <Link href={source.url} target="_blank" rel="noreferrer">
              {source.name}
            </Link>
          ))}
      </Alert>
      {isOwner ? (
        <TextField
          label={t("plays.publish.reason")}
          hint={t("plays.publish.reasonHint")}
          rows={2}
          value={reason}
          onChange={onReason}
        />
      ) : (
        <Note>{t("plays.publish.ownerOnly")}</Note>
      )}
    </div>
  );
}
