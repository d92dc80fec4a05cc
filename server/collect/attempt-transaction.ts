import type pg from "pg";
import { Refusal } from "../platform/errors.ts";

/** Gives a connection to something that begins and commits a transaction on it; where that fails, nothing of it stays. */
export async function attemptTransaction<Result>(
  pool: pg.Pool,
  run: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    return await run(client);
  } catch (error) {
    // Only the last trip ends the transaction, and it may not have come to that.
    if (isConnectionLost(error)) broken = error as Error;
    else await client.query("rollback").catch((lost: Error) => (broken = lost));
    throw error;
  } finally {
    client.release(broken);
  }
}

/** The state of an error of the database; empty for any other. */
export function sqlStateOf(error: unknown): string {
  const { code } = error as { code?: unknown };
  return typeof code === "string" ? code : "";
}

/** A row that another transaction has just written, or a wait in a circle. */
export function isRace(error: unknown): boolean {
  return ["23505", "40P01", "40001"].includes(sqlStateOf(error));
}

/** When the connection breaks during the commit, nobody knows whether it went through. */
export function unconfirmed(error: unknown, what: string): unknown {
  if (!isConnectionLost(error)) return error;
  return new Refusal(
    "busy",
    `The database went away before it confirmed, so these ${what} may or may not be stored. Send them again with the same ids: they are stored once.`,
    { reason: "unconfirmed", retryAfterSeconds: 1 },
  );
}

function isConnectionLost(error: unknown): boolean {
  return (
    ["ECONNRESET", "EPIPE", "57P01", "57P02", "25P03"].includes(sqlStateOf(error)) ||
    (error instanceof Error &&
      /^(Connection terminated|Client has encountered|Client was closed|Query read timeout|timeout expired)/.test(
        error.message,
      ))
  );
}
