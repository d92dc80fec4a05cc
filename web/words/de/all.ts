import { accounts } from "./accounts.ts";
import { imports } from "./import.ts";
import { overview } from "./overview.ts";
import { reasons } from "./reasons.ts";
import { responses } from "./responses.ts";
import { settings } from "./settings.ts";
import { shell } from "./shell.ts";
import { ui } from "./ui.ts";

/** All words of one language, by area. */
export const words = { accounts, imports, overview, reasons, responses, settings, shell, ui } as const;
