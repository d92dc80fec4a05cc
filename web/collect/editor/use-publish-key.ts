import { useEffect, useMemo, useRef } from "react";

/** ⌘↵ or Ctrl ↵, while typing too. Inside a dialog it belongs to that. */
export function usePublishKey(open: () => void) {
  const latest = useRef(open);
  useEffect(() => {
    latest.current = open;
  });
  const onKey = useMemo(
    () => (event: KeyboardEvent) => {
      if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey)
        return;
      if (event.target instanceof Element && event.target.closest("[role=dialog]")) return;
      event.preventDefault();
      event.stopPropagation();
      latest.current();
    },
    [],
  );
  useEffect(() => {
    // Before a button that has the focus takes Enter for itself.
    document.addEventListener("keydown", onKey, true);
    return () => document.removeEventListener("keydown", onKey, true);
  }, [onKey]);
}
