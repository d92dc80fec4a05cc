import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { readPreference, writePreference } from "./preference.ts";
import { changeTheme, type Theme } from "./theme.ts";

const beforeFirstPaint = readFileSync(new URL("../public/theme.js", import.meta.url), "utf8");

/** What a browser has of a page: its storage outlives it, its document does not. */
function newBrowser() {
  const stored = new Map<string, string>();
  const localStorage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  };
  return { localStorage, document: newDocument() };
}

function newDocument() {
  return { documentElement: { dataset: {} as Record<string, string> } };
}

let browser = newBrowser();

/** The theme a page opened now has before it is painted for the first time. */
function paintedTheme() {
  const page = { localStorage: browser.localStorage, document: newDocument() };
  runInNewContext(beforeFirstPaint, page);
  return page.document.documentElement.dataset.theme;
}

beforeEach(() => {
  browser = newBrowser();
  vi.stubGlobal("localStorage", browser.localStorage);
  vi.stubGlobal("document", browser.document);
});

describe("the chosen theme", () => {
  it.each<Theme>(["light", "dark", "system"])(
    "%s is there before the first paint of the next page",
    (theme) => {
      writePreference("theme", "dark");
      changeTheme(theme);
      const shown = browser.document.documentElement.dataset.theme;
      expect(shown).toBe(theme === "system" ? undefined : theme);
      expect(paintedTheme()).toBe(shown);
    },
  );

  it("is the system's where nothing, or nothing known, is stored", () => {
    expect(paintedTheme()).toBeUndefined();
    writePreference("theme", "sepia");
    expect(paintedTheme()).toBeUndefined();
  });

  it("is the system's where storage is closed", () => {
    const closed = () => {
      throw new DOMException("closed", "SecurityError");
    };
    browser.localStorage.getItem = closed;
    browser.localStorage.setItem = closed;
    changeTheme("dark");
    expect(browser.document.documentElement.dataset.theme).toBe("dark");
    expect(readPreference("theme")).toBe("system");
    expect(paintedTheme()).toBeUndefined();
  });
});
