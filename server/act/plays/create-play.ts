import { withinWorkspace } from "../../collect/imports/within-workspace.ts";
import { noteAudit } from "../../platform/accounts/note-audit.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Database } from "../../platform/database/open.ts";
import { Refusal } from "../../platform/errors.ts";
import type { Caller } from "../../platform/http/router.ts";
import { newId } from "../../platform/ids.ts";
import { newSalt } from "../settings/act-settings.ts";
import type { NewPlay } from "./play.ts";
import { newDefinition } from "./play-definition.ts";
import { playFromTemplate, templateLanguage } from "./templates/play-templates.ts";

/** How many plays a workspace may have, ended ones too. */
export const mostPlays = 500;

/** Makes a draft of a play, empty or of a template; gives its id. @throws Refusal when there is no such template */
export async function createPlay(
  db: Database,
  clock: Clock,
  caller: Caller,
  { name, template, language: wanted }: NewPlay,
): Promise<string> {
  const { workspaceId, personId = null } = caller;
  const id = newId(clock);
  const now = clock.now();
  await withinWorkspace(db, workspaceId, async (db) => {
    await refuseMore(db, workspaceId);
    const customers = await countCustomers(db, workspaceId);
    const language = templateLanguage(wanted);
    const made =
      template === undefined
        ? { name: language === "de" ? "Neue Aktion" : "New play", definition: newDefinition(customers) }
        : playFromTemplate(template, { language, customers, survey: await readSurvey(db, workspaceId) });
    if (!made) throw noTemplate(template!);
    const called = name ?? made.name;
    await db
      .insertInto("plays")
      .values({
        workspaceId,
        id,
        name: called,
        draft: JSON.stringify(made.definition),
        draftAt: now,
        salt: newSalt(),
        ownerId: personId,
        createdBy: personId,
        createdAt: now,
      })
      .execute();
    await noteAudit(db, clock, caller, {
      action: "play.created",
      about: "play",
      aboutId: id,
      details: { name: called, ...(template !== undefined && { template }) },
    });
  });
  return id;
}

async function refuseMore(db: Database, workspaceId: string): Promise<void> {
  const { n } = await db
    .selectFrom("plays")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("workspaceId", "=", workspaceId)
    .executeTakeFirstOrThrow();
  if (n < mostPlays) return;
  throw new Refusal(
    "conflict",
    `A workspace has at most ${mostPlays} plays. Delete drafts that are not needed any more.`,
    { reason: "too_many_plays", values: { most: mostPlays } },
  );
}

function noTemplate(id: string): Refusal {
  return new Refusal(
    "bad_input",
    `template: there is no template ${id}; take an id from GET /api/v1/play-templates, or none.`,
    { reason: "no_such_template", values: { template: id } },
  );
}

/** The survey that templates ask by: the live one that began first, and knows who answers. */
async function readSurvey(db: Database, workspaceId: string): Promise<string | null> {
  const survey = await db
    .selectFrom("surveys")
    .select("id")
    .where("workspaceId", "=", workspaceId)
    .where("state", "=", "live")
    .where("anonymous", "=", false)
    .orderBy("createdAt")
    .limit(1)
    .executeTakeFirst();
  return survey?.id ?? null;
}

async function countCustomers(db: Database, workspaceId: string): Promise<number> {
  const { n } = await db
    .selectFrom("customers")
    .select(({ fn }) => fn.countAll<number>().as("n"))
    .where("workspaceId", "=", workspaceId)
    .where("anonymous", "=", false)
    .where("verified", "=", true)
    .executeTakeFirstOrThrow();
  return n;
}
