import { z } from "zod";

const pattern =
  /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const params = { reason: "email_invalid" };

/**
 * One plain e-mail address in lower case. Stricter than the standard on purpose: no quotes, comments, brackets, lists or
 * control characters, so that an address can never become a second header or a second recipient.
 */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, "An e-mail address has at most 254 characters.")
  .refine((address) => pattern.test(address), {
    error: "This is no e-mail address; write one like ada@example.com.",
    params,
  })
  .refine((address) => address.indexOf("@") <= 64, {
    error: "The part before the @ has at most 64 characters.",
    params,
  });
