import { z } from "@hono/zod-openapi";
import { emailAddress } from "../../platform/mail/address.ts";
import { longest, nameText } from "../response.ts";
import { AskedCustomer } from "./new-invitation.ts";

export const suppressionReasons = ["unsubscribed", "bounced", "complained"] as const;
/** Why an address is never asked again. */
export type SuppressionReason = (typeof suppressionReasons)[number];

/** An address that is never asked, as the API shows it. */
export const SuppressedAddress = z
  .object({
    key: z.string(),
    address: z.string(),
    reason: z.enum(suppressionReasons),
    at: z.iso.datetime(),
    source: z.string().describe("page, one-click, api, smtp, dsn, or the name of a mail service."),
    detail: z.string().nullable(),
    survey: z.object({ id: z.uuid(), name: z.string() }).nullable(),
  })
  .openapi("SuppressedAddress");
export type SuppressedAddress = z.infer<typeof SuppressedAddress>;

export const NewSuppression = z
  .object({ email: emailAddress, reason: z.literal("unsubscribed") })
  .openapi("NewSuppression");

export const SuppressionFilter = z.object({
  reason: z.enum(suppressionReasons).optional(),
  text: nameText(longest.id).optional().describe("Part of the address."),
});
export type SuppressionFilter = z.infer<typeof SuppressionFilter>;

/** A complaint of a customer: while it is open, they are not asked. */
export const NewComplaint = z
  .object({
    customer: AskedCustomer.nullish(),
    customerId: z.uuid("is not the id of a customer").nullish(),
    note: nameText(2_000).nullish(),
    id: nameText(longest.id).nullish().describe("Your id of the complaint: sent twice, it is opened once."),
  })
  .refine(
    ({ customer, customerId }) => Boolean(customer) !== Boolean(customerId),
    "send either customer or customerId",
  )
  .openapi("NewComplaint");
export type NewComplaint = z.infer<typeof NewComplaint>;

export const Complaint = z
  .object({
    id: z.uuid(),
    customerId: z.uuid(),
    openedAt: z.iso.datetime(),
    closedAt: z.iso.datetime().nullable(),
    note: z.string().nullable(),
  })
  .openapi("Complaint");
export type Complaint = z.infer<typeof Complaint>;
