import { z } from "@hono/zod-openapi";
import { Refusal } from "../../platform/errors.ts";
import { problemsOfIssue } from "../../platform/http/problem-of-issue.ts";
import { NewCustomer } from "../response.ts";
import { fits } from "./widget-key.ts";

const longestSigned = 10_000;

/** Who the page says is looking at it. Anybody can say anything in a browser; a signature proves what it covers. */
export const WidgetCustomer = NewCustomer.omit({ phone: true, account: true })
  .extend({
    signed: z
      .string()
      .max(longestSigned, `at most ${longestSigned.toLocaleString("en")} characters`)
      .nullish()
      .describe(
        "All that is known of the customer, as the JSON text that was signed: `id`, `email`, `phone`, `name`, `language`, `account`, `traits`. With it nothing else is read.",
      ),
    signature: z
      .string()
      .regex(/^[0-9a-f]{64}$/i, "is no signature: 64 hexadecimal digits")
      .nullish()
      .describe("HMAC-SHA256 of the text in `signed` with the workspace's widget key, in hexadecimal."),
  })
  .refine(
    ({ signed, signature }) => Boolean(signed) === Boolean(signature),
    "send `signed` and `signature` together: the JSON text of the customer, and its HMAC-SHA256",
  );
export type WidgetCustomer = z.infer<typeof WidgetCustomer>;

const SignedCustomer = NewCustomer.extend({
  // Many databases count their customers.
  id: z.union([z.number().transform(String), NewCustomer.shape.id]),
}).refine(
  ({ id, email, phone }) => Boolean(id || email || phone),
  "needs an id, an e-mail address or a phone number",
);

type NewCustomer = z.infer<typeof NewCustomer>;

/**
 * What a page says of a customer, and whether that is proved. Of a signed customer only the signed text is read.
 * @throws Refusal when the signature does not fit the text, or the text is no customer
 */
export function readCustomer(
  key: string,
  { signed, signature, ...claimed }: WidgetCustomer,
): { customer: NewCustomer; isSigned: boolean } {
  if (!signed || !signature) return { customer: claimed, isSigned: false };
  if (!fits(key, signed, signature)) {
    throw new Refusal(
      "bad_input",
      "customer.signature: does not fit the text in `signed`. Sign exactly that text, byte for byte, with the workspace's widget key.",
      { reason: "signature_wrong" },
    );
  }
  const customer = SignedCustomer.safeParse(jsonIn(signed));
  if (customer.success) return { customer: customer.data, isSigned: true };
  const [problem] = customer.error.issues.flatMap((issue) => problemsOfIssue(issue));
  const where = ["customer.signed", problem?.path].filter(Boolean).join(".");
  throw new Refusal("bad_input", `${where}: ${problem?.message ?? "is no customer"}.`, {
    reason: "signed_text_wrong",
  });
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal("bad_input", 'customer.signed: is no JSON; sign a text like {"id":"42"}.', {
      reason: "signed_text_wrong",
    });
  }
}
