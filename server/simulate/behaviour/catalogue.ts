import type { CountsAs } from "../../platform/database/schema-identify.ts";
import type { SimulatedAccount } from "../make-accounts.ts";

type Plan = SimulatedAccount["traits"]["plan"];

/** One of Larkfield's features, by the name of its event. */
export interface Feature {
  event: string;
  /** What everybody starts with; some never get further. */
  basic?: true;
  /** The smallest plan that has it. */
  from: Plan;
  /** How likely somebody is to take it up, and how often then to use it. */
  draw: number;
  /** Who uses it twice as much. */
  roles: string[];
  /** Euros that its event names, about. */
  amount?: number;
}

/** All fourteen, the most used first. */
export const features: Feature[] = [
  { event: "Invoice Sent", basic: true, from: "Solo", draw: 10, roles: ["owner", "bookkeeper"], amount: 420 },
  { event: "Customer Added", basic: true, from: "Solo", draw: 6, roles: ["front desk", "staff"] },
  { event: "Appointment Booked", basic: true, from: "Solo", draw: 7, roles: ["front desk", "staff"] },
  { event: "Quote Sent", basic: true, from: "Solo", draw: 5, roles: ["owner", "manager"], amount: 900 },
  { event: "Payment Recorded", from: "Solo", draw: 4, roles: ["bookkeeper", "front desk"], amount: 380 },
  { event: "Receipt Scanned", from: "Solo", draw: 3, roles: ["bookkeeper", "owner"], amount: 45 },
  { event: "Reminder Sent", from: "Solo", draw: 3, roles: ["bookkeeper", "manager"], amount: 350 },
  { event: "Report Viewed", from: "Solo", draw: 3, roles: ["owner", "manager"] },
  {
    event: "Recurring Invoice Created",
    from: "Solo",
    draw: 2.2,
    roles: ["owner", "bookkeeper"],
    amount: 190,
  },
  { event: "Bank Transaction Matched", from: "Team", draw: 3.4, roles: ["bookkeeper", "owner"], amount: 260 },
  { event: "Time Tracked", from: "Team", draw: 3.2, roles: ["staff", "manager"] },
  { event: "Booking Page Shared", from: "Solo", draw: 1.6, roles: ["front desk", "owner"] },
  { event: "Books Exported", from: "Team", draw: 1.5, roles: ["bookkeeper", "owner"] },
  { event: "Shift Planned", from: "Business", draw: 2.4, roles: ["manager", "front desk"] },
];

const plans: Plan[] = ["Solo", "Team", "Business"];

/** The features of a plan. */
export function featuresOf(plan: Plan): Feature[] {
  return features.filter(({ from }) => plans.indexOf(from) <= plans.indexOf(plan));
}

/** What else happens: signs of life that are no use of a feature, and what customers do not do themselves. */
const otherEvents = {
  "Signed In": "activity",
  Dashboard: "activity",
  "Help Article Viewed": "activity",
  "Support Ticket Opened": "activity",
  "Add-ons": "activity",
  "Product Viewed": "activity",
  "Product Added": "activity",
  "Checkout Started": "activity",
  "Order Completed": "activity",
  "Email Delivered": "nothing",
  "Subscription Renewed": "nothing",
} satisfies Record<string, CountsAs>;

/** What each of Larkfield's event names says of a customer. */
export const countsAs: ReadonlyMap<string, CountsAs> = new Map<string, CountsAs>([
  ...features.map(({ event }) => [event, "feature"] as const),
  ...(Object.entries(otherEvents) as [string, CountsAs][]),
]);

/** What Larkfield sells beside its plans, in euros. */
export const addOns = [
  { product_id: "sms-250", name: "250 text messages", price: 19 },
  { product_id: "post-50", name: "50 letters by post", price: 59 },
  { product_id: "card-reader", name: "Card reader", price: 49 },
  { product_id: "rolls-20", name: "20 receipt rolls", price: 14 },
  { product_id: "template", name: "Invoice design in your colours", price: 89 },
  { product_id: "course", name: "Course: paid on time", price: 39 },
];

/** Larkfield's campaigns: month of the year from 0, coupon, and share off. */
export const campaigns: { months: number[]; coupon: string; off: number }[] = [
  { months: [0, 1], coupon: "NEWYEAR15", off: 0.15 },
  { months: [2, 3, 4], coupon: "SPRING20", off: 0.2 },
  { months: [5, 6, 7], coupon: "SUMMER10", off: 0.1 },
  { months: [8, 9], coupon: "AUTUMN15", off: 0.15 },
  { months: [10, 11], coupon: "ADVENT25", off: 0.25 },
];
