import type { Database } from "../../platform/database/open.ts";
import type { ContentChoice } from "../plays/play-step.ts";
import { browsedProducts } from "./browsed-products.ts";
import type { ChosenContent, NothingFits } from "./chosen-content.ts";
import { missingFeatures } from "./missing-features.ts";
import { mostUsedFeatures } from "./most-used-features.ts";
import { type AvailableItem, readItems } from "./read-items.ts";

export interface ContentWish {
  workspaceId: string;
  customerId: string;
  choose: ContentChoice;
  /** In the order of preference. */
  languages: readonly (string | null | undefined)[];
  now: Date;
}

/**
 * What a mail puts in for one customer. Of several features the first with something in the library that the customer has
 * not had; where the library has nothing, the first feature alone.
 * @returns the reason where nothing fits
 */
export async function chooseContent(db: Database, wish: ContentWish): Promise<ChosenContent | NothingFits> {
  const { choose } = wish;
  if (choose.by === "item") {
    const [item] = choose.item === null ? [] : await readItems(db, wish, { id: choose.item });
    return item ? { feature: null, item } : "item_over";
  }
  if (choose.by === "browsed") return chooseBrowsed(db, wish);
  const features = await (choose.by === "most_used" ? mostUsedFeatures : missingFeatures)(db, wish);
  const [first] = features;
  if (first === undefined) return choose.by === "most_used" ? "no_feature" : "no_gap";
  const items = await readItems(db, wish, { kinds: choose.kinds });
  return forFeatures(features, items) ?? { feature: first, item: null };
}

function forFeatures(
  features: readonly string[],
  items: readonly AvailableItem[],
): ChosenContent | undefined {
  const found = features.flatMap((feature) => {
    const item = items.find((each) => each.features.includes(feature));
    return item ? [{ feature, item }] : [];
  });
  return found.find(({ item }) => !item.sent) ?? found[0];
}

async function chooseBrowsed(db: Database, wish: ContentWish): Promise<ChosenContent | NothingFits> {
  const items = await readItems(db, wish, { kinds: wish.choose.kinds });
  if (!items.some(({ products }) => products.length > 0)) return "nothing_browsed";
  const { looks, bought } = await browsedProducts(db, wish);
  const [best] = items
    .map((item) => {
      const names = item.products.map((product) => product.trim().toLowerCase());
      const isBought = names.some((name) => bought.has(name));
      return { item, looks: isBought ? 0 : Math.max(0, ...names.map((name) => looks.get(name) ?? 0)) };
    })
    .filter(({ looks }) => looks > 0)
    .toSorted((a, b) => Number(a.item.sent) - Number(b.item.sent) || b.looks - a.looks);
  return best ? { feature: null, item: best.item } : "nothing_browsed";
}
