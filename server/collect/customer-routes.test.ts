import { expect, test } from "vitest";
import { newApiClient } from "../../test/api-client.ts";
import { newTestApp } from "../../test/new-test-app.ts";

test("customers are stored once, found by any of their keys, and what is said about them is merged", async () => {
  const nines = await newTestApp();
  const { ask } = await newApiClient(nines);
  const store = async (...customers: object[]) =>
    (await ask<{ ids: string[] }>("POST", "/customers", { customers })).ids;
  const [ada, bob] = await store(
    {
      id: "c-1",
      email: "Ada@Example.com",
      language: "de",
      timeZone: "Europe/Berlin",
      traits: { plan: "pro" },
    },
    { email: "bob@example.com", account: { id: "acme", name: "Acme" } },
  );
  const again = await store(
    { email: "bob@example.com", name: "Bob" },
    { email: "ada@example.com", phone: "+49 30 1", traits: { seats: 3 } },
    { id: "c-1", name: "Ada" },
  );
  expect(again).toEqual([bob, ada, ada]);
  const rows = await nines.db.selectFrom("customers").selectAll().orderBy("email").execute();
  expect(rows).toMatchObject([
    { id: ada, externalId: "c-1", phone: "+49301", name: "Ada", language: "de", timeZone: "Europe/Berlin" },
    { id: bob, name: "Bob", anonymous: false },
  ]);
  expect(rows[0]?.traits).toEqual({ plan: "pro", seats: 3 });
});

test("two requests with the same customers in different order store each once", async () => {
  const nines = await newTestApp();
  const { ask } = await newApiClient(nines);
  const customers = Array.from({ length: 40 }, (_, i) => ({ id: `c-${i}`, email: `c${39 - i}@example.com` }));
  const [one, two] = await Promise.all(
    [customers, customers.toReversed()].map((some) =>
      ask<{ ids: string[] }>("POST", "/customers", { customers: some }),
    ),
  );
  expect(two!.ids.toReversed()).toEqual(one!.ids);
  expect(new Set(one!.ids).size).toBe(40);
});

test.each([
  [{}, /needs an id, an e-mail address or a phone number/],
  [{ email: "nobody" }, /is not an e-mail address/],
  [{ email: "a@b.example", timeZone: "Mars/Base" }, /time zone|timeZone/i],
])("%j is refused with a sentence, and nothing is stored", async (customer, sentence) => {
  const nines = await newTestApp();
  const { send } = await newApiClient(nines);
  const response = await send("POST", "/customers", {
    customers: [{ email: "fine@example.com" }, customer],
  });
  expect(response.status).toBe(422);
  expect(((await response.json()) as { error: { message: string } }).error.message).toMatch(sentence);
  expect(await nines.db.selectFrom("customers").select("id").execute()).toEqual([]);
});
