import type { IconName } from "../ui/icons.tsx";

/** A page of the workspace that exists. */
export interface LoopPage {
  /** Its part of the address, and its key in the words of the shell. */
  path:
    | "overview"
    | "surveys"
    | "responses"
    | "import"
    | "passives"
    | "customers"
    | "segments"
    | "events"
    | "library"
    | "codes"
    | "results"
    | "inbox"
    | "moves"
    | "plays"
    | "settings";
  /** Other addresses that belong to it: its tabs. */
  also?: readonly ("invitations" | "unsubscribes")[];
  icon: IconName;
  /** Second key after G. */
  key: string;
}

/** Before the loop: where everybody starts. */
export const overviewPage: LoopPage = { path: "overview", icon: "overview", key: "o" };

/** After the loop. */
export const settingsPage: LoopPage = { path: "settings", icon: "settings", key: "s" };

/** A stage of the loop with its pages so far. */
export interface LoopStage {
  id: "collect" | "identify" | "understand" | "act" | "prove";
  icon: IconName;
  pages: readonly LoopPage[];
}

/** The five stages. A stage without pages is still on the map: it says what will be there. */
export const stages: readonly LoopStage[] = [
  {
    id: "collect",
    icon: "speech",
    pages: [
      { path: "surveys", icon: "send", key: "u", also: ["invitations", "unsubscribes"] },
      { path: "responses", icon: "speech", key: "r" },
      { path: "import", icon: "upload", key: "i" },
    ],
  },
  {
    id: "identify",
    icon: "category",
    pages: [
      { path: "passives", icon: "category", key: "p" },
      { path: "customers", icon: "person", key: "c" },
      { path: "segments", icon: "filter", key: "g" },
      { path: "events", icon: "trend", key: "e" },
    ],
  },
  { id: "understand", icon: "book", pages: [] },
  {
    id: "act",
    icon: "inbox",
    pages: [
      { path: "inbox", icon: "inbox", key: "x" },
      { path: "plays", icon: "branch", key: "a" },
      { path: "library", icon: "book", key: "l" },
      { path: "codes", icon: "key", key: "d" },
    ],
  },
  {
    id: "prove",
    icon: "prove",
    pages: [
      { path: "results", icon: "prove", key: "t" },
      { path: "moves", icon: "trend", key: "m" },
    ],
  },
];

/** Every page of the workspace, in the order of the navigation. */
export const pages: readonly LoopPage[] = [
  overviewPage,
  ...stages.flatMap(({ pages }) => pages),
  settingsPage,
];
