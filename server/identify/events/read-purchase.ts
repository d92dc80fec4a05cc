import { storableText } from "../../collect/response.ts";
import { type EventProblem, found } from "./event-problem.ts";

/** What is kept of a track `Order Completed`. */
export interface Purchase {
  orderId: string | null;
  revenue: number | null;
  currency: string | null;
  discount: number | null;
  coupon: string | null;
}

/** The purchase that an event is, if it is one: `Order Completed`, as Segment's specification names it. */
export function readPurchase(
  name: string,
  properties: Record<string, unknown>,
  problems: EventProblem[],
): Purchase | undefined {
  if (name.length > 20 || !/^order[ _]?completed$/i.test(name)) return undefined;
  const number = (...fields: string[]) => {
    for (const field of fields) {
      const value = properties[field];
      if (value === undefined || value === null || value === "") continue;
      const number = typeof value === "string" ? Number(value) : value;
      if (typeof number === "number" && Number.isFinite(number)) return number;
      problems.push({ reason: "not_a_number", values: { field, found: found(value) }, kept: true });
    }
    return null;
  };
  const text = (...fields: string[]) => {
    const value = fields
      .map((field) => properties[field])
      .find((each) => each !== undefined && each !== null);
    return typeof value === "string" || typeof value === "number"
      ? storableText(String(value)).slice(0, 200) || null
      : null;
  };
  const currency = text("currency");
  return {
    orderId: text("order_id", "orderId"),
    revenue: number("revenue", "total"),
    currency: currency && /^[a-z]{3}$/i.test(currency) ? currency.toUpperCase() : null,
    discount: number("discount"),
    coupon: text("coupon"),
  };
}
