/** What is said of a value that has no sentence of its own, by the name of the case. Interfaces have their own words for these names. */
export const issueSentences = {
  value_missing: "is missing; send {{wanted}}",
  choice_missing: "is missing; send one of {{choices}}",
  wrong_type: "must be {{wanted}}, not {{found}}",
  needs_type: "must be {{wanted}}",
  not_whole: "must be a whole number, not {{found}}",
  number_out_of_range: "is too large a number; send a smaller one",
  not_one_of: "must be one of {{choices}}",
  not_the_one: "must be {{choices}}",
  number_too_small: "must be at least {{least}}, not {{found}}",
  number_too_large: "must be at most {{most}}, not {{found}}",
  number_not_above: "must be more than {{bound}}, not {{found}}",
  number_not_below: "must be less than {{bound}}, not {{found}}",
  not_a_multiple: "must be a multiple of {{step}}, not {{found}}",
  text_missing: "must not be empty",
  text_too_short: "must have at least {{least}} characters, not {{found}}",
  text_too_long: "must have at most {{most}} characters, not {{found}}",
  text_of_other_length: "must have exactly {{exact}} characters, not {{found}}",
  nothing_chosen: "must not be empty; send at least one",
  too_few_entries: "must hold at least {{least}}, not {{found}}",
  too_many_entries: "must hold at most {{most}}, not {{found}}",
  unknown_fields: "has unknown fields: {{fields}}; known are {{known}}",
  name_not_allowed: "“{{name}}” cannot be a name here; choose another",
  not_a_day: "must be a day such as 2026-01-31, not “{{found}}”",
  not_a_moment: "must be a time such as 2026-01-31T09:30:00Z, not “{{found}}”",
  not_a_time_of_day: "must be a time of day such as 09:30, not “{{found}}”",
  not_an_id: "must be an id such as 0199dc5e-6f4b-7a01-9c3e-5f2a8d1b7e90, not “{{found}}”",
  not_an_address: "must be an address such as https://example.com, not “{{found}}”",
  email_invalid: "must be an e-mail address such as ada@example.com, not “{{found}}”",
  wrong_form: "must match {{pattern}}, which “{{found}}” does not",
  value_not_allowed: "cannot be taken as it is; check what was sent",
} as const;
export type IssueReason = keyof typeof issueSentences;

/** Kinds of values, as sentences name them. */
export const kindNames = {
  text: "text",
  number: "a number",
  whole_number: "a whole number",
  boolean: "true or false",
  list: "a list",
  object: "an object",
  null: "null",
  nothing: "nothing",
} as const;
export type Kind = keyof typeof kindNames;
