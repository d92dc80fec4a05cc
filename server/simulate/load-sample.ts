import { readHeldOut } from "../act/plays/held-out.ts";
import type { ResponseRecorder } from "../collect/record-responses.ts";
import { createOwnerAndWorkspace, hasWorkspace } from "../platform/accounts/create-owner-and-workspace.ts";
import { deleteWorkspace } from "../platform/accounts/delete-workspace.ts";
import { newToken } from "../platform/accounts/hash-token.ts";
import type { Database } from "../platform/database/open.ts";
import { Refusal } from "../platform/errors.ts";
import { idOf } from "../platform/ids.ts";
import { send } from "../platform/jobs/send.ts";
import type { Resources } from "../platform/resources.ts";
import { companySurvey, storeCompany } from "./store-company.ts";
import { creditDecisions, customerIds, storePlays } from "./store-plays.ts";
import { simulatePlays } from "./simulate-plays.ts";
import { simulateCompany } from "./simulate-company.ts";

/** Where the sample company is once it is loaded. */
export const sampleWorkspaceId = idOf("workspace", "sample", "Larkfield");
export const sampleOwner = { name: "Ines Okafor", email: "ines@larkfield.example" };

const lock = 7_464_641;

interface LoadOptions {
  /** Refuse when there is any workspace already. */
  onlyFirst?: boolean;
  /** The owner's password; by default one that nobody knows, for who is signed in at once. */
  password?: string;
  /** How many customers Larkfield has; all of them by default. */
  customers?: number;
}

/**
 * Loads the sample company Larkfield. Its workspace appears last, so that a kill in the middle leaves none; what was
 * stored until then is removed by the next try. What its customers did with the product follows by a job.
 * @throws Refusal when it is there already, or with `onlyFirst` when any workspace is
 */
export async function loadSample(
  { database, clock }: Pick<Resources, "database" | "clock">,
  recorder: ResponseRecorder,
  { onlyFirst = false, password = newToken(), customers }: LoadOptions = {},
): Promise<{ personId: string; workspaceId: string; slug: string }> {
  const { db, pool } = database;
  const client = await pool.connect();
  try {
    // One at a time; the database frees the lock of a process that was killed.
    await client.query("select pg_advisory_lock($1)", [lock]);
    if ((await hasSample(db)) || (onlyFirst && (await hasWorkspace(db)))) throw alreadySetUp();
    await deleteWorkspace(db, sampleWorkspaceId);
    try {
      const now = clock.now();
      const surveyId = companySurvey(sampleWorkspaceId).id;
      const company = simulateCompany({ now, surveyId, customers });
      await storeCompany({ database, clock }, recorder, sampleWorkspaceId, company);
      const isHeldOut = await readHeldOut(db, sampleWorkspaceId);
      const ids = await customerIds(db, sampleWorkspaceId);
      const isLeftAlone = ({ id }: { id: string }) => {
        const known = ids.get(id);
        return known === undefined || isHeldOut(known);
      };
      const plays = simulatePlays(company, { now, isLeftAlone });
      await storePlays(db, sampleWorkspaceId, { plays, ids, now });
      const made = await createOwnerAndWorkspace(
        db,
        clock,
        {
          ...sampleOwner,
          password,
          workspaceId: sampleWorkspaceId,
          workspaceName: "Larkfield",
          timeZone: "Europe/Berlin",
          sample: true,
        },
        {
          onlyFirst,
          alongside: async (db) => {
            await send(db, "measure-plays", {});
            await send(db, "response-recorded", {
              workspaceId: sampleWorkspaceId,
              responses: await recentAnswers(db, now),
            });
            await send(db, "live-through-year", {
              workspaceId: sampleWorkspaceId,
              now: now.toISOString(),
              ...(customers !== undefined && { customers }),
            });
          },
        },
      );
      await creditDecisions(db, sampleWorkspaceId, made.personId);
      return made;
    } catch (error) {
      await deleteWorkspace(db, sampleWorkspaceId);
      throw error;
    }
  } finally {
    await client.query("select pg_advisory_unlock($1)", [lock]).catch(() => {});
    client.release();
  }
}

/** Those of a week, which may have come before there was an inbox for them. */
async function recentAnswers(db: Database, now: Date): Promise<{ customerId: string; id: string }[]> {
  return db
    .selectFrom("responses")
    .select(["customerId", "id"])
    .where("workspaceId", "=", sampleWorkspaceId)
    .where("at", ">=", new Date(now.getTime() - 7 * 24 * 3_600_000))
    .execute();
}

/** Is the sample company loaded, whole? */
export async function hasSample(db: Resources["database"]["db"]): Promise<boolean> {
  const row = await db
    .selectFrom("workspaces")
    .select("id")
    .where("id", "=", sampleWorkspaceId)
    .executeTakeFirst();
  return row !== undefined;
}

function alreadySetUp(): Refusal {
  return new Refusal(
    "conflict",
    "Nines is already set up here. Sign in, or ask an owner or admin for an invitation link.",
    { reason: "already_set_up" },
  );
}
