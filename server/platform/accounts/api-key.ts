import { z } from "zod";
import { type Scope, scopes } from "../http/router.ts";
import { personName } from "./person.ts";

export const keyPrefix = "nines_";

/** What somebody says to get an API key. */
export const newApiKey = z.object({
  name: personName,
  scopes: z
    .array(z.enum(scopes))
    .min(1, "Choose at least one scope.")
    .transform((given) => [...new Set(given)]),
});

export interface NewApiKey {
  name: string;
  scopes: readonly Scope[];
  /** The person who makes it; absent on the command line. */
  createdBy?: string;
}
