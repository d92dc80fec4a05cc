/** What was typed and not saved yet, in this browser: a closed tab or a dead network loses nothing. */
export interface KeptDraft<Draft> {
  draft: Draft;
  /** The stamp of the one it was made from. */
  basedOn: string;
}

const keyOf = (id: string) => `nines.draft.${id}`;

/** Keeps a draft until it is saved; does nothing when storage is full or closed. */
export function keepDraft(id: string, kept: KeptDraft<unknown>): void {
  try {
    localStorage.setItem(keyOf(id), JSON.stringify(kept));
  } catch {
    // The page itself still holds it.
  }
}

/** What was kept of a survey or a play, if anything. */
export function keptDraft<Draft>(
  id: string,
  isDraft: (kept: Draft) => boolean,
): KeptDraft<Draft> | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(id)) ?? "null") as KeptDraft<Draft> | null;
    return kept?.draft && isDraft(kept.draft) && kept.basedOn ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets what was kept. */
export function forgetDraft(id: string): void {
  try {
    localStorage.removeItem(keyOf(id));
  } catch {
    // Nothing was kept then.
  }
}

const leaving = new Map<string, Promise<boolean>>();

/** Notes the save of an editor that is being left; it never rejects. */
export function noteLastSave(id: string, save: Promise<boolean>): void {
  leaving.set(id, save);
}

/** Waits for the save of an editor that was just left, so that who comes back at once does not meet the state before it. */
export async function lastSaveOf(id: string): Promise<void> {
  await leaving.get(id);
}
