import { Liquid, LiquidError } from "liquidjs";

/** What a text may name: `{company, customer: {name, traits: {plan}}}`. Only strings come out of it. */
export interface TextValues {
  [name: string]: string | number | boolean | null | undefined | TextValues;
}

/** What is wrong with a text. */
export interface TemplateProblem {
  reason: "template_broken" | "template_variable" | "template_too_long";
  message: string;
  values: Record<string, string | number>;
}

const longestTemplate = 5_000;
const longestValue = 1_000;
const longestResult = 10_000;
const mostRemembered = 2_000;

// No loops, no files, no other templates: what is left takes a time that follows the text's length.
const allowedTags = new Set(["if", "unless", "case", "comment", "raw"]);
const allowedFilters = new Set(
  (
    "append capitalize default downcase escape first last lstrip prepend remove remove_first replace " +
    "replace_first rstrip size slice strip truncate upcase"
  ).split(" "),
);

const engine = newEngine();
const parsed = new Map<string, ReturnType<Liquid["parse"]>>();

/**
 * A text with its variables filled in, as plain text: whoever puts it into HTML or a header escapes it there.
 * Values are cut to 1,000 characters and to one line; what is missing becomes nothing.
 * @throws LiquidError for a text that `checkTemplate` finds fault with, or that grows past its limits
 */
export function renderText(template: string, values: TextValues): string {
  if (!template.includes("{")) return template;
  let parts = parsed.get(template);
  if (!parts) {
    parts = engine.parse(template);
    if (parsed.size >= mostRemembered) parsed.clear();
    parsed.set(template, parts);
  }
  const text = String(engine.renderSync(parts, ownStrings(values)));
  return text.length > longestResult ? text.slice(0, longestResult).toWellFormed() : text;
}

/**
 * What is wrong with a text: Liquid that cannot be read or filled in, or variables beyond the allowed ones.
 * @param allowedVariables `company`, `customer.name`; `customer.traits.*` allows every name below
 */
export function checkTemplate(template: string, allowedVariables: readonly string[]): TemplateProblem[] {
  if (template.length > longestTemplate) {
    return [
      {
        reason: "template_too_long",
        message: `is longer than ${longestTemplate.toLocaleString("en")} characters; shorten it`,
        values: { most: longestTemplate },
      },
    ];
  }
  try {
    const parts = engine.parse(template);
    const names = engine.variableSegmentsSync(parts, { partials: false }).map(nameOf);
    const problems = [...new Set(names)]
      .filter((name) => !allowedVariables.some((allowed) => covers(allowed, name)))
      .map((name): TemplateProblem => ({
        reason: "template_variable",
        message: `names ${name}, which is not known here; use ${allowedVariables.join(", ")}`,
        values: { name, known: allowedVariables.join(", ") },
      }));
    // Some faults show only as it is filled in: without values, with common ones, with the longest.
    if (problems.length === 0)
      for (const value of ["", "Ada", "x".repeat(longestValue)])
        engine.renderSync(parts, ownStrings(trialValues(names, value)));
    return problems;
  } catch (error) {
    if (!LiquidError.is(error)) throw error;
    const detail = error.message.split("\n")[0]!.replace(/, file:.*|, line:\d+, col:\d+/g, "");
    return [
      {
        reason: "template_broken",
        message: `cannot be read as Liquid: ${detail}; correct or remove what stands in braces`,
        values: { detail },
      },
    ];
  }
}

/** Values for these names, all the same. */
function trialValues(names: readonly string[], value: string): TextValues {
  const values: TextValues = {};
  for (const path of names.map((name) => name.split("."))) {
    let place = values;
    for (const name of path.slice(0, -1)) {
      const next = place[name];
      place = place[name] = typeof next === "object" && next !== null ? next : {};
    }
    place[path.at(-1)!] = value === "" ? null : value;
  }
  return values;
}

function newEngine(): Liquid {
  const engine = new Liquid({
    // Files are never looked at, even if a tag that reads them came back.
    templates: {},
    cache: false,
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    parseLimit: longestTemplate,
    renderLimit: 500,
    memoryLimit: 100_000,
  });
  for (const tag of Object.keys(engine.tags)) if (!allowedTags.has(tag)) delete engine.tags[tag];
  for (const filter of Object.keys(engine.filters))
    if (!allowedFilters.has(filter)) delete engine.filters[filter];
  return engine;
}

function nameOf(segments: readonly unknown[]): string {
  // A nested array is a variable in brackets, customer[x]; it could name anything.
  return segments
    .map((segment) => (Array.isArray(segment) ? `[${nameOf(segment)}]` : String(segment)))
    .join(".");
}

function covers(allowed: string, name: string): boolean {
  if (!allowed.endsWith(".*")) return name === allowed;
  const start = allowed.slice(0, -1);
  return name.startsWith(start) && !/[.[]/.test(name.slice(start.length)) && name.length > start.length;
}

/** A copy without prototypes, so that no object of ours can be reached; line breaks would end a mail's header. */
function ownStrings(values: TextValues): object {
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(values)) {
    if (value === null || value === undefined) continue;
    if (typeof value === "object") copy[name] = ownStrings(value);
    else
      copy[name] = String(value)
        .replace(/\p{Cc}+|[\u2028\u2029]+/gu, " ")
        .slice(0, longestValue)
        .toWellFormed();
  }
  return copy;
}
