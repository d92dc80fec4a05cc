import type { Resources } from "../resources.ts";
import { keepSecret } from "./keep-secret.ts";

const remembered = new WeakMap<Resources["database"], Promise<string>>();

/** The server's secret: the one that was set, else the one kept in the database, which is read once in a process. */
export function readSecret({ config, database }: Pick<Resources, "config" | "database">): Promise<string> {
  if (config.secret !== undefined) return Promise.resolve(config.secret);
  const known = remembered.get(database);
  if (known) return known;
  const reading = keepSecret(database.db);
  remembered.set(database, reading);
  // A database that could not be reached may be there at the next question.
  reading.catch(() => remembered.delete(database));
  return reading;
}
