import { useCallback, useState, useSyncExternalStore } from "react";

/** Measures an element: put `ref` on it and draw for `width`, which is 0 until it is known. */
export function useWidth(): {
  ref: (element: HTMLElement | null) => (() => void) | undefined;
  width: number;
} {
  const [width, setWidth] = useState(0);
  const ref = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(Math.round(entry.contentRect.width)));
    observer.observe(element);
    setWidth(Math.round(element.getBoundingClientRect().width));
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}

/** Is the window as narrow as a phone (760 px), where tables become stacks? */
export function useIsPhone(): boolean {
  return useSyncExternalStore(listen, () => phone.matches);
}

const phone = window.matchMedia("(max-width: 760px)");

function listen(listener: () => void) {
  phone.addEventListener("change", listener);
  return () => phone.removeEventListener("change", listener);
}
