import { accounts } from "./accounts.ts";
import { alerts } from "./alerts.ts";
import { codes } from "./codes.ts";
import { customers } from "./customers.ts";
import { editor } from "./editor.ts";
import { events } from "./events.ts";
import { imports } from "./import.ts";
import { inbox } from "./inbox.ts";
import { invitations, suppressions } from "./invitations.ts";
import { library } from "./library.ts";
import { moves } from "./moves.ts";
import { overview } from "./overview.ts";
import { passives } from "./passives.ts";
import { plays } from "./plays.ts";
import { responses } from "./responses.ts";
import { results } from "./results.ts";
import { segments } from "./segments.ts";
import { settings } from "./settings.ts";
import { shell } from "./shell.ts";
import { surveys } from "./surveys.ts";
import { today } from "./today.ts";
import { ui } from "./ui.ts";

/** All words of one language, by area. */
export const words = {
  accounts,
  alerts,
  codes,
  customers,
  editor,
  events,
  imports,
  inbox,
  invitations,
  library,
  moves,
  overview,
  passives,
  plays,
  responses,
  results,
  segments,
  settings,
  shell,
  suppressions,
  surveys,
  today,
  ui,
} as const;
