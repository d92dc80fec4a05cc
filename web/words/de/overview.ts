import type { overview as english } from "../en/overview.ts";
import type { Translation } from "../words.ts";

export const overview = {
  title: "Überblick",
} as const satisfies Translation<typeof english>;
