import { useEffect, useState, useSyncExternalStore } from "react";
import { queries } from "../../queries.ts";
import { useWorkspace } from "../../session.ts";
import type { Draft } from "./draft.ts";
import { type DraftKind, DraftStore, type DraftView } from "./draft-store.ts";
import { forgetLists, saveDraft, surveyQuery, type SurveyDetails } from "./editor-data.ts";

type Store = DraftStore<SurveyDetails, Draft>;

/** The draft that is being edited, and its way to the server. */
export interface DraftState
  extends
    Omit<DraftView<SurveyDetails, Draft>, "stored">,
    Pick<Store, "change" | "flush" | "keepMine" | "accept"> {
  survey: SurveyDetails;
  anonymous: boolean;
  changeAnonymous: (anonymous: boolean) => void;
  /** After a conflict: what somebody else saved replaces what is here. */
  takeTheirs: () => Promise<void>;
}

/** What a survey's draft is, apart from where it is saved. */
export const surveyDraft = {
  draftOf: ({ name, draft: { content, settings } }: SurveyDetails): Draft => ({ name, content, settings }),
  stampOf: ({ draft }: SurveyDetails) => draft.at,
  isDraft: (kept: Partial<Draft>) => Boolean(kept.content && kept.settings),
} satisfies Partial<DraftKind<SurveyDetails, Draft>>;

/** Keeps a survey's draft for as long as its editor is open. */
export function useDraft(loaded: SurveyDetails): DraftState {
  const { slug } = useWorkspace();
  const [store] = useState(
    (): Store =>
      new DraftStore(loaded, {
        ...surveyDraft,
        save: (draft, options) => saveDraft(loaded.id, draft, options),
        onSaved: (survey) => {
          queries.setQueryData(surveyQuery(slug, survey.id).queryKey, survey);
          forgetLists(slug);
        },
      }),
  );
  const { stored: survey, ...view } = useSyncExternalStore(store.subscribe, store.view);
  useEffect(() => store.watch(), [store]);
  const { change, flush, keepMine, accept } = store;
  const changeAnonymous = (anonymous: boolean) => change((draft) => ({ ...draft, anonymous }));
  const takeTheirs = async () => {
    const survey = await queries.fetchQuery({ ...surveyQuery(slug, loaded.id), staleTime: 0 });
    accept(survey, { draft: true });
  };
  const anonymous = view.draft.anonymous ?? survey.anonymous;
  return { ...view, survey, anonymous, change, changeAnonymous, flush, keepMine, accept, takeTheirs };
}
