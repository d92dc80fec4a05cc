import type { imports as english } from "../en/import.ts";
import type { Translation } from "../words.ts";

export const imports = {
  title: "Import",
} as const satisfies Translation<typeof english>;
