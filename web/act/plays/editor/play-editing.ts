import { createContext, useContext } from "react";
import type { PlayProblem } from "../../../../server/act/plays/play-problem.ts";
import type { PlayDetails } from "../plays-data.ts";
import type { PlayChoices } from "../play-choices.ts";
import type { PlayDefinition } from "../steps/step-ways.ts";

/** What all parts of the editor of a play share. */
export interface PlayEditing {
  play: PlayDetails;
  definition: PlayDefinition;
  change: (next: (definition: PlayDefinition) => PlayDefinition) => void;
  /** Of the draft as it was saved last; steps are named by their id: `steps.email-2.languages.de.body`. */
  problems: readonly PlayProblem[];
  /** What steps can name. */
  choices: PlayChoices;
  mayEdit: boolean;
  /** The step whose form is open. */
  open: string | null;
  setOpen: (id: string | null) => void;
}

/** Given by the editor's page to everything inside. */
export const PlayEditingContext = createContext<PlayEditing | undefined>(undefined);

/** The play that is being edited, and how to change it. */
export function usePlayEditing(): PlayEditing {
  const editing = useContext(PlayEditingContext);
  if (!editing) throw new Error("usePlayEditing() is for parts of the editor.");
  return editing;
}

/** The problem of one place of the draft, as `goal.survey`; the worst where there are several. */
export function usePlayProblem(path: string): PlayProblem | undefined {
  const { problems } = usePlayEditing();
  const here = problems.filter((problem) => problem.path === path);
  return here.find(({ blocking }) => blocking) ?? here[0];
}

/** Problems with steps by their ids: their numbers change while the draft is edited, their ids do not. */
export function problemsById(problems: readonly PlayProblem[], { steps }: PlayDefinition): PlayProblem[] {
  return problems.map((problem) => {
    const path = problem.path.replace(
      /^steps\.(\d+)/,
      (whole, index: string) => `steps.${steps[Number(index)]?.id ?? whole}`,
    );
    // What programs are told does not help somebody at a field.
    const message = problem.reason === "text_missing" ? "Something is missing here." : problem.message;
    return Object.assign({}, problem, { path, message });
  });
}

/** Which step a problem is about. */
export function stepOfProblem({ path }: Pick<PlayProblem, "path">): string | undefined {
  return /^steps\.([^.]+)/.exec(path)?.[1];
}
