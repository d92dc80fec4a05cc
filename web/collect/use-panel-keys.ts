import { useEffect, useRef } from "react";
import { singleKeysAreOn } from "../ui/shortcuts.ts";

/** A row of a list that is open beside it, or none. */
interface Opened {
  open: { id: string } | undefined;
  close: () => void;
  move: (step: 1 | -1) => void;
}

/** While a row is open: J and K open the next and the one before, Escape closes. */
export function usePanelKeys(opened: Opened, isBeside: boolean) {
  const isOpen = opened.open !== undefined;
  const latest = useRef(opened);
  useEffect(() => {
    latest.current = opened;
  });
  useEffect(() => {
    if (!isOpen) return undefined;
    // In the capture phase, for the table's own J and K would move the focus and open nothing.
    const onKey = (event: KeyboardEvent) => {
      if (belongsElsewhere(event)) return;
      const key = event.key.toLowerCase();
      // A dialog closes itself on Escape.
      if (key === "escape" && isBeside) latest.current.close();
      else if ((key === "j" || key === "k") && singleKeysAreOn()) latest.current.move(key === "j" ? 1 : -1);
      else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [isOpen, isBeside]);
  useRowFollows(opened.open?.id, isBeside);
}

/** The row of the open response is in sight and has the focus, so that closing leaves the reader where they are. */
function useRowFollows(id: string | undefined, isBeside: boolean) {
  useEffect(() => {
    if (!id || !isBeside) return;
    const row = document.querySelector<HTMLElement>('.vt-row[aria-selected="true"]');
    if (!row) return;
    const focused = document.activeElement;
    if (focused === document.body || focused?.closest(".vt")) row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }, [id, isBeside]);
}

function belongsElsewhere(event: KeyboardEvent) {
  if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing) return true;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest("input, textarea, select, [contenteditable]")) return true;
  const layer = target.closest("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]");
  return layer !== null && !layer.querySelector(".rs-detail");
}
