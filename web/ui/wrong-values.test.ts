import { z } from "@hono/zod-openapi";
import i18next from "i18next";
import { pino } from "pino";
import { expect, test } from "vitest";
import type { Problem } from "../../server/platform/errors.ts";
import { issueSentences } from "../../server/platform/http/issue-sentences.ts";
import { json, jsonBody, newRouter, route } from "../../server/platform/http/router.ts";
import { respondToErrors } from "../../server/platform/http/respond-to-errors.ts";
import { sentenceOf } from "./reason.ts";
import { words as german } from "../words/de/all.ts";

const schema = z.strictObject({
  text: z.string().min(2).max(5),
  filled: z.string().min(1),
  code: z.string().length(3),
  number: z.number().min(0).max(10),
  share: z.number().gt(0).lt(1),
  step: z.number().multipleOf(0.5),
  whole: z.int(),
  switch: z.boolean(),
  list: z.array(z.string()).min(1).max(2),
  pair: z.array(z.number()).min(2),
  inside: z.object({ list: z.array(z.object({ name: z.string() })) }),
  named: z.record(z.string().max(3), z.number()),
  sort: z.enum(["newest", "name", "score"]),
  agreed: z.literal(true),
  day: z.iso.date(),
  moment: z.iso.datetime(),
  time: z.iso.time(),
  id: z.uuid(),
  page: z.url(),
  mail: z.email(),
  form: z.string().regex(/^[A-Z]+$/),
  slug: z.string().startsWith("a"),
  nothing: z.null(),
  said: z.string("say it in words"),
  either: z.union([z.string().max(3), z.number(), z.array(z.object({ n: z.int() }))]),
  oneOf: z.union([z.literal("a"), z.literal("b")]),
  place: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("email"), to: z.string() }),
    z.object({ kind: z.literal("slack") }),
  ]),
  closed: z.strictObject({ a: z.string() }, "send a, and nothing else"),
  checked: z.string().refine(() => false),
});

const wrong = route({
  method: "post",
  path: "/wrong",
  summary: "Takes one field at a time",
  access: "public",
  request: {
    body: jsonBody(schema.partial()),
    query: z.object({ limit: z.coerce.number().int().max(200).optional() }),
  },
  responses: { 200: json(z.object({}), "Taken.") },
});
const app = newRouter();
app.use(async (c, next) => {
  c.set("limitRequests", async () => {});
  await next();
});
app.openapi(wrong, (c) => c.json({}, 200));
app.onError(respondToErrors(pino({ enabled: false })));

const id = "0199dc5e-6f4b-7a01-9c3e-5f2a8d1b7e90";
/** What is sent, what the answer says in English, and what the interface says in German. */
const cases: [body: unknown, english: string, german: string][] = [
  [[], "The body must be an object, not a list.", "Hier muss ein Objekt stehen, nicht eine Liste."],
  [null, "The body must be an object, not null.", "Hier muss ein Objekt stehen, nicht null."],
  [{ text: 7 }, "text: must be text, not a number.", "Hier muss ein Text stehen, nicht eine Zahl."],
  [
    { text: true },
    "text: must be text, not true or false.",
    "Hier muss ein Text stehen, nicht ja oder nein (true oder false).",
  ],
  [{ text: "a" }, "text: must have at least 2 characters, not 1.", "Mindestens 2 Zeichen, bitte."],
  [{ text: "abcdef" }, "text: must have at most 5 characters, not 6.", "Höchstens 5 Zeichen, bitte."],
  [{ filled: "" }, "filled: must not be empty.", "Hier fehlt etwas."],
  [{ code: "ab" }, "code: must have exactly 3 characters, not 2.", "Genau 3 Zeichen, bitte."],
  [{ number: "7" }, "number: must be a number, not text.", "Hier muss eine Zahl stehen, nicht ein Text."],
  [{ number: -0.5 }, "number: must be at least 0, not -0.5.", "Hier muss mindestens 0 stehen."],
  [{ number: 11 }, "number: must be at most 10, not 11.", "Hier darf höchstens 10 stehen."],
  [{ share: 0 }, "share: must be more than 0, not 0.", "Hier muss mehr als 0 stehen."],
  [{ share: 1 }, "share: must be less than 1, not 1.", "Hier muss weniger als 1 stehen."],
  [{ step: 0.7 }, "step: must be a multiple of 0.5, not 0.7.", "Hier geht es nur in Schritten von 0,5."],
  [{ whole: 1.5 }, "whole: must be a whole number, not 1.5.", "Hier muss eine ganze Zahl stehen, nicht 1,5."],
  [{ whole: "1" }, "whole: must be a number, not text.", "Hier muss eine Zahl stehen, nicht ein Text."],
  [
    '{"number": 1e999}',
    "number: is too large a number; send a smaller one.",
    "Diese Zahl ist zu groß; schreiben Sie eine kleinere.",
  ],
  [
    { switch: "yes" },
    "switch: must be true or false, not text.",
    "Hier muss ja oder nein (true oder false) stehen, nicht ein Text.",
  ],
  [{ list: "a" }, "list: must be a list, not text.", "Hier muss eine Liste stehen, nicht ein Text."],
  [{ list: [] }, "list: must not be empty; send at least one.", "Wählen Sie mindestens eines."],
  [{ list: ["a", "b", "c"] }, "list: must hold at most 2, not 3.", "Höchstens 2 sind möglich."],
  [{ pair: [1] }, "pair: must hold at least 2, not 1.", "Mindestens 2 müssen es sein."],
  [{ list: ["a", 2] }, "list.1: must be text, not a number.", "Hier muss ein Text stehen, nicht eine Zahl."],
  [{ inside: { list: [{}] } }, "inside.list.0.name: is missing; send text.", "Hier fehlt ein Text."],
  [
    { named: { long: 1 } },
    "named.long: “long” cannot be a name here; choose another.",
    "„long“ geht hier nicht als Name; wählen Sie einen anderen.",
  ],
  [
    { sort: "age" },
    "sort: must be one of newest, name, score.",
    "Möglich ist hier nur: newest, name, score.",
  ],
  [{ agreed: false }, "agreed: must be true.", "Möglich ist hier nur true."],
  [
    { day: "31.1.2026" },
    "day: must be a day such as 2026-01-31, not “31.1.2026”.",
    "Schreiben Sie einen Tag wie 2026-01-31.",
  ],
  [
    { moment: "today" },
    "moment: must be a time such as 2026-01-31T09:30:00Z, not “today”.",
    "Schreiben Sie einen Zeitpunkt wie 2026-01-31T09:30:00Z.",
  ],
  [
    { time: "9" },
    "time: must be a time of day such as 09:30, not “9”.",
    "Schreiben Sie eine Uhrzeit wie 09:30.",
  ],
  [
    { id: "x".repeat(50) },
    `id: must be an id such as ${id}, not “${"x".repeat(40)}…”.`,
    `Das ist keine Kennung wie ${id}; nehmen Sie sie, wie sie war.`,
  ],
  [
    { page: "example" },
    "page: must be an address such as https://example.com, not “example”.",
    "Das ist keine Adresse; schreiben Sie sie wie https://example.com.",
  ],
  [
    { mail: "a\n@" },
    "mail: must be an e-mail address such as ada@example.com, not “a @”.",
    "Das ist keine E-Mail-Adresse. Schreiben Sie sie wie ada@example.com.",
  ],
  [
    { form: "a" },
    "form: must match /^[A-Z]+$/, which “a” does not.",
    "Das muss dem Muster /^[A-Z]+$/ folgen.",
  ],
  [
    { slug: "b" },
    "slug: cannot be taken as it is; check what was sent.",
    "Dieser Wert geht so nicht. Prüfen Sie, was hier steht.",
  ],
  [{ nothing: 1 }, "nothing: must be null, not a number.", "Hier muss null stehen, nicht eine Zahl."],
  [{ said: 1 }, "said: say it in words.", "Hier muss ein Text stehen."],
  [
    { either: true },
    "either: must be text or a number or a list, not true or false.",
    "Hier muss ein Text, eine Zahl oder eine Liste stehen, nicht ja oder nein (true oder false).",
  ],
  [{ either: "long" }, "either: must have at most 3 characters, not 4.", "Höchstens 3 Zeichen, bitte."],
  [
    { either: [{ n: 1 }, { n: "1" }] },
    "either.1.n: must be a number, not text.",
    "Hier muss eine Zahl stehen, nicht ein Text.",
  ],
  [{ oneOf: "c" }, "oneOf: must be one of a, b.", "Möglich ist hier nur: a, b."],
  [
    { place: {} },
    "place.kind: is missing; send one of email, slack.",
    "Hier fehlt etwas; möglich ist: email, slack.",
  ],
  [
    { place: { kind: "fax" } },
    "place.kind: must be one of email, slack.",
    "Möglich ist hier nur: email, slack.",
  ],
  [{ place: { kind: "email" } }, "place.to: is missing; send text.", "Hier fehlt ein Text."],
  [
    { closed: { a: "", b: 1 } },
    "closed: send a, and nothing else.",
    "Dieser Wert geht so nicht. Prüfen Sie, was hier steht.",
  ],
  [
    { checked: "x" },
    "checked: cannot be taken as it is; check what was sent.",
    "Dieser Wert geht so nicht. Prüfen Sie, was hier steht.",
  ],
];

test("every kind of wrong value is answered with a sentence, in English and in German", async () => {
  await i18next.init({
    lng: "de",
    resources: { de: { translation: german } },
    interpolation: { escapeValue: false },
  });
  const said = new Set<string | undefined>();
  for (const [body, english, inGerman] of cases) {
    const problem = await refused("/wrong", typeof body === "string" ? body : JSON.stringify(body), english);
    said.add(problem.reason);
    expect(sentenceOf(problem), english).toBe(inGerman);
  }
  const known = Object.keys(schema.shape).join(", ");
  const unknown = await refused(
    "/wrong",
    '{"txt": "a", "nmae": 1}',
    `The body has unknown fields: txt, nmae; known are ${known}.`,
  );
  expect(sentenceOf(unknown)).toBe(
    `Unbekannt ist hier txt, nmae; lassen Sie es weg. Bekannt sind: ${known}.`,
  );
  const limit = await refused("/wrong?limit=many", "{}", "limit: must be a number.");
  expect(sentenceOf(limit)).toBe("Hier muss eine Zahl stehen.");
  await refused("/wrong?limit=900", "{}", "limit: must be at most 200, not 900.");
  said.add(unknown.reason);
  // Where there are no words for a reason there are some for the kind of refusal; in English what the server said.
  const refusal = { reason: "of_tomorrow", code: "conflict", message: "say it as the server does" };
  expect(sentenceOf(refusal)).toMatch(/^Das geht gerade nicht/);
  await i18next.changeLanguage("en");
  expect(sentenceOf(refusal)).toBe("Say it as the server does.");
  // Each case that can be named was met here.
  expect(Object.keys(issueSentences).filter((reason) => !said.has(reason))).toEqual([]);
});

/** The first problem of what is refused, which the sentence of the whole is about. */
async function refused(path: string, body: string, sentence: string): Promise<Problem> {
  const response = await app.request(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  const { error } = (await response.json()) as {
    error: { message: string; details: { problems: Problem[] } };
  };
  expect([response.status, error.message]).toEqual([422, sentence]);
  return error.details.problems[0]!;
}
