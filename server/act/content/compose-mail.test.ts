import { expect, test } from "vitest";
import { newApiClient } from "../../../test/api-client.ts";
import { newTestApp } from "../../../test/new-test-app.ts";
import type { ContentItemsTable } from "../../platform/database/schema-act.ts";
import { newId } from "../../platform/ids.ts";
import { PlayStep, type StepOf } from "../plays/play-step.ts";
import { type ComposedMail, composeMail, type MailSkipped } from "./compose-mail.ts";
import { fillText } from "./fill-text.ts";

const day = 86_400_000;

/** A company whose 20 promoters export and share; Ada opens and exports, and looked at a lamp and a chair. */
async function newCompany() {
  const nines = await newTestApp({ env: { SECRET: "s".repeat(40) } });
  const { workspaceId } = await newApiClient(nines);
  const { db, clock, resources } = nines;
  const now = clock.now();
  const ago = (days: number) => new Date(now.getTime() - days * day);
  const ada = newId(clock);
  const accountId = newId(clock);
  await db
    .insertInto("accounts")
    .values({ workspaceId, id: accountId, key: "lab", name: "Lab & Söhne", traits: "{}", traitsAt: "{}" })
    .execute();
  await db
    .insertInto("customers")
    .values({
      workspaceId,
      id: ada,
      accountId,
      email: "ada@x.example",
      name: "Ada  Lovelace <b>",
      language: "de-AT",
      traits: JSON.stringify({ plan: "pro", city: "Wien & Umland" }),
      traitsAt: "{}",
    })
    .execute();
  const events = ["Opened", "Exported", "Shared", "Merged", "Logged In"];
  await db
    .insertInto("eventNames")
    .values(
      events.map((name) => ({
        workspaceId,
        name,
        countsAs: name === "Logged In" ? ("activity" as const) : ("feature" as const),
        firstAt: ago(300),
        lastAt: now,
      })),
    )
    .execute();
  await db
    .insertInto("featureUse")
    .values(
      [
        { name: "Opened", long: 9, lastAt: ago(80) },
        { name: "Exported", long: 8, lastAt: ago(1) },
        { name: "Merged", long: 50, lastAt: ago(120) },
        { name: "Logged In", long: 99, lastAt: now },
      ].map((row) => Object.assign(row, { workspaceId, customerId: ada, n: 1, firstAt: ago(200) })),
    )
    .execute();
  const figures = (features: Record<string, number>, promoters = 20) =>
    JSON.stringify({ promoters, days: null, depth: null, variety: null, features });
  await db
    .insertInto("passiveNorms")
    .values([
      { workspaceId, plan: "", figures: figures({ Exported: 0.9, Merged: 0.8 }), measuredAt: now },
      {
        workspaceId,
        plan: "pro",
        figures: figures({ Exported: 0.9, Shared: 0.7, Merged: 0.6 }),
        measuredAt: now,
      },
    ])
    .execute();
  await db
    .insertInto("standings")
    .values({ workspaceId, customerId: ada, plan: "pro", reasonValues: "{}" })
    .execute();
  const item = async (
    other: Partial<Record<keyof ContentItemsTable, unknown>> & { kind?: string; name?: string } = {},
  ) => {
    const id = newId(clock);
    const text = (title: string) => ({ title, text: "So geht es.", link: "https://acme.example/a?b=1&c=2" });
    const languages = JSON.stringify({
      en: text(`${other.name ?? "x"} en`),
      de: text(`${other.name ?? "x"} de`),
    });
    await db
      .insertInto("contentItems")
      .values({ workspaceId, id, kind: "article", name: "x", languages, ...other } as never)
      .execute();
    return id;
  };
  const looked = async (name: string, properties: object, at = ago(3), type: "track" | "page" = "track") =>
    db
      .insertInto("events")
      .values({
        workspaceId,
        customerId: ada,
        at,
        id: newId(clock),
        receivedAt: at,
        type,
        name,
        properties: JSON.stringify(properties),
        context: "{}",
        writeKeyId: null,
      })
      .execute();
  const compose = (
    step: StepOf<"email">,
    other: Partial<Parameters<typeof composeMail>[2]> = {},
  ): Promise<ComposedMail | { skip: MailSkipped }> =>
    composeMail(db, resources, { workspaceId, customerId: ada, messageId: null, step, now, ...other });
  return { nines, db, workspaceId, ada, item, looked, compose, ago, now };
}

const text = (body: string, subject = "Hi") => ({ subject, body });

function mail(other: Record<string, unknown>): StepOf<"email"> {
  const step = PlayStep.parse({
    id: "mail",
    kind: "email",
    language: "en",
    languages: {
      en: text("{{ feature }}{% if content.title %} {{ content.title }}{% endif %}"),
      de: text("de: {{ feature }}{% if content.title %} {{ content.title }}{% endif %}"),
    },
    next: null,
    ...other,
  });
  if (step.kind !== "email") throw new Error("no mail");
  return step;
}

const choosing = (by: string, other: Record<string, unknown> = {}) => mail({ choose: { by, ...other } });
const saidBy = (composed: ComposedMail | { skip: string }) =>
  "skip" in composed ? composed.skip : composed.text.split("\n\n")[0];

test("a feature is chosen by what they use most, or by what promoters like them use, with what helps there", async () => {
  const { compose, item, db, ada, workspaceId, nines, now, ago } = await newCompany();
  // What was done long ago counts less; a sign of life is no feature.
  expect(saidBy(await compose(choosing("most_used")))).toBe("de: Exported");
  // Of the plan's promoters, not all; what she used long ago she does not use.
  expect(saidBy(await compose(choosing("usage_gap")))).toBe("de: Shared");
  await item({ name: "old", features: ["Shared"], endsAt: now });
  await item({ name: "early", features: ["Shared"], startsAt: new Date(now.getTime() + 1) });
  await item({ name: "gone", features: ["Shared"], archivedAt: ago(1) });
  await item({ name: "offer", features: ["Shared"], kind: "offer" });
  const merging = await item({ name: "merging", features: ["Merged"] });
  const articles = { kinds: ["article", "webinar"] };
  // The first feature that the library has something for.
  expect(saidBy(await compose(choosing("usage_gap", articles)))).toBe("de: Merged merging de");
  const sharing = await item({
    name: "sharing",
    features: ["Shared", "Opened"],
    startsAt: ago(1),
    endsAt: null,
  });
  const composed = await compose(choosing("usage_gap", articles));
  expect(composed).toMatchObject({ content: [sharing], feature: "Shared", language: "de" });
  // What she has had is not sent again while there is something else.
  await db
    .insertInto("messages")
    .values({
      workspaceId,
      customerId: ada,
      id: newId(nines.clock),
      direction: "out",
      state: "sent",
      subject: "s",
      text: "t",
      content: [sharing],
      createdAt: now,
      sendAfter: now,
    })
    .execute();
  expect(await compose(choosing("usage_gap", articles))).toMatchObject({ content: [merging] });
  const english = JSON.stringify({ en: { title: "Only English", text: "t", link: null } });
  const only = await item({ features: ["Exported"], languages: english });
  expect(saidBy(await compose(choosing("most_used", articles)))).toBe("de: Exported Only English");
  expect(await compose(choosing("item", { item: only }))).toMatchObject({ content: [only], feature: null });
  await db.updateTable("contentItems").set({ endsAt: now }).where("id", "=", only).execute();
  expect(saidBy(await compose(choosing("item", { item: only })))).toBe("item_over");
  expect(saidBy(await compose(choosing("item", { item: only, without: "send" })))).toBe("de:");
  const all = mail({
    languages: { en: text("{{ content.title }}") },
    choose: { by: "usage_gap", kinds: ["training"] },
  });
  expect(saidBy(await compose(all))).toBe("nothing_in_library");
  await db.deleteFrom("featureUse").execute();
  await db.deleteFrom("passiveNorms").execute();
  expect(saidBy(await compose(choosing("most_used")))).toBe("no_feature");
  expect(saidBy(await compose(choosing("usage_gap")))).toBe("no_gap");
});

test("a product is chosen that they looked at, on a page or by an event, and did not buy", async () => {
  const { compose, item, looked, ago } = await newCompany();
  const offer = choosing("browsed", { kinds: ["offer", "product"] });
  const chair = await item({ kind: "offer", name: "chair", products: ["CH-1", "/chair"] });
  const lamp = await item({ kind: "product", name: "lamp", products: ["lamp"] });
  expect(saidBy(await compose(offer))).toBe("nothing_browsed");
  await looked("Product Viewed", { product_id: "ch-1", name: "Chair" }, ago(100));
  expect(saidBy(await compose(offer))).toBe("nothing_browsed");
  await looked("Home", { path: "/chair" }, ago(2), "page");
  expect(await compose(offer)).toMatchObject({ content: [chair] });
  await looked("Product Viewed", { product_id: "L", name: "Lamp" });
  await looked("Product Added", { name: "LAMP" });
  expect(await compose(offer)).toMatchObject({ content: [lamp] });
  await looked("Order Completed", { products: [{ sku: "L", name: "Lamp" }] }, ago(1));
  expect(await compose(offer)).toMatchObject({ content: [chair] });
  await looked("Order Completed", { products: [{ product_id: "CH-1" }] }, ago(200));
  expect(saidBy(await compose(offer))).toBe("nothing_browsed");
});

test("a mail is HTML and plain text in one language, escaped, with links, a button, a code and a way out", async () => {
  const { nines, compose, item, db, ada, workspaceId } = await newCompany();
  const id = await item({ name: "x" });
  const body =
    "Guten Tag {{ customer.name }} von {{ account.name }}.\n\nhttps://acme.example/hilfe. {{ customer.traits.city }}\nCode: {{ code }} ({{ codeWorth }}, bis {{ codeExpires }})";
  const button = { label: "Ansehen", link: "{{ content.link }}" };
  const step = mail({
    languages: { en: text("{{ code }}"), de: { subject: "Für {{ customer.firstName }}", body, button } },
    choose: { by: "item", item: id },
  });
  expect(await compose(step)).toEqual({ skip: "no_code" });
  const code = { code: "<K>", worth: "20 %", expiresAt: new Date("2026-12-24T12:00:00Z") };
  const messageId = newId(nines.clock);
  const composed = await compose(step, { code, messageId });
  if ("skip" in composed) throw new Error(composed.skip);
  expect(composed.subject).toBe("Für Ada");
  expect(composed.html).toContain('lang="de"');
  expect(composed.html).toContain("Guten Tag Ada  Lovelace &lt;b&gt; von Lab &amp; Söhne.");
  expect(composed.html).toContain(
    '<a href="https://acme.example/hilfe">https://acme.example/hilfe</a>. Wien',
  );
  expect(composed.html).toContain('href="https://acme.example/a?b=1&amp;c=2"');
  expect(composed.html).not.toContain("%%");
  expect(composed.text).toContain("Code: <K> (20 %, bis 24. Dezember 2026)");
  expect(composed.text).toContain("Ansehen:\nhttps://acme.example/a?b=1&c=2");
  expect(composed.text).toContain(`Abmelden: ${composed.unsubscribeLink}`);

  // The link asks first, and then takes the address off the list for ever.
  await db
    .insertInto("messages")
    .values({
      workspaceId,
      customerId: ada,
      id: messageId,
      direction: "out",
      state: "sent",
      subject: "s",
      text: "t",
      createdAt: nines.clock.now(),
      sendAfter: nines.clock.now(),
    })
    .execute();
  const path = new URL(composed.unsubscribeLink).pathname;
  expect((await nines.app.request(path)).status).toBe(200);
  const customer = () =>
    db.selectFrom("customers").select("unsubscribedAt").where("id", "=", ada).executeTakeFirstOrThrow();
  expect((await customer()).unsubscribedAt).toBeNull();
  expect((await nines.app.request(path, { method: "POST", body: "List-Unsubscribe=One-Click" })).status).toBe(
    200,
  );
  expect((await customer()).unsubscribedAt).not.toBeNull();
  await nines.runJobs();
  const message = await db.selectFrom("messages").select("unsubscribedAt").executeTakeFirstOrThrow();
  expect(message.unsubscribedAt).not.toBeNull();
});

test("what is not known of a customer leaves no hole, and a link with values in it stays a link", async () => {
  const known = { customer: { firstName: "Ada", traits: { city: "Wien" } }, company: "Acme" };
  const unknown = { customer: { firstName: null, traits: {} }, company: "Acme" };
  const both = (template: string) => [fillText(template, known), fillText(template, unknown)];
  expect(both("Hello {{ customer.firstName }},\nhow is it?")).toEqual([
    "Hello Ada,\nhow is it?",
    "Hello,\nhow is it?",
  ]);
  expect(both("{{ customer.firstName }}, have a look")).toEqual(["Ada, have a look", "Have a look"]);
  expect(both("in {{customer.traits.city}} with {{ company }}")).toEqual([
    "in Wien with Acme",
    "in with Acme",
  ]);
  const { compose, db, ada } = await newCompany();
  const link = "https://acme.example/?in={{ customer.traits.city }}&n={{ customer.name }}";
  const step = mail({
    languages: { en: { subject: "{{ customer.traits.nothing }}", body: "b", button: { label: "l", link } } },
  });
  const composed = await compose(step, { language: "fr" });
  if ("skip" in composed) throw new Error(composed.skip);
  expect(composed.text).toContain(
    "l:\nhttps://acme.example/?in=Wien%20%26%20Umland&n=Ada%20%20Lovelace%20%3Cb%3E",
  );
  expect(composed.language).toBe("en");
  expect(composed.subject).toBe("Acme");
  await db.deleteFrom("customers").where("id", "=", ada).execute();
  expect(await compose(step)).toEqual({ skip: "no_such_customer" });
});
