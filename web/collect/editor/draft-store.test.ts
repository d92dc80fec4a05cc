import { beforeEach, expect, it, vi } from "vitest";
import { newContent } from "../../../server/collect/surveys/new-content.ts";
import { standardSettings } from "../../../server/collect/surveys/survey-settings.ts";
import { ApiError } from "../../api.ts";
import { DraftStore, type Save } from "./draft-store.ts";
import type { Draft } from "./draft.ts";
import type { SurveyDetails } from "./editor-data.ts";
import { surveyDraft } from "./use-draft.ts";

const edition = { content: newContent("Larkfield", "en"), settings: standardSettings };
const loaded: SurveyDetails = {
  id: "s1",
  name: "Relationship",
  state: "draft",
  anonymous: false,
  version: 0,
  liveSince: null,
  published: null,
  draft: { ...edition, at: "2026-01-01T00:00:00.000Z" },
  changed: true,
  problems: [],
};

/** A server as far as saving goes: it refuses what is not based on the newest, and can be away. */
function newServer() {
  const server = { at: loaded.draft.at, name: loaded.name, isAway: false, saves: 0 };
  const save: Save<SurveyDetails, Draft> = async ({ name }, { basedOn }) => {
    await Promise.resolve();
    if (server.isAway) throw new ApiError("offline", { code: "offline", status: 0 });
    if (basedOn !== undefined && basedOn !== server.at) {
      throw new ApiError("Somebody else has saved.", { code: "conflict", status: 409 });
    }
    server.saves += 1;
    server.name = name;
    server.at = `2026-01-01T00:00:0${server.saves}.000Z`;
    return { ...loaded, name, draft: { ...edition, at: server.at } };
  };
  return { server, open: () => new DraftStore(loaded, { ...surveyDraft, save, onSaved: () => {} }) };
}

const renamed =
  (name: string) => (draft: { content: typeof edition.content; settings: typeof standardSettings }) => ({
    ...draft,
    name,
  });

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  });
});

it("what is typed during a save is saved by the next one", async () => {
  const { server, open } = newServer();
  const store = open();
  store.change(renamed("One"));
  const first = store.flush();
  store.change(renamed("Two"));
  expect(await first).toBe(true);
  expect(server).toMatchObject({ name: "Two", saves: 2 });
  expect(store.view().saving).toBe("saved");
});

it("offline, what was typed outlives the page and is saved later", async () => {
  const { server, open } = newServer();
  const store = open();
  server.isAway = true;
  store.change(renamed("Typed in a tunnel"));
  expect(await store.flush()).toBe(false);
  expect(store.view().saving).toBe("offline");

  const reopened = open();
  expect(reopened.view()).toMatchObject({ draft: { name: "Typed in a tunnel" }, saving: "waiting" });
  server.isAway = false;
  expect(await reopened.flush()).toBe(true);
  expect(server.name).toBe("Typed in a tunnel");
  expect(open().view().draft.name).toBe("Relationship");
});

it("when somebody else has saved, nothing is overwritten or lost until somebody decides", async () => {
  const { server, open } = newServer();
  const [mine, theirs] = [open(), open()];
  theirs.change(renamed("Theirs"));
  await theirs.flush();
  mine.change(renamed("Mine"));
  expect(await mine.flush()).toBe(false);
  mine.change(renamed("Mine, longer"));
  expect(await mine.flush()).toBe(false);
  expect(mine.view()).toMatchObject({ saving: "conflict", draft: { name: "Mine, longer" } });
  expect(server.name).toBe("Theirs");

  mine.keepMine();
  expect(await mine.flush()).toBe(true);
  expect(server.name).toBe("Mine, longer");
});
