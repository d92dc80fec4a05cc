import { sql } from "kysely";
import type { Database } from "../../platform/database/open.ts";

/** The keys that programs and files call people by; not those under which we find answers and invitations. */
const kinds = new Set(["id", "email", "phone", "anonymous"]);
/** A cell or a value that says no more than this names nobody: it is as likely a score. */
const namesNobody = /^\d{1,2}$/;

/**
 * Deletes rows of files that could not be imported, and messages that could not be stored, where they name a customer by
 * one of these keys: an address or a number wherever it stands, an id where it is a cell or a value of its own.
 */
export async function forgetFailures(
  db: Database,
  workspaceId: string,
  keys: readonly string[],
): Promise<void> {
  const names = keys.flatMap((key) => {
    const [kind = "", ...rest] = key.split(":");
    return kinds.has(kind) ? [{ kind, name: rest.join(":") }] : [];
  });
  const anywhere = names.filter(({ kind }) => kind === "email" || kind === "phone").map(({ name }) => name);
  const alone = names.filter(
    ({ kind, name }) => (kind === "id" || kind === "anonymous") && !namesNobody.test(name),
  );
  const patterns = [
    ...anywhere.map(escaped),
    ...alone.map(({ name }) => String.raw`(^|[,;\t|":])\s*${escaped(name)}\s*($|[,;\t|"}])`),
  ];
  if (patterns.length === 0) return;
  const pattern = patterns.join("|");
  await sql`
    delete from import_failures where "row" ~* ${pattern}
      and import_id in (select id from imports where workspace_id = ${workspaceId}::uuid)`.execute(db);
  await sql`
    delete from event_errors where workspace_id = ${workspaceId}::uuid and payload ~* ${pattern}`.execute(db);
}

function escaped(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, String.raw`\$&`);
}
