import { ApiError } from "../../api.ts";
import { forgetDraft, keepDraft, keptDraft, noteLastSave } from "./kept-draft.ts";

/** How saving stands. After a conflict nothing is saved until somebody decides. */
export type Saving = "saved" | "waiting" | "saving" | "offline" | "failed" | "conflict";

/** A draft as it is on the screen, and how it stands to the server's. */
export interface DraftView<Stored, Draft> {
  /** As the server has it. */
  stored: Stored;
  draft: Draft;
  saving: Saving;
  error: unknown;
  /** When the last save of this page went through. */
  savedAt: Date | undefined;
}

/** Saves a draft as a whole; refused with 409 when somebody else has saved since `basedOn`. */
export type Save<Stored, Draft> = (
  draft: Draft,
  options: { basedOn: string | undefined; keepalive: boolean },
) => Promise<Stored>;

/** Whose draft it is: a survey's, a play's. */
export interface DraftKind<Stored, Draft> {
  draftOf: (stored: Stored) => Draft;
  /** What the next save is based on. */
  stampOf: (stored: Stored) => string;
  /** Whether what this browser kept can still be a draft. */
  isDraft: (kept: Draft) => boolean;
  save: Save<Stored, Draft>;
  onSaved: (stored: Stored) => void;
}

/** After the last change, until it is saved. */
const pause = 700;
/** Between two tries to reach a server that is away. */
const retryAfter = 5_000;

/** Holds the draft that is being edited, saves it a moment after each pause in typing, and never loses what was typed. */
export class DraftStore<Stored extends { id: string }, Draft> {
  #view: DraftView<Stored, Draft>;
  readonly #kind: DraftKind<Stored, Draft>;
  readonly #listeners = new Set<() => void>();
  #basedOn: string | undefined;
  /** Counts changes: a save that was overtaken leaves the rest to the next one. */
  #edits = 0;
  #savedEdits = 0;
  #running: Promise<boolean> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Begins with the server's draft, or with what an earlier visit typed and could not save. */
  constructor(stored: Stored, kind: DraftKind<Stored, Draft>) {
    const kept = keptDraft(stored.id, kind.isDraft);
    this.#kind = kind;
    // Older than the server's: saving it meets the conflict, which somebody then decides.
    this.#basedOn = kept?.basedOn ?? kind.stampOf(stored);
    this.#edits = kept ? 1 : 0;
    this.#view = {
      stored,
      draft: kept?.draft ?? kind.draftOf(stored),
      saving: kept ? "waiting" : "saved",
      error: undefined,
      savedAt: undefined,
    };
  }

  readonly view = (): DraftView<Stored, Draft> => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Changes the draft on the screen; it is saved after the next pause. */
  readonly change = (next: (draft: Draft) => Draft): void => {
    const draft = next(this.#view.draft);
    this.#edits += 1;
    keepDraft(this.#view.stored.id, { draft, basedOn: this.#basedOn ?? "" });
    const { saving } = this.#view;
    this.#set({ draft, saving: saving === "saved" || saving === "failed" ? "waiting" : saving });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), pause);
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
  readonly accept = (stored: Stored, { draft = false }: { draft?: boolean } = {}): void => {
    this.#basedOn = this.#kind.stampOf(stored);
    if (draft) {
      this.#savedEdits = this.#edits;
      forgetDraft(stored.id);
      this.#set({ draft: this.#kind.draftOf(stored), saving: "saved", error: undefined });
    }
    this.#set({ stored });
    this.#kind.onSaved(stored);
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
      noteLastSave(this.#view.stored.id, this.flush());
    };
  };

  #isDirty(): boolean {
    return this.#edits !== this.#savedEdits;
  }

  /** `keepalive` lets it finish after the page is gone. */
  async #saveNow(keepalive = false): Promise<boolean> {
    if (this.#view.saving === "conflict") return false;
    const edits = this.#edits;
    this.#set({ saving: "saving" });
    try {
      const stored = await this.#kind.save(this.#view.draft, { basedOn: this.#basedOn, keepalive });
      this.#savedEdits = edits;
      if (!this.#isDirty()) forgetDraft(stored.id);
      this.#set({ saving: this.#isDirty() ? "waiting" : "saved", error: undefined, savedAt: new Date() });
      this.accept(stored);
      return true;
    } catch (error) {
      this.#set({ saving: savingAfter(error), error });
      return false;
    } finally {
      this.#running = undefined;
    }
  }

  #set(part: Partial<DraftView<Stored, Draft>>): void {
    this.#view = { ...this.#view, ...part };
    for (const listener of this.#listeners) listener();
  }
}

function savingAfter(error: unknown): Saving {
  if (!(error instanceof ApiError)) return "failed";
  if (error.code === "offline" || error.status >= 500) return "offline";
  return error.status === 409 ? "conflict" : "failed";
}
