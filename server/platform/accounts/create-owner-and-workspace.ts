import { sql } from "kysely";
import type { Clock } from "../clock.ts";
import { inTransaction } from "../database/in-transaction.ts";
import type { Database } from "../database/open.ts";
import { Refusal } from "../errors.ts";
import { createPerson } from "./create-person.ts";
import { createWorkspace } from "./create-workspace.ts";
import type { NewPerson } from "./person.ts";

interface OwnerAndWorkspace extends NewPerson {
  workspaceId?: string | undefined;
  workspaceName: string;
  timeZone?: string | undefined;
  sample?: boolean | undefined;
}

interface Options {
  /** Only when there is no workspace yet; of two at once, one is refused. */
  onlyFirst?: boolean;
  /** What else is to be done in the same transaction, once the workspace is there. */
  alongside?: (db: Database) => Promise<void>;
}

/**
 * Makes a person and the workspace they own, both or neither.
 * @throws Refusal when the address has an account, or with `onlyFirst` when there is a workspace
 */
export async function createOwnerAndWorkspace(
  db: Database,
  clock: Clock,
  { workspaceId: id, workspaceName, timeZone, sample, ...person }: OwnerAndWorkspace,
  { onlyFirst = false, alongside }: Options = {},
): Promise<{ personId: string; workspaceId: string; slug: string }> {
  return inTransaction(db, async (db) => {
    if (onlyFirst) await refuseUnlessFirst(db);
    const personId = await createPerson(db, clock, person);
    const workspace = await createWorkspace(db, clock, personId, {
      id,
      name: workspaceName,
      timeZone,
      sample,
    });
    await alongside?.(db);
    return { personId, workspaceId: workspace.id, slug: workspace.slug };
  });
}

const lock = 7_464_640;

async function refuseUnlessFirst(db: Database): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock})`.execute(db);
  if (await hasWorkspace(db)) {
    throw new Refusal(
      "conflict",
      "Nines is already set up here. Sign in, or ask an owner or admin for an invitation link.",
      { reason: "already_set_up" },
    );
  }
}

/** Has anybody set a workspace up? */
export async function hasWorkspace(db: Database): Promise<boolean> {
  return (await db.selectFrom("workspaces").select("id").limit(1).executeTakeFirst()) !== undefined;
}
