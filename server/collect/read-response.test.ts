import { expect, it } from "vitest";
import { newApiClient } from "../../test/api-client.ts";
import { newTestApp } from "../../test/new-test-app.ts";
import type { ResponseDetails } from "./response.ts";

it("a response shows its choices in words, its version, consent and what it was before", async () => {
  const test = await newTestApp();
  const client = await newApiClient(test);
  const survey = await client.ask<{ id: string; draft: { content: object; settings: object } }>(
    "POST",
    "/surveys",
    { name: "Quarterly" },
  );
  const { content, settings } = survey.draft;
  await client.ask("PUT", `/surveys/${survey.id}/draft`, {
    name: "Quarterly",
    content: {
      ...content,
      drivers: { detractor: ["price"], passive: [], promoter: [] },
      languages: { en: { wording: {}, words: {}, drivers: { price: "The price" } } },
    },
    settings,
  });
  await client.ask("POST", `/surveys/${survey.id}/publish`, {});
  const made = await client.ask<{ id: string; customerId: string }>("POST", "/responses", {
    surveyId: survey.id,
    score: 9,
    customer: { email: "ada@example.com" },
  });
  const { workspaceId } = client;
  const { id, customerId } = made;
  const read = async () => client.ask<ResponseDetails>("GET", `/responses/${id}?customer=${customerId}`);
  expect(await read()).toMatchObject({ drivers: [], surveyVersion: null, mayContact: null, changes: [] });

  await test.db
    .updateTable("responses")
    .set({ drivers: ["price", "gone"], surveyVersion: 1, mayContact: true })
    .where("customerId", "=", customerId)
    .where("id", "=", id)
    .execute();
  const before = { workspaceId, customerId, id: survey.id, responseId: id };
  await test.db
    .insertInto("responseChanges")
    .values({ ...before, at: "2026-10-13T07:00:00Z", score: 4, comment: "Slow." })
    .execute();
  expect(await read()).toMatchObject({
    drivers: ["The price", "gone"],
    surveyVersion: 1,
    mayContact: true,
    changes: [{ at: "2026-10-13T07:00:00.000Z", score: 4, comment: "Slow." }],
  });
});
