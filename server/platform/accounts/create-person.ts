import type { Clock } from "../clock.ts";
import type { Database } from "../database/open.ts";
import { Refusal } from "../errors.ts";
import { newId } from "../ids.ts";
import { hashPassword } from "./password.ts";
import type { NewPerson } from "./person.ts";

/**
 * Makes a person who signs in by e-mail and password.
 * @throws Refusal when the address already belongs to somebody
 */
export async function createPerson(db: Database, clock: Clock, person: NewPerson): Promise<string> {
  const password = await hashPassword(person.password);
  const id = newId(clock);
  const made = await db
    .insertInto("people")
    .values({
      id,
      name: person.name,
      email: person.email,
      language: person.language ?? null,
      createdAt: clock.now(),
      updatedAt: clock.now(),
    })
    .onConflict((c) => c.column("email").doNothing())
    .executeTakeFirst();
  if (!made.numInsertedOrUpdatedRows) {
    throw new Refusal("conflict", `${person.email} already has an account here. Sign in with it instead.`, {
      reason: "person_exists",
    });
  }
  await db
    .insertInto("credentials")
    .values({ id: newId(clock), personId: id, providerId: "credential", accountId: id, password })
    .execute();
  return id;
}
