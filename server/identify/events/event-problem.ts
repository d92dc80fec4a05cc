type Values = Record<string, string | number>;

/** What traits of a fixed meaning must be. */
const wantedTraits = {
  text: "a text",
  number: "a number from 0 on",
  time: "a time, as 2026-01-31T09:30:00Z",
  currency: "a currency of three letters, as EUR",
  language: "a language, as de or pt-BR",
  timezone: "a time zone, as Europe/Berlin",
  email: "an e-mail address",
  phone: "a phone number",
  plain: "a text, a number, true, false or null",
};
export type Wanted = keyof typeof wantedTraits;

/** What can be wrong with a message, each with its sentence. Whatever is missing in the end, the sentence says so. */
export const sentences = {
  not_an_object: (v: Values) => `${v.field}: is ${v.found}; send an object.`,
  unknown_type: (v: Values) =>
    `type: ${v.found} is none of identify, track, page, screen, group, alias; send one of them.`,
  no_one: () => "There is neither a userId nor an anonymousId; send one, to say whose it is.",
  no_previous_id: () => "previousId is missing; send who the customer was called before.",
  no_group_id: () => "groupId is missing; send the id of the account.",
  not_an_id: (v: Values) => `${v.field}: is ${v.found}; an id is a text.`,
  id_too_long: (v: Values) => `${v.field}: is longer than ${v.most} characters; shorten it.`,
  id_not_storable: (v: Values) =>
    `${v.field}: holds a NUL character or half a surrogate pair; send plain text.`,
  no_name: () => "event is missing; send the name of what was done.",
  not_a_name: (v: Values) => `${v.field}: is ${v.found}; the name of an event is a text.`,
  name_too_long: (v: Values) =>
    `${v.field}: is longer than ${v.most} characters; put what changes into a property.`,
  too_many_names: (v: Values) =>
    `There are ${v.most} names of events already, and "${v.name}" would be one more; put what changes into a property.`,
  bad_time: (v: Values) => `timestamp: ${v.found} is no time; write it as 2026-01-31T09:30:00Z.`,
  in_future: (v: Values) => `timestamp: ${v.found} lies in the future; send when it happened.`,
  too_old: (v: Values) =>
    `timestamp: ${v.found} is longer ago than events are kept here (${v.months} months).`,
  event_too_large: (v: Values) =>
    `The message has ${v.kilobytes} KB and may have ${v.most}; send less in its properties.`,
  too_deep: (v: Values) => `${v.field}: has objects in objects more than ${v.most} deep; flatten it.`,
  cleaned: (v: Values) =>
    `${v.field}: held NUL characters, halves of surrogate pairs, or the name __proto__; they were taken out and the rest was stored.`,
  not_a_trait_name: (v: Values) => `traits: ${v.trait} cannot be the name of a trait; it was left out.`,
  trait_too_long: (v: Values) => `traits.${v.trait}: is longer than ${v.most} characters; it was left out.`,
  too_many_traits: (v: Values) => `traits: only ${v.most} are taken at a time; the others were left out.`,
  not_a_trait: (v: Values) =>
    `traits.${v.trait}: is ${v.found}, and must be ${wantedTraits[v.wanted as Wanted]}; it was left out.`,
  trait_changed_type: (v: Values) =>
    `traits.${v.trait}: was ${v.was} and is now ${v.found}; what was there stays. Send it as before, or under another name.`,
  not_a_number: (v: Values) =>
    `properties.${v.field}: ${v.found} is no number; the purchase was stored without it.`,
} as const;

export type ProblemReason = keyof typeof sentences;

/** Something wrong with a message: its case, what the sentence names, and whether the rest was stored. */
export interface EventProblem {
  reason: ProblemReason;
  values: Values;
  kept: boolean;
}

/** A problem with the message it is about, in its first 4,000 characters. */
export interface FoundProblem extends EventProblem {
  payload: string;
}

const longestPayload = 4_000;

/** The sentence that says what is wrong. */
export function sentenceOf({ reason, values }: Pick<EventProblem, "reason" | "values">): string {
  return sentences[reason](values);
}

/** What is kept of a message that something is wrong with. */
export function payloadOf(sent: unknown): string {
  try {
    return (JSON.stringify(sent) ?? "null").slice(0, longestPayload).toWellFormed();
  } catch {
    return "…"; // Too deep for JSON.stringify, and then for a page too.
  }
}

/** How a value is written in a sentence of whatever language: as JSON, in short. */
export function found(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "[…]";
  if (typeof value === "object") return "{…}";
  return typeof value === "string" ? `"${plain(value)}"` : JSON.stringify(value);
}

/** A text as it can be stored and shown in a sentence. */
export function plain(text: string): string {
  const short = text.length > 80 ? `${text.slice(0, 80)}…` : text;
  return short.toWellFormed().replaceAll(/\p{Cc}/gu, " ");
}
