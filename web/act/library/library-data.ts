import { queryOptions } from "@tanstack/react-query";
import type { InferRequestType, InferResponseType } from "hono/client";
import { api, read } from "../../api.ts";

const content = api.api.v1.content;

/** One item of the library. */
export type ContentItem = InferResponseType<typeof content.$get, 200>["items"][number];
export type ContentDraft = InferRequestType<typeof content.$post>["json"];
export type ContentKind = ContentItem["kind"];
export type ContentTexts = ContentItem["languages"];

/** In the order in which they are shown. */
export const contentKinds: readonly ContentKind[] = ["article", "webinar", "training", "offer", "product"];

/** What mails of plays choose from. */
export function libraryQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "library"],
    queryFn: async (): Promise<ContentItem[]> => (await read(content.$get({ query: {} }))).items,
  });
}

/** Stores an item, a new one or one that is there. */
export async function saveItem(id: string | undefined, json: ContentDraft): Promise<ContentItem> {
  return id === undefined
    ? read(content.$post({ json }))
    : read(content[":id"].$put({ param: { id }, json }));
}

export async function removeItem(id: string) {
  return (await read(content[":id"].$delete({ param: { id } }))).outcome;
}
