import { GonePlay } from "../gone-play.tsx";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { isGone } from "../../../api.ts";
import { DraftNotices } from "../../../collect/editor/draft-notices.tsx";
import { SaveLine } from "../../../collect/editor/save-line.tsx";
import { usePublishKey } from "../../../collect/editor/use-publish-key.ts";
import { LookupsContext, useReadLookups } from "../../../identify/segments/lookups.ts";
import { useMayDo, useWorkspace } from "../../../session.ts";
import { useCommandKey } from "../../../shell/command-key.ts";
import { Button } from "../../../ui/button.tsx";
import { PageHeader, PendingPage } from "../../../ui/card.tsx";
import { Tabs } from "../../../ui/choice.tsx";
import { useMedia } from "../../../ui/media.ts";
import { ErrorCard, Ghost } from "../../../ui/states.tsx";
import { usePlayChoices } from "../play-choices.ts";
import { PlayMenu } from "../play-menu.tsx";
import { editedPlayQuery, type DryRun, type PlayDetails, type PlayProblem } from "../plays-data.ts";
import { CostPart } from "./cost-part.tsx";
import { DryRunPanel } from "./dry-run-panel.tsx";
import { GoalPart } from "./goal-part.tsx";
import { LimitsPart } from "./limits-part.tsx";
import { PlayEditingContext, stepOfProblem } from "./play-editing.ts";
import { PreviewPanel } from "./preview-panel.tsx";
import { ProofPart } from "./proof-part.tsx";
import { PublishDialog } from "./publish-dialog.tsx";
import { showProblem } from "./show-problem.ts";
import { StepsPart } from "./steps-part.tsx";
import { type PlayDraftState, usePlayDraft } from "./use-play-draft.ts";
import { WhomPart } from "./whom-part.tsx";
import "../../../collect/editor/editor.css";
import "../../../collect/editor/preview.css";
import "../../../identify/segments/segments.css";
import "../plays.css";
import "./play-editor.css";

/** One play while it is written: whom, to what end, what happens, and how it will be known whether it worked. */
export function PlayEditor() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { play: id } = useParams({ from: "/$workspace/plays/$play/edit" });
  const play = useQuery(editedPlayQuery(slug, id));
  if (play.data) return <Loaded key={id} play={play.data} />;
  return (
    <PendingPage title={t("plays.title")} href={`/${slug}/plays`}>
      {isGone(play.error) ? (
        <GonePlay />
      ) : play.error ? (
        <ErrorCard
          title={t("plays.editor.loadFailed")}
          error={play.error}
          onRetry={() => void play.refetch()}
        />
      ) : (
        <Ghost lines={[[20, "40%"], [9, "60%"], 68, [9, "30%"], 36, 36, 36]} />
      )}
    </PendingPage>
  );
}

function Loaded({ play }: { play: PlayDetails }) {
  const state = usePlayDraft(play);
  const mayEdit = useMayDo("editor");
  const choices = usePlayChoices();
  const lookups = useReadLookups(undefined);
  const [open, setOpen] = useState<string | null>(null);
  const { draft, change } = state;
  const editing = useMemo(
    () => ({
      play: state.play,
      definition: draft.definition,
      change: (next: (definition: typeof draft.definition) => typeof draft.definition) =>
        change((draft) => ({ ...draft, definition: next(draft.definition) })),
      problems: state.play.problems,
      choices,
      mayEdit,
      open,
      setOpen,
    }),
    [state.play, draft, change, choices, mayEdit, open],
  );
  return (
    <LookupsContext value={lookups}>
      <PlayEditingContext value={editing}>
        <EditorPage state={state} mayEdit={mayEdit} setOpen={setOpen} />
      </PlayEditingContext>
    </LookupsContext>
  );
}

type SidePanel = "run" | "preview";

function EditorPage({
  state,
  mayEdit,
  setOpen,
}: {
  state: PlayDraftState;
  mayEdit: boolean;
  setOpen: (id: string | null) => void;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const isNarrow = useMedia("(max-width: 1180px)");
  const [side, setSide] = useState<"edit" | "side">("edit");
  const [panel, setPanel] = useState<SidePanel>("run");
  const [customer, setCustomer] = useState<DryRun["examples"][number]>();
  const [isPublishing, setPublishing] = useState(false);
  const { play } = state;
  const canPublish =
    mayEdit &&
    play.state !== "ended" &&
    (play.draft !== null || play.version === 0 || state.saving !== "saved");
  const openPublish = async () => {
    if (!canPublish) return;
    if (await state.flush()) setPublishing(true);
  };
  usePublishKey(() => void openPublish());
  const publishKey = useCommandKey("↵");
  const show = (problem: PlayProblem) => {
    const step = stepOfProblem(problem);
    setSide("edit");
    if (step !== undefined) setOpen(step);
    // Its form is drawn first.
    setTimeout(() => showProblem(problem, step), 60);
  };
  return (
    <>
      <PageHeader
        title={<Name state={state} mayEdit={mayEdit} />}
        crumbs={[
          { label: t("plays.title"), href: `/${slug}/plays` },
          { label: state.draft.name, href: `/${slug}/plays/${play.id}` },
          { label: t("plays.editor.edit") },
        ]}
        actions={
          mayEdit && (
            <>
              <SaveLine {...state} at={play.basedOn} />
              <Button
                variant="primary"
                shortcut={publishKey}
                isDisabled={!canPublish}
                onPress={() => void openPublish()}
              >
                {t(play.version === 0 ? "editor.publish.firstAction" : "editor.publish.changes")}
              </Button>
              <PlayMenu play={play} onChanged={(changed) => state.accept(changed)} isInEditor />
            </>
          )
        }
      >
        {t(`plays.state.is.${play.state}`)}
      </PageHeader>
      <DraftNotices
        {...state}
        mayEdit={mayEdit}
        conflict={t("plays.editor.conflict")}
        viewer={t("plays.editor.viewer")}
      />
      {isNarrow && (
        <div className="ed-sides">
          <Tabs
            label={t("editor.sides.label")}
            value={side}
            options={[
              { id: "edit", label: t("editor.sides.edit") },
              { id: "side", label: t("plays.editor.try") },
            ]}
            onChange={setSide}
          />
        </div>
      )}
      <div className="editor pl-editor">
        {(!isNarrow || side === "edit") && (
          <fieldset className="card flush" disabled={!mayEdit} aria-label={t("plays.editor.title")}>
            <WhomPart />
            <GoalPart />
            <StepsPart />
            <ProofPart />
            <LimitsPart />
            <CostPart />
          </fieldset>
        )}
        {(!isNarrow || side === "side") && (
          <div className="stick">
            <div className="pl-panels">
              <Tabs
                label={t("plays.editor.panels")}
                value={panel}
                options={(["run", "preview"] as const).map((id) => ({
                  id,
                  label: t(`plays.editor.panel.${id}`),
                }))}
                onChange={setPanel}
              />
            </div>
            {panel === "run" ? (
              <DryRunPanel
                onPreview={(next) => {
                  setCustomer(next);
                  setPanel("preview");
                }}
              />
            ) : (
              <PreviewPanel chosen={customer} />
            )}
          </div>
        )}
      </div>
      {isPublishing && (
        <PublishDialog
          onClose={() => setPublishing(false)}
          onPublished={(published) => state.accept(published, { draft: true })}
          takeTheirs={state.takeTheirs}
          show={show}
        />
      )}
    </>
  );
}

/** The play's name as the page's title, changed in place. */
function Name({ state, mayEdit }: { state: PlayDraftState; mayEdit: boolean }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string>();
  const { name } = state.draft;
  if (!mayEdit) return <>{name}</>;
  return (
    <>
      <span className="sr">{name}</span>
      <input
        className="ed-name"
        aria-label={t("plays.editor.name")}
        value={typed ?? name}
        maxLength={200}
        onFocus={() => setTyped(name)}
        onBlur={() => setTyped(undefined)}
        onChange={({ target }) => {
          setTyped(target.value);
          const next = target.value.trim();
          if (next !== "") state.change((draft) => ({ ...draft, name: next }));
        }}
        onKeyDown={(event) => event.key === "Enter" && event.currentTarget.blur()}
      />
    </>
  );
}
