import type { Writable } from "node:stream";
import type pg from "pg";
import type { Statement } from "./recording-sql.ts";

/**
 * Sends statements of one transaction over a pipelined connection, all before the first is answered: one round trip.
 * After an error the rest fail too, and a "commit" among them rolls back.
 * @throws the first error
 */
export async function sendTogether(
  client: pg.PoolClient,
  statements: readonly (string | Statement)[],
): Promise<pg.QueryResult[]> {
  const { stream } = (client as unknown as { connection: { stream: Writable } }).connection;
  stream.cork();
  const sent = statements.map((statement) => client.query(statement));
  stream.uncork(); // In one packet instead of nine, a tenth of the work per answer.
  const outcomes = await Promise.allSettled(sent);
  return outcomes.map((outcome) => {
    if (outcome.status === "rejected") throw outcome.reason;
    return outcome.value;
  });
}
