import type { ContentText } from "./content-item.ts";

/** What was chosen for one customer. */
export interface ChosenContent {
  /** The event name of the feature it is about; null for products and for what is always the same. */
  feature: string | null;
  item: { id: string; language: string; text: ContentText } | null;
}

/** Why nothing was chosen. */
export type NothingFits = "no_feature" | "no_gap" | "nothing_browsed" | "item_over";
