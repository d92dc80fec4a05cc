import type { ResponseRecorder } from "../collect/record-responses.ts";
import { insertSurvey } from "../collect/surveys/insert-survey.ts";
import { createOwnerAndWorkspace, hasWorkspace } from "../platform/accounts/create-owner-and-workspace.ts";
import { deleteWorkspace } from "../platform/accounts/delete-workspace.ts";
import { newToken } from "../platform/accounts/hash-token.ts";
import { Refusal } from "../platform/errors.ts";
import { idOf } from "../platform/ids.ts";
import type { Resources } from "../platform/resources.ts";
import { quarterFrom } from "./quarters.ts";
import { sampleContent as content, sampleSettings as settings } from "./sample-survey.ts";
import { simulateCompany } from "./simulate-company.ts";
import { simulateMail } from "./simulate-mail.ts";
import { storeAccounts, storeMail, storeSilent } from "./store-mail.ts";

/** Where the sample company is once it is loaded. */
export const sampleWorkspaceId = idOf("workspace", "sample", "Larkfield");
export const sampleOwner = { name: "Ines Okafor", email: "ines@larkfield.example" };

const sampleSurvey = {
  id: idOf(sampleWorkspaceId, "survey", "quarterly"),
  name: "Quarterly relationship survey",
};
const lock = 7_464_641;
const batch = 1_000;

interface LoadOptions {
  /** Refuse when there is any workspace already. */
  onlyFirst?: boolean;
  /** The owner's password; by default one that nobody knows, for who is signed in at once. */
  password?: string;
}

/**
 * Loads the sample company Larkfield. Its workspace appears last, so that a kill in the middle leaves none; what was
 * stored until then is removed by the next try.
 * @throws Refusal when it is there already, or with `onlyFirst` when any workspace is
 */
export async function loadSample(
  { database, clock }: Pick<Resources, "database" | "clock">,
  recorder: ResponseRecorder,
  { onlyFirst = false, password = newToken() }: LoadOptions = {},
): Promise<{ personId: string; workspaceId: string; slug: string }> {
  const { db, pool } = database;
  const client = await pool.connect();
  try {
    // One at a time; the database frees the lock of a process that was killed.
    await client.query("select pg_advisory_lock($1)", [lock]);
    if ((await hasSample(db)) || (onlyFirst && (await hasWorkspace(db)))) throw alreadySetUp();
    await deleteWorkspace(db, sampleWorkspaceId);
    try {
      await recordAnswers();
      return await createOwnerAndWorkspace(
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
        { onlyFirst },
      );
    } catch (error) {
      await deleteWorkspace(db, sampleWorkspaceId);
      throw error;
    }
  } finally {
    await client.query("select pg_advisory_unlock($1)", [lock]).catch(() => {});
    client.release();
  }

  async function recordAnswers(): Promise<void> {
    const now = clock.now();
    const company = simulateCompany({ now, surveyId: sampleSurvey.id });
    const { answers } = company;
    // Asked since the first of its quarters, so that whose turn it is goes on from there.
    const since = { now: () => quarterFrom(now, 1 - company.truth.waves.length).start };
    await insertSurvey(db, since, { workspaceId: sampleWorkspaceId, ...sampleSurvey, content, settings });
    await storeAccounts(db, clock, sampleWorkspaceId, company.accounts);
    for (let start = 0; start < answers.length; start += batch)
      await recorder.record(sampleWorkspaceId, answers.slice(start, start + batch), { inTheMaking: true });
    const place = { workspaceId: sampleWorkspaceId, surveyId: sampleSurvey.id };
    const fates = simulateMail(company, now);
    await storeSilent(db, clock, place, company.customers);
    await storeMail(db, place, fates);
  }
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
