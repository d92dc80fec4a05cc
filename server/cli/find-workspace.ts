import type { Database } from "../platform/database/open.ts";
import { Refusal } from "../platform/errors.ts";
import { nearNames } from "./near-names.ts";

/**
 * The workspace that somebody means by its name, its part of the address, or its id.
 * @throws Refusal when there is none, or two have that name
 */
export async function findWorkspace(db: Database, wanted: string): Promise<{ id: string; name: string }> {
  const all = await db.selectFrom("workspaces").select(["id", "name", "slug"]).orderBy("createdAt").execute();
  const exact = all.find(({ id, slug }) => id === wanted || slug === wanted);
  if (exact) return exact;
  const named = all.filter(({ name }) => name.toLowerCase() === wanted.toLowerCase());
  if (named.length > 1)
    throw new Refusal(
      "bad_input",
      `${named.length} workspaces are called "${wanted}"; say which: ${named.map(({ slug }) => slug).join(" or ")}.`,
    );
  if (named[0]) return named[0];
  throw new Refusal(
    "bad_input",
    `There is no workspace "${wanted}". ${hint(
      wanted,
      all.map(({ name }) => name),
    )}`,
  );
}

function hint(wanted: string, names: string[]): string {
  if (names.length === 0) return "There is none at all; make one with `nines init`.";
  const near = nearNames(wanted, names);
  return near.length > 0 ? `Did you mean "${near[0]}"?` : `There are: ${names.slice(0, 20).join(", ")}.`;
}
