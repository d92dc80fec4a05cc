import { z } from "zod";
import { emailAddress } from "../mail/address.ts";

export const shortestPassword = 8;
export const longestPassword = 128;

/** A password somebody chooses. Length is what counts (NIST SP 800-63B): no rules about signs. */
export const newPassword = z
  .string()
  .min(shortestPassword, `A password needs at least ${shortestPassword} characters.`)
  .max(longestPassword, `A password has at most ${longestPassword} characters.`);

/** What somebody is called, on one line. */
export const personName = z
  .string()
  .trim()
  .min(1, "A name is needed.")
  .max(200, "A name has at most 200 characters.")
  .refine((name) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(name), {
    error: "A name is one line without control characters.",
    params: { reason: "not_one_line" },
  });

/** What a person gives to get an account. */
export const newPerson = z.object({
  name: personName,
  email: emailAddress,
  password: newPassword,
  language: z.enum(["en", "de"]).optional(),
});

export type NewPerson = z.infer<typeof newPerson>;
