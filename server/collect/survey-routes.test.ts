import { expect, test } from "vitest";
import { type ApiClient, newApiClient } from "../../test/api-client.ts";
import { newTestApp } from "../../test/new-test-app.ts";
import { completeTexts } from "./surveys/complete-texts.ts";
import { readPublishedSurvey } from "./surveys/published-survey.ts";
import type { PublishedContent } from "./surveys/survey-content.ts";
import type { SurveyDetails } from "./surveys/survey-details.ts";
import { shippedTexts } from "./texts/shipped-texts.ts";
import type { FixedWords } from "./texts/survey-texts.ts";

interface Refused {
  error: { code: string; message: string; details?: { reason?: string; problems?: { path: string }[] } };
}

async function start() {
  const nines = await newTestApp();
  const api = await newApiClient(nines, { name: "Larkfield GmbH", email: "o@lark.example" });
  return {
    nines,
    api,
    make: (more: object = {}) =>
      api.ask<SurveyDetails>("POST", "/surveys", { name: "Relationship", ...more }),
  };
}

/** Saves a draft after a change of it. */
async function edit(
  api: ApiClient,
  survey: SurveyDetails,
  change: (draft: SurveyDetails["draft"]) => void,
  more: object = {},
) {
  const draft = structuredClone(survey.draft);
  change(draft);
  const { content, settings } = draft;
  return api.ask<SurveyDetails>("PUT", `/surveys/${survey.id}/draft`, {
    name: survey.name,
    content,
    settings,
    ...more,
  });
}

async function refused(api: ApiClient, method: string, path: string, body?: unknown) {
  const response = await api.send(method, path, body);
  const { error } = (await response.json()) as Refused;
  return {
    status: response.status,
    reason: error.details?.reason,
    message: error.message,
    problems: error.details?.problems,
  };
}

const publish = (api: ApiClient, { id }: { id: string }) =>
  api.ask<SurveyDetails>("POST", `/surveys/${id}/publish`, {});
const setState = (api: ApiClient, { id }: { id: string }, state: string) =>
  api.ask<SurveyDetails>("POST", `/surveys/${id}/state`, { state });

test("a new survey is a draft that says what is shipped, about the workspace, and asks nobody", async () => {
  const { api, make } = await start();
  const survey = await make({ languages: ["de"] });
  expect(survey).toMatchObject({
    state: "draft",
    version: 0,
    published: null,
    liveSince: null,
    anonymous: false,
  });
  expect(survey.draft.content).toMatchObject({
    company: "Larkfield GmbH",
    language: "en",
    languages: { en: {}, de: {} },
  });
  expect(survey.problems.filter(({ blocking }) => blocking)).toEqual([]);
  const { surveys } = await api.ask<{ surveys: object[] }>("GET", "/surveys");
  expect(surveys).toEqual([
    expect.objectContaining({
      id: survey.id,
      state: "draft",
      n: 0,
      languages: ["en", "de"],
      responseRate: null,
      question: "How likely are you to recommend Larkfield GmbH to a friend or colleague?",
    }),
  ]);
});

test("publishing makes it live with version 1; other words are version 2, other settings are not", async () => {
  const { nines, api, make } = await start();
  const draft = await make();
  const live = await publish(api, draft);
  expect(live).toMatchObject({
    state: "live",
    version: 1,
    changed: false,
    liveSince: nines.clock.now().toISOString(),
  });

  const edited = await edit(api, live, ({ settings }) => void (settings.restDays = 30));
  expect(edited).toMatchObject({ changed: true, version: 1, published: { settings: { restDays: 90 } } });
  expect(await publish(api, edited)).toMatchObject({
    version: 1,
    changed: false,
    published: { settings: { restDays: 30 } },
  });

  const reworded = await edit(api, live, ({ content }) => void (content.company = "Lark"));
  expect((await readPublishedSurvey(nines.db, draft.id))?.content.company).toBe("Larkfield GmbH");
  expect(await publish(api, reworded)).toMatchObject({ version: 2, state: "live" });
  expect((await readPublishedSurvey(nines.db, draft.id))?.content.company).toBe("Lark");
  expect((await readPublishedSurvey(nines.db, draft.id, 1))?.content.company).toBe("Larkfield GmbH");
  const { surveys } = await api.ask<{ surveys: { question: string }[] }>("GET", "/surveys");
  expect(surveys[0]!.question).toContain("recommend Lark to");
});

test("a newer Nines with other shipped texts does not change the words of what is published", async () => {
  const { nines, api, make } = await start();
  const live = await publish(api, await make({ languages: ["de", "sv"] }));
  // As if an older Nines had published it.
  const older = "How likely are you to tell a friend about {{ company }}?";
  await nines.pool.query(
    "update survey_versions set content = jsonb_set(content, '{shipped,en,question}', to_jsonb($2::text)) where survey_id = $1",
    [live.id, older],
  );
  const { content } = (await readPublishedSurvey(nines.db, live.id))!;
  expect(completeTexts(content, "en").wording.question).toBe(older);
  expect(completeTexts(content, "de").wording).toEqual(shippedTexts.de!.wording);
  const edited = await edit(api, live, ({ settings }) => void (settings.restDays = 30));
  expect(edited.draft.content).toEqual(live.draft.content);
  expect(await publish(api, edited)).toMatchObject({ version: 1, published: { settings: { restDays: 30 } } });
  const reworded = await edit(api, live, ({ content }) => void (content.consent = false));
  expect(await publish(api, reworded)).toMatchObject({ version: 2 });
  const published = (await readPublishedSurvey(nines.db, live.id))!;
  expect(completeTexts(published.content, "en").wording).toEqual(shippedTexts.en!.wording);
});

test("an edit that is taken back leaves nothing to publish", async () => {
  const { api, make } = await start();
  const live = await publish(api, await make());
  const edited = await edit(api, live, ({ content }) => void (content.consent = false));
  expect(edited.changed).toBe(true);
  const back = await edit(api, edited, ({ content }) => void (content.consent = true));
  expect(back).toMatchObject({ changed: false, version: 1 });
  expect(new Date(back.draft.at).getTime()).toBeGreaterThan(new Date(edited.draft.at).getTime());
});

test("two who publish at once make one version", async () => {
  const { nines, api, make } = await start();
  const draft = await make();
  const both = await Promise.all([publish(api, draft), publish(api, draft), publish(api, draft)]);
  expect(both.map(({ version }) => version)).toEqual([1, 1, 1]);
  const { rows } = await nines.pool.query(
    "select number, published_by from survey_versions where survey_id = $1",
    [draft.id],
  );
  expect(rows).toEqual([{ number: 1, published_by: null }]);
});

test("who saves over somebody else's change is told so", async () => {
  const { api, make } = await start();
  const opened = await make();
  const mine = await edit(api, opened, ({ content }) => void (content.company = "Mine"), {
    basedOn: opened.draft.at,
  });
  const body = { name: "x", content: opened.draft.content, settings: opened.draft.settings };
  const late = await refused(api, "PUT", `/surveys/${opened.id}/draft`, {
    ...body,
    basedOn: opened.draft.at,
  });
  expect(late).toMatchObject({ status: 409, reason: "draft_changed" });
  await edit(api, mine, ({ content }) => void (content.company = "Mine again"), { basedOn: mine.draft.at });
  // Publishing is a change too, for others edit on top of it.
  const published = await publish(api, opened);
  expect(
    await refused(api, "PUT", `/surveys/${opened.id}/draft`, { ...body, basedOn: mine.draft.at }),
  ).toMatchObject({ reason: "draft_changed" });
  expect(published.name).toBe("Relationship");
});

test("what somebody else has changed since is not published unseen; the same draft twice is published once", async () => {
  const { api, make } = await start();
  const seen = await make();
  const theirs = await edit(api, seen, ({ content }) => void (content.company = "Theirs"));
  const path = `/surveys/${seen.id}/publish`;
  const basedOn = ({ draft }: SurveyDetails) => `${path}?basedOn=${draft.at}`;
  const refusal = await refused(api, "POST", basedOn(seen));
  expect(refusal).toMatchObject({ status: 409, reason: "published_draft_changed" });
  expect(refusal.message).toMatch(
    /^Somebody else has changed this survey since you last looked\. Load it again/,
  );
  expect(await refused(api, "POST", `${path}?basedOn=yesterday`)).toMatchObject({ status: 422 });
  const twice = await Promise.all([1, 2].map(() => api.ask<SurveyDetails>("POST", basedOn(theirs))));
  expect(twice.map(({ version, published }) => [version, published!.content.company])).toEqual([
    [1, "Theirs"],
    [1, "Theirs"],
  ]);
  // Published by somebody else meanwhile, with what nobody here has seen.
  await edit(api, twice[0]!, ({ content }) => void (content.company = "Others"));
  expect((await api.send("POST", path)).status).toBe(200);
  expect(await refused(api, "POST", basedOn(theirs))).toMatchObject({ status: 409 });
});

test("a version goes on saying what was shipped when it was published, down to the button", async () => {
  const { nines, api, make } = await start();
  const survey = await publish(api, await make());
  const versions = nines.db.selectFrom("surveyVersions").select("content").where("surveyId", "=", survey.id);
  const stored = (await versions.executeTakeFirstOrThrow()).content as PublishedContent;
  expect(Object.keys(stored.shippedWords!)).toEqual(Object.keys(stored.languages));
  stored.shipped!.en!.question = "Would you recommend {{ company }}, as we asked in spring?";
  stored.shippedWords!.en!.send = "Send as in spring";
  // Of words that came later, today's are taken.
  delete (stored.shippedWords!.en as Partial<FixedWords>).later;
  await nines.db
    .updateTable("surveyVersions")
    .set({ content: JSON.stringify(stored) })
    .execute();
  const { content } = (await readPublishedSurvey(nines.db, survey.id))!;
  const { wording, words } = completeTexts(content, "en");
  expect([wording.question, words.send, words.later]).toEqual([
    "Would you recommend {{ company }}, as we asked in spring?",
    "Send as in spring",
    shippedTexts.en!.words.later,
  ]);
  // The editor shows and copies what people wrote, and publishing takes what is shipped now.
  const edited = await edit(api, survey, ({ content }) => void (content.company = "Other"));
  expect(edited.draft.content).not.toHaveProperty("shippedWords");
  await publish(api, survey);
  const newer = (await readPublishedSurvey(nines.db, survey.id))!;
  expect(completeTexts(newer.content, "en").words.send).toBe(shippedTexts.en!.words.send);
});

test("a draft keeps what is half typed, says what is wrong, and is not published so", async () => {
  const { api, make } = await start();
  const survey = await make({ languages: ["de", "fr", "sv"] });
  const saved = await edit(api, survey, ({ content, settings }) => {
    content.company = " ";
    content.thanksLinks.promoter = "htt";
    content.branding.accent = "#ffaa00";
    content.drivers.passive = ["price"];
    content.languages.de!.drivers.price = "Preis";
    content.languages.en!.wording.question = "How likely, {{ customer.name }}?";
    content.languages.de!.wording.low = "{{ company";
    content.languages.fr!.wording.high = "  ";
    settings.rhythm = { kind: "every", days: 3 };
    settings.sender.replyTo = "me@";
  });
  expect(saved.draft.content.thanksLinks.promoter).toBe("htt");
  expect(saved.draft.content.languages.fr!.wording).toEqual({});
  const found = saved.problems
    .filter(({ blocking }) => blocking)
    .map(({ path, reason }) => `${path} ${reason}`);
  expect(found.toSorted()).toEqual([
    "content.branding.accent contrast_too_low",
    "content.company text_missing",
    "content.languages.de.wording.low template_broken",
    "content.languages.en.drivers.price driver_label_missing",
    "content.languages.en.wording.question template_variable",
    "content.thanksLinks.promoter not_an_address",
    "settings.rhythm.days number_too_small",
    "settings.sender.replyTo email_invalid",
  ]);
  const refusal = await refused(api, "POST", `/surveys/${survey.id}/publish`, {});
  expect(refusal).toMatchObject({ status: 422, reason: "survey_has_problems" });
  expect(refusal.problems!.map(({ path }) => path)).toContain("content.company");
  const gaps = saved.problems.filter(({ path }) => path.startsWith("content.languages.sv.wording"));
  expect(gaps.length).toBeGreaterThan(10);
  expect(gaps.every(({ blocking }) => !blocking)).toBe(true);
});

test("the accent's problem names a darker shade of it that is readable", async () => {
  const { api, make } = await start();
  const survey = await make();
  const saved = await edit(api, survey, ({ content }) => void (content.branding.accent = "#3FA0FF"));
  const problem = saved.problems.find(({ reason }) => reason === "contrast_too_low");
  const fix = String(problem?.values?.fix);
  const fixed = await edit(api, survey, ({ content }) => void (content.branding.accent = fix));
  expect(fixed.problems.filter(({ reason }) => reason === "contrast_too_low")).toEqual([]);
});

test("input of another shape is refused, with the place", async () => {
  const { api, make } = await start();
  const survey = await make();
  const { content, settings } = survey.draft;
  const bodies = [
    { name: "x", content: { ...content, company: 3 }, settings },
    { name: "x", content: { ...content, company: "a\u0000b" }, settings },
    { name: "x", content: { ...content, languages: { "no tag": content.languages.en } }, settings },
    { name: "x", content, settings: { ...settings, rhythm: { kind: "never" } } },
    { name: "x", content },
    { name: "", content, settings },
  ];
  for (const body of bodies)
    expect((await api.send("PUT", `/surveys/${survey.id}/draft`, body)).status).toBe(422);
  expect(await api.ask("GET", `/surveys/${survey.id}`)).toEqual(survey);
});

test("live, paused, archived and back; a draft can only be published or deleted", async () => {
  const { nines, api, make } = await start();
  const draft = await make();
  expect(await refused(api, "POST", `/surveys/${draft.id}/state`, { state: "live" })).toMatchObject({
    status: 409,
    reason: "survey_is_draft",
  });
  await publish(api, draft);
  expect(await setState(api, draft, "paused")).toMatchObject({ state: "paused", liveSince: null });
  nines.clock.advance(2 * 24 * 3_600_000);
  expect(await setState(api, draft, "live")).toMatchObject({
    state: "live",
    liveSince: nines.clock.now().toISOString(),
  });
  await setState(api, draft, "archived");
  expect(await refused(api, "POST", `/surveys/${draft.id}/state`, { state: "live" })).toMatchObject({
    reason: "survey_archived",
  });
  expect(await refused(api, "POST", `/surveys/${draft.id}/publish`, {})).toMatchObject({
    reason: "survey_archived",
  });
  expect(await setState(api, draft, "paused")).toMatchObject({ state: "paused" });
  expect(await refused(api, "DELETE", `/surveys/${draft.id}`)).toMatchObject({
    status: 409,
    reason: "survey_published",
  });
  const other = await make();
  expect((await api.send("DELETE", `/surveys/${other.id}`)).status).toBe(204);
  expect((await api.send("GET", `/surveys/${other.id}`)).status).toBe(404);
});

test("a pause that is undone changes nobody's turn, a long one begins anew", async () => {
  const { nines, api, make } = await start();
  const survey = await api.ask<SurveyDetails>("POST", `/surveys/${(await make()).id}/publish`, {});
  nines.clock.advance(3_600_000);
  await setState(api, survey, "paused");
  nines.clock.advance(8_000);
  expect(await setState(api, survey, "live")).toMatchObject({ liveSince: survey.liveSince });
  await setState(api, survey, "paused");
  nines.clock.advance(30 * 24 * 3_600_000);
  expect(await setState(api, survey, "live")).toMatchObject({ liveSince: nines.clock.now().toISOString() });
});

test("a survey is made anonymous or not before it is published, and never after", async () => {
  const { api, make } = await start();
  const survey = await make({ anonymous: true });
  const named = await edit(api, survey, () => {}, { anonymous: false });
  expect(named.anonymous).toBe(false);
  const live = await publish(api, named);
  const { content, settings } = live.draft;
  const body = { name: "x", content, settings, anonymous: true };
  expect(await refused(api, "PUT", `/surveys/${survey.id}/draft`, body)).toMatchObject({
    status: 409,
    reason: "anonymity_fixed",
  });
  expect(await edit(api, live, () => {}, { anonymous: false })).toMatchObject({ anonymous: false });
});

test("a copy begins with the draft of the other, and is one of its own", async () => {
  const { api, make } = await start();
  const live = await publish(api, await make({ anonymous: true }));
  await edit(api, live, ({ content }) => void (content.company = "Edited"));
  const copy = await make({ name: "Copy", copyOf: live.id, languages: ["fr"] });
  expect(copy).toMatchObject({ name: "Copy", state: "draft", version: 0, anonymous: true });
  expect(copy.draft.content).toMatchObject({ company: "Edited", languages: { en: {}, fr: {} } });
});

test("a draft takes no answers; the default survey and one of an import say something from the start", async () => {
  const { nines, api, make } = await start();
  const draft = await make();
  expect(await refused(api, "POST", "/responses", { score: 9, surveyId: draft.id })).toMatchObject({
    status: 409,
    reason: "survey_not_published",
  });
  await api.ask("POST", "/responses", { score: 9 });
  const { surveys } = await api.ask<{ surveys: { id: string; n: number; version: number; state: string }[] }>(
    "GET",
    "/surveys",
  );
  const standard = surveys.find(({ id }) => id !== draft.id)!;
  expect(standard).toMatchObject({ n: 1, version: 1, state: "live" });
  expect((await readPublishedSurvey(nines.db, standard.id))?.content).toMatchObject({
    company: "Larkfield GmbH",
    language: "en",
  });
});

test("a logo is shown to everybody by its id, and only pictures are logos", async () => {
  const { nines, api, make } = await start();
  const survey = await make();
  const put = (body: Uint8Array<ArrayBuffer> | string, type = "image/png") =>
    nines.app.request(`/api/v1/surveys/${survey.id}/logo`, {
      method: "PUT",
      headers: { authorization: `Bearer ${api.key}`, "content-type": type },
      body: new Blob([body]),
    });
  const png = Buffer.from("89504e470d0a1a0a0000000d4948445200000001", "hex");
  const { id } = (await (await put(png)).json()) as { id: string };
  expect(((await (await put(png)).json()) as { id: string }).id).toBe(id);
  const shown = await nines.app.request(`/img/${id}`);
  expect(shown.status).toBe(200);
  expect(Buffer.from(await shown.arrayBuffer()).equals(png)).toBe(true);
  expect(shown.headers.get("content-type")).toBe("image/png");
  expect(shown.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
  expect(shown.headers.get("x-content-type-options")).toBe("nosniff");
  expect(shown.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect((await put("<svg xmlns='http://www.w3.org/2000/svg'/>")).status).toBe(422);
  expect((await put("<svg/>", "image/svg+xml")).status).toBe(422);
  expect((await put(Buffer.concat([png, Buffer.alloc(200_000)]))).status).toBe(413);
  expect((await nines.app.request(`/img/${survey.id}`)).status).toBe(404);
});

test("pictures that no survey names are removed after a day, the others stay", async () => {
  const { nines, api, make } = await start();
  const survey = await make();
  const put = async (text: string) => {
    const response = await nines.app.request(`/api/v1/surveys/${survey.id}/logo`, {
      method: "PUT",
      headers: { authorization: `Bearer ${api.key}` },
      body: `GIF89a${text}`,
    });
    return ((await response.json()) as { id: string }).id;
  };
  const used = await put("used");
  const unused = await put("unused");
  await publish(api, await edit(api, survey, ({ content }) => void (content.branding.logo = used)));
  nines.clock.advance(25 * 3_600_000);
  const latest = await put("newest");
  const statuses = [used, unused, latest].map(async (id) => (await nines.app.request(`/img/${id}`)).status);
  expect(await Promise.all(statuses)).toEqual([200, 404, 200]);
});

test("a question that says nothing and an audience that cannot be found are not published", async () => {
  const { api, make } = await start();
  const survey = await edit(api, await make(), ({ content, settings }) => {
    content.languages.en!.wording.question = "{% if company == 'x' %}Why?{% endif %}";
    settings.audience.rules = [
      { kind: "trait", field: "plan", is: "set" },
      { kind: "trait", field: "plan", is: "equal" },
      { kind: "customer", field: "shoe_size", is: "equal", value: 9 },
    ];
  });
  const found = survey.problems.filter(({ blocking }) => blocking);
  expect(found.map(({ path, reason }) => [path, reason])).toEqual([
    ["content.languages.en.wording.question", "text_says_nothing"],
    ["settings.audience.rules.1", "rule_without_value"],
    ["settings.audience.rules.2", "no_such_field"],
  ]);
  expect((await refused(api, "POST", `/surveys/${survey.id}/publish`, {})).reason).toBe(
    "survey_has_problems",
  );
});
