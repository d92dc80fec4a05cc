import type { settings as english } from "../en/settings.ts";
import type { Translation } from "../words.ts";

export const settings = { title: "settings" } as const satisfies Translation<typeof english>;
