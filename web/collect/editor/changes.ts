import { isDeepEqual } from "./deep-equal.ts";
import { categories, driversOf, pathsOf, said, type Draft, type ShippedTexts } from "./draft.ts";

/** A text that publishing changes, in one language. */
export interface TextChange {
  language: string;
  path: string;
  before: string | undefined;
  after: string | undefined;
}

/** What else publishing changes, by the part of the editor it stands in. */
export type ChangedPart =
  | "languages"
  | "source"
  | "choices"
  | "links"
  | "company"
  | "email"
  | "look"
  | "whom"
  | "when"
  | "throttle"
  | "channels";

type Edition = Pick<Draft, "content" | "settings">;

/** The texts that differ between two editions, in the languages that both have. */
export function changedTexts(before: Edition, after: Edition, shipped: ShippedTexts): TextChange[] {
  const both = Object.keys(after.content.languages).filter((tag) => tag in before.content.languages);
  const drivers = driversOf(after.content).filter((id) => driversOf(before.content).includes(id));
  const paths = [...(shipped.en ? pathsOf(shipped.en) : []), ...drivers.map((id) => `drivers.${id}`)];
  return both.flatMap((language) =>
    paths.flatMap((path) => {
      const change = {
        language,
        path,
        before: said(before.content, shipped, language, path),
        after: said(after.content, shipped, language, path),
      };
      return change.before === change.after ? [] : [change];
    }),
  );
}

/** The parts besides texts that differ between two editions. */
export function changedParts(before: Edition, after: Edition): ChangedPart[] {
  const differs: Record<ChangedPart, [unknown, unknown][]> = {
    languages: [
      [Object.keys(before.content.languages).toSorted(), Object.keys(after.content.languages).toSorted()],
    ],
    source: [[before.content.language, after.content.language]],
    choices: categories.map((category) => [
      before.content.drivers[category],
      after.content.drivers[category],
    ]),
    links: [[before.content.thanksLinks, after.content.thanksLinks]],
    company: [
      [before.content.company, after.content.company],
      [before.content.consent, after.content.consent],
    ],
    email: [
      [before.content.signature, after.content.signature],
      [before.content.postalAddress, after.content.postalAddress],
      [before.content.privacyLink, after.content.privacyLink],
      [before.settings.sender, after.settings.sender],
    ],
    look: [[before.content.branding, after.content.branding]],
    whom: [[before.settings.audience, after.settings.audience]],
    when: (["rhythm", "hours", "sample", "openDays", "changeDays"] as const).map((key) => [
      before.settings[key],
      after.settings[key],
    ]),
    throttle: (["restDays", "perDay", "reminders", "quietAfterComplaint"] as const).map((key) => [
      before.settings[key],
      after.settings[key],
    ]),
    channels: (["channels", "widget", "link"] as const).map((key) => [
      before.settings[key],
      after.settings[key],
    ]),
  };
  const parts = Object.keys(differs) as ChangedPart[];
  return parts.filter((part) => differs[part].some(([one, other]) => !isDeepEqual(one, other)));
}
