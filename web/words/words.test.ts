import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { issueSentences, kindNames } from "../../server/platform/http/issue-sentences.ts";
import { failureSentences } from "../../server/platform/outgoing/outside-failure.ts";
import { words as german } from "./de/all.ts";
import { words as english } from "./en/all.ts";

type Tree = { readonly [key: string]: string | Tree };

function flat(tree: Tree, path = ""): Map<string, string> {
  const words = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === "string") words.set(path + key, value);
    else for (const [inner, text] of flat(value, `${path}${key}.`)) words.set(inner, text);
  }
  return words;
}

// German has words for the server's reasons, whose own sentences are English already.
const { reasons: _, ...translated } = german;
const inEnglish = flat(english);
const inGerman = flat(translated);

const web = new URL("../", import.meta.url);
const sources = readdirSync(web, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|^words\//.test(file))
  .map((file) => ({ file, code: readFileSync(new URL(file, web), "utf8") }));

const placeholders = (text: string) =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name = ""]) => name).sort((a, b) => a.localeCompare(b));

describe("the words of the interface", () => {
  it("have the same keys in both languages", () => {
    expect(new Set(inGerman.keys())).toEqual(new Set(inEnglish.keys()));
  });

  it("fill the same gaps in both languages", () => {
    const gaps = (words: Map<string, string>) =>
      Object.fromEntries([...words].map(([key, text]) => [key, placeholders(text)]));
    expect(gaps(inGerman)).toEqual(gaps(inEnglish));
  });

  it("are never empty and never shout", () => {
    const bad = [...inEnglish, ...inGerman].filter(([, text]) => text.trim() === "" || text.includes("!"));
    expect(bad).toEqual([]);
  });

  it("address people with Sie in German", () => {
    const familiar = [...inGerman].filter(([, text]) => /\b(du|dein|deine|deinen|dir|dich)\b/i.test(text));
    expect(familiar).toEqual([]);
  });

  it("include every key that is used", () => {
    const exists = (key: string) => inEnglish.has(key) || inEnglish.has(`${key}_other`);
    const missing = sources.flatMap(({ file, code }) =>
      [...code.matchAll(/\bt\(\s*"([\w.-]+)"/g)]
        .map(([, key]) => key ?? "")
        .filter((key) => !exists(key))
        .map((key) => `${file}: ${key}`),
    );
    expect(missing).toEqual([]);
  });

  it("include no key that nothing uses", () => {
    const code = sources.map(({ code }) => code).join("\n");
    // A key is used when it is written out, or when it begins or ends as a template of the code does.
    const templates = [...code.matchAll(/`([\w.-]+\.)\$\{[^}]+\}([\w.-]*)`/g)].map(([, start, end]) => ({
      start,
      end,
    }));
    const unused = [...inEnglish.keys()].filter((key) => {
      const plain = key.replace(/_(zero|one|two|few|many|other)$/, "");
      if (code.includes(`"${plain}"`)) return false;
      return !templates.some(({ start = "", end = "" }) => plain.startsWith(start) && plain.endsWith(end));
    });
    expect(unused).toEqual([]);
  });

  describe("for the server's reasons", () => {
    const server = new URL("../server/", web);
    const read = (folder: string) =>
      readdirSync(new URL(folder, server), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
        .map((file) => readFileSync(new URL(folder + file, server), "utf8"))
        .join("\n");
    const code = read("");
    // A reason is written out, or begins as a template does: `file_is_${kind}`.
    const isGivenIn = (code: string) => {
      const starts = [...code.matchAll(/`([a-z_]+_)\$\{/g)].map(([, start = ""]) => start);
      return (reason: string) =>
        code.includes(`"${reason}"`) || starts.some((start) => reason.startsWith(start));
    };
    const { events, deliveries, kinds, ...others } = german.reasons;

    it("are in German only where the server gives them", () => {
      const given = isGivenIn(code);
      expect(Object.keys(others).filter((reason) => !given(reason))).toEqual([]);
      const ofEvents = isGivenIn(read("identify/events/"));
      expect(Object.keys(events).filter((reason) => !ofEvents(reason))).toEqual([]);
    });

    it("are named where customers were skipped by a play, and where a mail was not sent", () => {
      const given = (code: string, pattern: RegExp) =>
        [...code.matchAll(pattern)].map(([, a, b]) => a ?? b ?? "");
      const skips = [
        ...given(read("act/enrolments/"), /state: "skipped", reason: "([a-z_]+)"|skip(?:\(|: )"([a-z_]+)"/g),
        ...given(read("act/enrolments/"), /laterOrSkip\(run,[^;]*?"([a-z_]+)"/g),
      ];
      const drops = [
        ...given(read("collect/"), /state: "(?:failed|cancelled)", reason: "([a-z_]+)"/g),
        ...given(read("collect/email/"), /reason: "([a-z_]+)"/g).filter((reason) => !forPrograms.has(reason)),
        ...given(read("collect/email/"), /drop\("[a-z]+", "([a-z_]+)"/g),
        ...given(read("act/messages/"), /state: "failed", reason: "([a-z_]+)"/g),
      ];
      expect([skips.length > 8, drops.length > 8]).toEqual([true, true]);
      const ofPlays = english.customers.timeline.plays.reasons;
      expect(skips.filter((reason) => !(reason in ofPlays))).toEqual([]);
      expect(drops.filter((reason) => !(reason in english.invitations.reasons))).toEqual([]);
    });

    it("have a sentence in German for each kind of refusal, where there is none for the reason", () => {
      const kinds = [...read("platform/").matchAll(/^ {2}([a-z_]+): [45]\d\d,$/gm)].map(
        ([, kind = ""]) => kind,
      );
      expect(kinds.length).toBeGreaterThan(10);
      expect(kinds.filter((kind) => !(kind in others))).toEqual([]);
    });

    it("are in German for every value that has no sentence of its own, with its gaps", () => {
      const said: Record<string, string> = others;
      const wrong = Object.entries(issueSentences).filter(([reason, sentence]) => {
        const gaps = placeholders(said[reason] ?? "{{missing}}");
        return gaps.some((gap) => !sentence.includes(`{{${gap}}}`));
      });
      expect(wrong).toEqual([]);
      expect(Object.keys(kinds)).toEqual(Object.keys(kindNames));
    });

    it("say why something was not told as the mails of the server do", () => {
      expect(deliveries).toEqual(failureSentences.de);
    });

    it("are in German wherever a member may read them", () => {
      const refusals = [...code.matchAll(/new Refusal\((?:[^;]|;(?!\n))*?reason: "([a-z_]+)"/g)];
      const ofSchemas = [...code.matchAll(/because\("([a-z_]+)"|params: \{ reason: "([a-z_]+)"/g)];
      const given = [...refusals, ...ofSchemas].map(([, a, b]) => a ?? b ?? "");
      const missing = given.filter((reason) => !(reason in others));
      expect(missing.filter((reason) => !forPrograms.has(reason))).toEqual([]);
    });
  });

  it("call rules, statuses, states and kinds of events what the methods call them, there in bold or as a heading", () => {
    const { rules, states, statuses } = english.passives;
    const rulesByName = Object.values(rules).filter((rule) => typeof rule === "object" && "name" in rule);
    const called: Record<string, string[]> = {
      passives: [...rulesByName.map(({ name }) => name), ...Object.values(statuses)],
      engagement: [...Object.values(states), ...Object.values(english.events.kinds)],
    };
    expect([rulesByName.length, Object.keys(states).length]).toEqual([7, 5]);
    const unnamed = Object.entries(called).flatMap(([page, names]) => {
      const text = readFileSync(new URL(`../docs/methods/${page}.md`, web), "utf8");
      const explained = new Set([...text.matchAll(/^#+ (.+)$|\*\*(.+?)\.?\*\*/gm)].map(([, a, b]) => a ?? b));
      return names.filter((name) => !explained.has(name)).map((name) => `${page}.md: ${name}`);
    });
    expect(unnamed).toEqual([]);
  });
});

/** What only programs are told, and whoever starts the server. */
const forPrograms = new Set([
  "amazon_not_reached",
  "bad_cursor",
  "batch_too_large",
  "batch_too_long",
  "broken_gzip",
  "data_dir_in_use",
  "empty_body",
  "file_unreadable",
  "key_owns_nothing",
  "migration_changed",
  "no_batch",
  "no_such_column",
  "no_such_workspace",
  "no_such_write_key",
  "no_widget_survey",
  "no_write_key",
  "not_an_object",
  "not_json",
  "port_in_use",
  "postgres_too_old",
  "schema_newer",
  "signature_wrong",
  "signed_text_wrong",
  "unknown_encoding",
  "wrong_write_key",
]);
