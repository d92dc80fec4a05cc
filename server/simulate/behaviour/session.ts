import type { SeededRandom } from "../../statistics/seeded-random.ts";
import { addOns, campaigns } from "./catalogue.ts";
import type { Habits } from "./habits.ts";

/** Something a customer does, or that happens to them. */
export interface Deed {
  type: "track" | "page";
  name: string;
  properties: Record<string, unknown>;
  at: Date;
}

/** One session: in, and then what they came for. */
export function drawSession(random: SeededRandom, habits: Habits, start: number): Deed[] {
  const { style, depth, repertoire, device } = habits;
  const uses = style === "minimal" ? (random.chance(0.12) ? 1 : 0) : 1 + random.poisson(depth);
  const deeds: Deed[] = [];
  let at = start;
  const next = () => new Date((at += 1000 * Math.round(20 + 200 * random.uniform())));
  // Most browsers keep people signed in.
  if (style === "minimal" || random.chance(0.35))
    deeds.push({ type: "track", name: "Signed In", properties: { device }, at: new Date(start) });
  if (random.chance(style === "minimal" ? 0.3 : 0.05))
    deeds.push({ type: "page", name: "Dashboard", properties: { path: "/" }, at: next() });
  if (random.chance(0.015))
    deeds.push({
      type: "track",
      name: "Help Article Viewed",
      properties: { title: random.pick(articles) },
      at: next(),
    });
  const weights = repertoire.map(({ weight }) => weight);
  for (let use = 0; use < uses; use++) {
    const { feature } = repertoire[random.categorical(weights)]!;
    const properties = feature.amount
      ? { amount: round(feature.amount * Math.exp(random.normal(0, 0.6))), currency: "EUR" }
      : {};
    deeds.push({ type: "track", name: feature.event, properties, at: next() });
  }
  return deeds;
}

/** One visit to the shop: browsers look and leave, buyers often buy, bargain hunters only with a coupon. */
export function drawVisit(random: SeededRandom, { shopping }: Habits, start: number): Deed[] {
  let at = start;
  const next = () => new Date((at += 1000 * Math.round(15 + 90 * random.uniform())));
  const deeds: Deed[] = [
    { type: "page", name: "Add-ons", properties: { path: "/add-ons" }, at: new Date(start) },
  ];
  const looked = random.shuffle(addOns).slice(0, 1 + random.integer(shopping === "browser" ? 3 : 2));
  const view = (product: (typeof addOns)[number]) =>
    deeds.push({
      type: "track",
      name: "Product Viewed",
      properties: { ...product, currency: "EUR" },
      at: next(),
    });
  for (const product of looked) view(product);
  if (shopping === "browser") {
    if (random.chance(0.15))
      deeds.push({
        type: "track",
        name: "Product Added",
        properties: { ...looked[0], quantity: 1 },
        at: next(),
      });
    return deeds;
  }
  if (!random.chance(0.62)) return deeds;
  const bought = looked.at(-1)!;
  deeds.push({ type: "track", name: "Product Added", properties: { ...bought, quantity: 1 }, at: next() });
  const checkout = next();
  deeds.push({
    type: "track",
    name: "Checkout Started",
    properties: { value: bought.price, currency: "EUR" },
    at: checkout,
  });
  const isOff = shopping === "bargain" || random.chance(0.18);
  const campaign = campaigns.find(({ months }) => months.includes(checkout.getUTCMonth()))!;
  const discount = isOff ? round(bought.price * campaign.off) : 0;
  deeds.push({
    type: "track",
    name: "Order Completed",
    properties: {
      order_id: `LF-${random
        .integer(2 ** 31)
        .toString(36)
        .toUpperCase()}`,
      revenue: round(bought.price - discount),
      discount,
      ...(isOff && { coupon: campaign.coupon }),
      currency: "EUR",
      products: [{ ...bought, quantity: 1 }],
    },
    at: next(),
  });
  return deeds;
}

/** A letter to support. */
export function drawTicket(random: SeededRandom, incident: boolean, at: number): Deed {
  const subject = incident && random.chance(0.8) ? "Wrong invoice numbers" : random.pick(subjects);
  return { type: "track", name: "Support Ticket Opened", properties: { subject }, at: new Date(at) };
}

const articles = [
  "Send your first invoice",
  "Connect your bank",
  "Reminders that write themselves",
  "Let customers book online",
  "Export for your accountant",
];
const subjects = [
  "Layout of the invoice",
  "Bank connection",
  "VAT on an invoice",
  "A second user",
  "Import of customers",
  "Calendar on the phone",
];

function round(euros: number): number {
  return Math.round(100 * euros) / 100;
}
