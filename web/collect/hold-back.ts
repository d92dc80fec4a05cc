import { useSyncExternalStore } from "react";
import { toast } from "../ui/toast.tsx";

let held: ReadonlySet<string> = new Set();
const listeners = new Set<() => void>();

function change(edit: (next: Set<string>) => void) {
  const next = new Set(held);
  edit(next);
  held = next;
  for (const listener of listeners) listener();
}

/**
 * Says that something is gone and does it when the time to undo is over. Until then `useHeldBack()` names it, so that
 * lists leave it out; when the work fails it comes back.
 */
export function holdBack({ id, message, work }: { id: string; message: string; work: () => Promise<void> }) {
  change((next) => next.add(id));
  const release = () => change((next) => next.delete(id));
  toast({ message, undo: release, settle: () => void work().finally(release) });
}

/** What is being taken away and could still be kept. */
export function useHeldBack(): ReadonlySet<string> {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => held,
  );
}
