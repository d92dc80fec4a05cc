import type { shell as english } from "../en/shell.ts";
import type { Translation } from "../words.ts";

export const shell = { title: "shell" } as const satisfies Translation<typeof english>;
