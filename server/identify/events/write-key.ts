import { z } from "@hono/zod-openapi";
import { personName } from "../../platform/accounts/person.ts";

/** What somebody says to get a write key. */
export const NewWriteKey = z
  .object({
    name: personName,
    trusted: z
      .boolean()
      .describe(
        "true for your servers, which know who people are; false for pages and apps, where everybody can read it.",
      ),
  })
  .openapi("NewWriteKey");

/** A write key as it is shown. */
export const WriteKey = z
  .object({
    id: z.uuid(),
    name: z.string(),
    trusted: z.boolean(),
    start: z.string().describe("How the key begins, to tell keys apart."),
    key: z.string().nullable().describe("Of a key for pages and apps. That of a server was shown once."),
    createdBy: z.string().nullable().describe("Name of the member who made it."),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable().describe("To within a minute."),
  })
  .openapi("WriteKey");

/** How a key begins says what it is for, also to whoever finds one in a page's source. */
export const prefixOf = (trusted: boolean) => (trusted ? "nines_server_" : "nines_page_");
