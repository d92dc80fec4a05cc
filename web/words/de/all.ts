import { accounts } from "./accounts.ts";
import { imports } from "./import.ts";
import { overview } from "./overview.ts";
import { responses } from "./responses.ts";
import { settings } from "./settings.ts";
import { shell } from "./shell.ts";
import { ui } from "./ui.ts";

/** All words of one language, by area. */
export const words = { accounts, imports, overview, responses, settings, shell, ui } as const;
