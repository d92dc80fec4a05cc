import { ApiError } from "../../api.ts";
import type { Draft } from "./draft.ts";
import type { SurveyDetails } from "./editor-data.ts";
import { forgetDraft, keepDraft, keptDraft, noteLastSave } from "./kept-draft.ts";

/** How saving stands. After a conflict nothing is saved until somebody decides. */
export type Saving = "saved" | "waiting" | "saving" | "offline" | "failed" | "conflict";

/** A draft as it is on the screen, and how it stands to the server's. */
export interface DraftView {
  /** As the server has it. */
  survey: SurveyDetails;
  draft: Draft;
  anonymous: boolean;
  saving: Saving;
  error: unknown;
  /** When the last save of this page went through. */
  savedAt: Date | undefined;
}

/** Saves a draft as a whole; refused with 409 when somebody else has saved since `basedOn`. */
export type Save = (
  draft: Draft & { anonymous?: boolean },
  options: { basedOn: string | undefined; keepalive: boolean },
) => Promise<SurveyDetails>;

/** After the last change, until it is saved. */
const pause = 700;
/** Between two tries to reach a server that is away. */
const retryAfter = 5_000;

/** What a survey's draft holds for the editor. */
export function draftOf({ name, draft: { content, settings } }: SurveyDetails): Draft {
  return { name, content, settings };
}

/** Holds the draft that is being edited, saves it a moment after each pause in typing, and never loses what was typed. */
export class DraftStore {
  #view: DraftView;
  readonly #save: Save;
  readonly #onSaved: (survey: SurveyDetails) => void;
  readonly #listeners = new Set<() => void>();
  #basedOn: string | undefined;
  #anonymous: boolean | undefined;
  /** Counts changes: a save that was overtaken leaves the rest to the next one. */
  #edits = 0;
  #savedEdits = 0;
  #running: Promise<boolean> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Begins with the server's draft, or with what an earlier visit typed and could not save. */
  constructor(
    survey: SurveyDetails,
    { save, onSaved }: { save: Save; onSaved: (survey: SurveyDetails) => void },
  ) {
    const kept = keptDraft(survey.id);
    this.#save = save;
    this.#onSaved = onSaved;
    // Older than the server's: saving it meets the conflict, which somebody then decides.
    this.#basedOn = kept?.basedOn ?? survey.draft.at;
    this.#edits = kept ? 1 : 0;
    this.#view = {
      survey,
      draft: kept?.draft ?? draftOf(survey),
      anonymous: survey.anonymous,
      saving: kept ? "waiting" : "saved",
      error: undefined,
      savedAt: undefined,
    };
  }

  readonly view = (): DraftView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes the draft on the screen; it is saved after the next pause. */
  readonly change = (next: (draft: Draft) => Draft): void => {
    const draft = next(this.#view.draft);
    this.#edits += 1;
    keepDraft(this.#view.survey.id, { draft, basedOn: this.#basedOn ?? "" });
    const { saving } = this.#view;
    this.#set({ draft, saving: saving === "saved" || saving === "failed" ? "waiting" : saving });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), pause);
  };

  readonly changeAnonymous = (anonymous: boolean): void => {
    this.#anonymous = anonymous;
    this.#set({ anonymous });
    this.change((draft) => draft);
  };

  /** Saves what is not saved yet; false when that did not work. */
  readonly flush = async (): Promise<boolean> => {
    clearTimeout(this.#timer);
    if (this.#running) await this.#running;
    if (!this.#isDirty()) return true;
    if (this.#view.saving === "conflict") return false;
    this.#running ??= this.#saveNow();
    const saved = await this.#running;
    return saved && this.#isDirty() ? this.flush() : saved;
  };

  /** After a conflict: what is here replaces what somebody else saved. */
  readonly keepMine = (): void => {
    this.#basedOn = undefined;
    this.#set({ saving: "waiting" });
    void this.flush();
  };

  /** The server's answer to something other than a save; with `draft` it replaces what is on the screen. */
  readonly accept = (survey: SurveyDetails, { draft = false }: { draft?: boolean } = {}): void => {
    this.#basedOn = survey.draft.at;
    if (draft) {
      this.#savedEdits = this.#edits;
      this.#anonymous = undefined;
      forgetDraft(survey.id);
      this.#set({ draft: draftOf(survey), saving: "saved", error: undefined });
    }
    this.#set({ survey, anonymous: this.#anonymous ?? survey.anonymous });
    this.#onSaved(survey);
  };

  /** Saves when the page is left or hidden, and tries again while the server is away. Gives what ends that. */
  readonly watch = (): (() => void) => {
    const onHide = () => {
      if (document.visibilityState === "hidden" && this.#isDirty() && !this.#running)
        void this.#saveNow(true);
    };
    const again = () => {
      if (this.#view.saving === "offline") void this.flush();
    };
    const timer = setInterval(again, retryAfter);
    window.addEventListener("online", again);
    document.addEventListener("visibilitychange", onHide);
    if (this.#isDirty()) void this.flush();
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", again);
      document.removeEventListener("visibilitychange", onHide);
      noteLastSave(this.#view.survey.id, this.flush());
    };
  };

  #isDirty(): boolean {
    return this.#edits !== this.#savedEdits;
  }

  /** `keepalive` lets it finish after the page is gone. */
  async #saveNow(keepalive = false): Promise<boolean> {
    if (this.#view.saving === "conflict") return false;
    const edits = this.#edits;
    const anonymous = this.#anonymous;
    const sent = { ...this.#view.draft, ...(anonymous !== undefined && { anonymous }) };
    this.#set({ saving: "saving" });
    try {
      const survey = await this.#save(sent, { basedOn: this.#basedOn, keepalive });
      this.#savedEdits = edits;
      if (this.#anonymous === anonymous) this.#anonymous = undefined;
      if (!this.#isDirty()) forgetDraft(survey.id);
      this.#set({ saving: this.#isDirty() ? "waiting" : "saved", error: undefined, savedAt: new Date() });
      this.accept(survey);
      return true;
    } catch (error) {
      this.#set({ saving: savingAfter(error), error });
      return false;
    } finally {
      this.#running = undefined;
    }
  }

  #set(part: Partial<DraftView>): void {
    this.#view = { ...this.#view, ...part };
    for (const listener of this.#listeners) listener();
  }
}

function savingAfter(error: unknown): Saving {
  if (!(error instanceof ApiError)) return "failed";
  if (error.code === "offline" || error.status >= 500) return "offline";
  return error.status === 409 ? "conflict" : "failed";
}
