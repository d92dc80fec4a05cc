import { createContext, useContext } from "react";
import type { SurveyContent } from "../../../server/collect/surveys/survey-content.ts";
import type { SurveySettings } from "../../../server/collect/surveys/survey-settings.ts";
import type { Draft, ShippedTexts } from "./draft.ts";
import type { SurveyDetails, SurveyProblem } from "./editor-data.ts";

/** What all parts of the editor share. */
export interface EditingState {
  survey: SurveyDetails;
  draft: Draft;
  anonymous: boolean;
  shipped: ShippedTexts;
  /** The languages that Nines ships, each under its own name. */
  shippedNames: readonly { tag: string; name: string }[];
  /** The language that is edited and previewed. */
  language: string;
  setLanguage: (tag: string) => void;
  changeContent: (next: (content: SurveyContent) => SurveyContent) => void;
  changeSettings: (change: Partial<SurveySettings>) => void;
  changeName: (name: string) => void;
  changeAnonymous: (anonymous: boolean) => void;
  /** The problems of the draft as it was last saved. */
  problems: readonly SurveyProblem[];
}

/** Given by the editor's page to everything inside. */
export const Editing = createContext<EditingState | undefined>(undefined);

/** The draft that is being edited, and how to change it. */
export function useEditing(): EditingState {
  const editing = useContext(Editing);
  if (!editing) throw new Error("useEditing() is for parts of the editor.");
  return editing;
}

/** The problem of one place of the draft, as `content.postalAddress`, or of something inside it. */
export function useProblem(path: string): SurveyProblem | undefined {
  const { problems } = useEditing();
  return problems.find((problem) => problem.path === path || problem.path.startsWith(`${path}.`));
}
