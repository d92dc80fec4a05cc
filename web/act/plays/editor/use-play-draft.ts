import { useEffect, useState, useSyncExternalStore } from "react";
import { DraftStore, type DraftView } from "../../../collect/editor/draft-store.ts";
import { queries } from "../../../queries.ts";
import { useWorkspace } from "../../../session.ts";
import {
  editedPlayQuery,
  forgetPlays,
  type PlayDefinition,
  type PlayDetails,
  savePlayDraft,
} from "../plays-data.ts";
import { problemsById } from "./play-editing.ts";

/** What the editor of a play changes, and what is saved as a whole. */
export interface PlayDraft {
  name: string;
  definition: PlayDefinition;
}

type Store = DraftStore<PlayDetails, PlayDraft>;

/** The draft that is being edited, and its way to the server. */
export interface PlayDraftState
  extends
    Omit<DraftView<PlayDetails, PlayDraft>, "stored">,
    Pick<Store, "change" | "flush" | "keepMine" | "accept"> {
  play: PlayDetails;
  /** After a conflict: what somebody else saved replaces what is here. */
  takeTheirs: () => Promise<void>;
}

/** The draft of a play, else what is published. */
export function definitionOf({ draft, definition }: PlayDetails): PlayDefinition {
  const current = draft ?? definition;
  if (!current) throw new Error("A play has a draft or something published.");
  return current;
}

/** A play whose problems name steps by their ids, which stay while steps are added and removed. */
function named(play: PlayDetails): PlayDetails {
  return { ...play, problems: problemsById(play.problems, definitionOf(play)) };
}

/** Keeps a play's draft for as long as its editor is open. */
export function usePlayDraft(loaded: PlayDetails): PlayDraftState {
  const { slug } = useWorkspace();
  const [store] = useState(
    (): Store =>
      new DraftStore(named(loaded), {
        draftOf: (play) => ({ name: play.name, definition: definitionOf(play) }),
        stampOf: ({ basedOn }) => basedOn,
        isDraft: ({ definition }) => Array.isArray(definition?.steps),
        save: async (draft, options) => named(await savePlayDraft(loaded.id, draft, options)),
        onSaved: () => forgetPlays(slug),
      }),
  );
  const { stored: play, ...view } = useSyncExternalStore(store.subscribe, store.view);
  useEffect(() => store.watch(), [store]);
  const { change, flush, keepMine } = store;
  const accept: Store["accept"] = (play, options) => store.accept(named(play), options);
  const takeTheirs = async () => {
    const play = await queries.fetchQuery({ ...editedPlayQuery(slug, loaded.id), staleTime: 0 });
    accept(play, { draft: true });
  };
  return { ...view, play, change, flush, keepMine, accept, takeTheirs };
}
