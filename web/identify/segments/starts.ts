import type { SegmentFilter } from "./segments-data.ts";

/** Segments that many want, to begin with. */
export const starts = {
  cooling: {
    kind: "all",
    of: [
      { kind: "answer_category", is: "one_of", value: ["passive"] },
      { kind: "engagement_state", is: "one_of", value: ["cooling", "dormant"] },
    ],
  },
  discount: {
    kind: "all",
    of: [
      { kind: "purchases", is: "at_least", value: 3, days: 365 },
      { kind: "discount_share", is: "at_least", value: 80, days: 365 },
    ],
  },
  silent: {
    kind: "all",
    of: [
      { kind: "asked", is: "at_least", value: 2 },
      { kind: "answered", is: "at_most", value: 0 },
    ],
  },
} as const satisfies Record<string, SegmentFilter>;

/** The name of one of them. */
export type Start = keyof typeof starts;
export const startNames = ["cooling", "discount", "silent"] as const satisfies readonly Start[];
