import { useEffect, useState, useSyncExternalStore } from "react";
import { queries } from "../../queries.ts";
import { useWorkspace } from "../../session.ts";
import { DraftStore, type DraftView } from "./draft-store.ts";
import { forgetLists, saveDraft, surveyQuery, type SurveyDetails } from "./editor-data.ts";

/** The draft that is being edited, and its way to the server. */
export interface DraftState
  extends DraftView, Pick<DraftStore, "change" | "changeAnonymous" | "flush" | "keepMine" | "accept"> {
  /** After a conflict: what somebody else saved replaces what is here. */
  takeTheirs: () => Promise<void>;
}

/** Keeps a survey's draft for as long as its editor is open. */
export function useDraft(loaded: SurveyDetails): DraftState {
  const { slug } = useWorkspace();
  const [store] = useState(
    () =>
      new DraftStore(loaded, {
        save: (draft, options) => saveDraft(loaded.id, draft, options),
        onSaved: (survey) => {
          queries.setQueryData(surveyQuery(slug, survey.id).queryKey, survey);
          forgetLists(slug);
        },
      }),
  );
  const view = useSyncExternalStore(store.subscribe, store.view);
  useEffect(() => store.watch(), [store]);
  const { change, changeAnonymous, flush, keepMine, accept } = store;
  const takeTheirs = async () => {
    const survey = await queries.fetchQuery({ ...surveyQuery(slug, loaded.id), staleTime: 0 });
    accept(survey, { draft: true });
  };
  return { ...view, change, changeAnonymous, flush, keepMine, accept, takeTheirs };
}
