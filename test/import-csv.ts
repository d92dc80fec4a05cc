import { expect } from "vitest";
import type { Import } from "../server/collect/imports/import.ts";
import type { ApiClient } from "./api-client.ts";
import type { TestApp } from "./new-test-app.ts";

/** Uploads a file as it is; gives what the server says of it. */
export async function uploadCsv(
  nines: TestApp,
  client: ApiClient,
  body: string | Uint8Array<ArrayBuffer>,
  { name = "answers.csv", headers = {} } = {},
) {
  const response = await nines.app.request(`/api/v1/imports?name=${encodeURIComponent(name)}`, {
    method: "POST",
    headers: { authorization: `Bearer ${client.key}`, ...headers },
    body,
    ...({ duplex: "half" } as object),
  });
  return {
    status: response.status,
    body: (await response.json()) as Import & { error: { message: string; details?: { reason?: string } } },
  };
}

/** Uploads, takes the guess with what is changed in it, runs, and gives the finished import. */
export async function importCsv(
  nines: TestApp,
  client: ApiClient,
  text: string | Buffer,
  mapping: object = {},
  name = "answers.csv",
) {
  const { status, body } = await uploadCsv(nines, client, new Uint8Array(Buffer.from(text)), { name });
  expect([status, body.error]).toEqual([201, null]);
  await client.ask("POST", `/imports/${body.id}/start`, { mapping: { ...body.preview?.guess, ...mapping } });
  await nines.runJobs();
  return client.ask<Import>("GET", `/imports/${body.id}`);
}
