import type { responses as english } from "../en/responses.ts";
import type { Translation } from "../words.ts";

export const responses = {
  title: "Antworten",
} as const satisfies Translation<typeof english>;
