import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import type { InferRequestType, InferResponseType } from "hono/client";
import { api, errorOf, read, workspaceHeader } from "../../api.ts";

const pools = api.api.v1["code-pools"];

/** A pool of codes, with how many are left. */
export type CodePool = InferResponseType<typeof pools.$get, 200>["pools"][number];
export type PoolDraft = InferRequestType<typeof pools.$post>["json"];
/** One entry of the ledger. */
export type Incentive = InferResponseType<(typeof pools)[":id"]["incentives"]["$get"], 200>["items"][number];
/** What became of codes that were sent. */
export type AddedCodes = InferResponseType<(typeof pools)[":id"]["codes"]["$post"], 201>;

/** The pools by name. */
export function poolsQuery(slug: string) {
  return queryOptions({
    queryKey: [slug, "code-pools"],
    queryFn: async (): Promise<CodePool[]> => (await read(pools.$get())).pools,
  });
}

/** Who got which code of a pool, newest first. */
export function ledgerQuery(slug: string, id: string) {
  return infiniteQueryOptions({
    queryKey: [slug, "code-pools", id, "ledger"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      read(pools[":id"].incentives.$get({ param: { id }, query: pageParam ? { cursor: pageParam } : {} })),
    getNextPageParam: ({ next }) => next ?? undefined,
  });
}

/** Makes a pool, or changes one. */
export async function savePool(id: string | undefined, json: PoolDraft): Promise<CodePool> {
  return id === undefined ? read(pools.$post({ json })) : read(pools[":id"].$patch({ param: { id }, json }));
}

/** Sends codes as they were pasted or read from a file. */
export async function sendCodes(id: string, text: string): Promise<AddedCodes> {
  // The typed client sends JSON only.
  const response = await fetch(`/api/v1/code-pools/${id}/codes`, {
    method: "POST",
    credentials: "same-origin",
    headers: { "content-type": "text/csv", ...workspaceHeader() },
    body: text,
  });
  if (!response.ok) throw await errorOf(response);
  return (await response.json()) as AddedCodes;
}

/** Saves the ledger of a pool as a file. */
export async function downloadLedger(id: string): Promise<void> {
  const response = await pools[":id"]["incentives.csv"].$get({ param: { id } });
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = "codes.csv";
  link.click();
  URL.revokeObjectURL(url);
}

export async function withdrawRest(id: string): Promise<number> {
  return (await read(pools[":id"].withdraw.$post({ param: { id }, json: {} }))).withdrawn;
}

export async function deletePool(id: string): Promise<void> {
  await pools[":id"].$delete({ param: { id } });
}

export async function markUsed(id: string) {
  return read(api.api.v1.incentives[":id"].redeem.$post({ param: { id } }));
}
