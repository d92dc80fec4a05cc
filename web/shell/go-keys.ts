import { useEffect, useRef } from "react";
import { keysAreTaken, singleKeysAreOn } from "../ui/shortcuts.ts";
import { pages, type LoopPage } from "./loop.ts";

const patience = 1500;

/** G, then the letter of a page: O overview, U surveys, R responses, I import, P passives, C customers, G segments, E events, A plays, S settings. */
export function useGoKeys(go: (path: LoopPage["path"]) => void) {
  const latest = useRef(go);
  useEffect(() => {
    latest.current = go;
  });
  useEffect(() => {
    let pressedAt = -Infinity;
    const onKey = (event: KeyboardEvent) => {
      if (keysAreTaken(event) || !singleKeysAreOn()) return;
      const key = event.key.toLowerCase();
      const page =
        event.timeStamp - pressedAt < patience ? pages.find((page) => page.key === key) : undefined;
      pressedAt = key === "g" ? event.timeStamp : -Infinity;
      if (!page) return;
      event.preventDefault();
      latest.current(page.path);
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
}
