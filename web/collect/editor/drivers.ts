import type { SurveyContent } from "../../../server/collect/surveys/survey-content.ts";
import { categories, driversOf, withText, type Category } from "./draft.ts";

/** A content with a new choice at the end, offered after every answer. At most 12 are. */
export function withDriver(content: SurveyContent, language: string, label: string): SurveyContent {
  const id = newId(label, driversOf(content));
  const drivers = byCategory((category) => [...content.drivers[category], id]);
  return withText({ ...content, drivers }, language, `drivers.${id}`, label);
}

/** A content without a choice, and without its labels. */
export function withoutDriver(content: SurveyContent, id: string): SurveyContent {
  const drivers = byCategory((category) => content.drivers[category].filter((each) => each !== id));
  return Object.keys(content.languages).reduce(
    (content, language) => withText(content, language, `drivers.${id}`, undefined),
    { ...content, drivers },
  );
}

/** A content whose choice moved one place up (−1) or down (1), after every answer. */
export function moveDriver(content: SurveyContent, id: string, step: -1 | 1): SurveyContent {
  const order = driversOf(content);
  const from = order.indexOf(id);
  const other = order[from + step];
  if (from < 0 || other === undefined) return content;
  order[from] = other;
  order[from + step] = id;
  return { ...content, drivers: ordered(content, order) };
}

/** A content that offers a choice after these categories only. */
export function offerDriver(content: SurveyContent, id: string, after: ReadonlySet<Category>): SurveyContent {
  const order = driversOf(content);
  const has = (category: Category, each: string) =>
    each === id ? after.has(category) : content.drivers[category].includes(each);
  const drivers = byCategory((category) => order.filter((each) => has(category, each)));
  return { ...content, drivers };
}

function ordered(content: SurveyContent, order: readonly string[]): SurveyContent["drivers"] {
  return byCategory((category) => order.filter((id) => content.drivers[category].includes(id)));
}

function byCategory(of: (category: Category) => string[]): SurveyContent["drivers"] {
  const [detractor, passive, promoter] = categories;
  return { detractor: of(detractor), passive: of(passive), promoter: of(promoter) };
}

/** An id that can be read in a table: "Ease of use" is `ease-of-use`. */
function newId(label: string, taken: readonly string[]): string {
  const plain = label
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 32);
  const id = plain || "choice";
  for (let count = 1; ; count += 1) {
    const tried = count === 1 ? id : `${id}-${count}`;
    if (!taken.includes(tried)) return tried;
  }
}
