import type { KeyRow } from "../../collect/recording-plan.ts";
import {
  addPerson,
  changing,
  giveId,
  isKnownNow,
  type Person,
  type StoredPerson,
  verify,
} from "./person-state.ts";
import type { ReadyMessage } from "./ready-message.ts";

/** Two customers found to be one. */
export interface FoundMerge {
  workspaceId: string;
  from: string;
  into: string;
  reason: "identify" | "alias";
}

/**
 * Finds whom messages are about, and remembers what they prove: which keys belong to whom, and who is the same. Two
 * customers become one if at most one of them has an id of the company, or by an alias. A page or an app joins only
 * somebody of whom nothing is known.
 * @param newPersonId makes the id of somebody new
 */
export function newWhoIsWho(
  keys: readonly KeyRow[],
  stored: readonly StoredPerson[],
  newPersonId: () => string,
) {
  const owners = new Map<string, Map<string, string>>();
  const persons = new Map<string, Person>();
  const same = new Map<string, string>();
  const newKeys: KeyRow[] = [];
  const merges = new Map<string, FoundMerge>();
  const missing = new Set<string>();
  const ownersIn = (workspaceId: string): Map<string, string> => {
    const known = owners.get(workspaceId);
    if (known) return known;
    const made = new Map<string, string>();
    owners.set(workspaceId, made);
    return made;
  };
  for (const { workspaceId, key, customerId } of keys) ownersIn(workspaceId).set(key, customerId);
  for (const row of stored) persons.set(row.id, changing(row, false));

  const canonical = (id: string): string => {
    let last = id;
    for (let next = same.get(last); next !== undefined; next = same.get(last)) last = next;
    return last;
  };

  const ownerOf = (workspaceId: string, key: string): string | undefined => {
    const id = ownersIn(workspaceId).get(key);
    return id === undefined ? undefined : canonical(id);
  };

  /** Somebody who must be read first is named as missing, and the plan is made again. */
  const personOf = (workspaceId: string, id: string): Person => {
    const known = persons.get(id);
    if (known) return known;
    missing.add(id);
    return changing(unknown(workspaceId, id), false);
  };

  /** Nobody in particular, until they have an id or an address. */
  const makePerson = (workspaceId: string): string => {
    const id = newPersonId();
    persons.set(id, changing({ ...unknown(workspaceId, id), anonymous: true, verified: false }, true));
    return id;
  };

  const merge = (workspaceId: string, from: string, into: string, reason: FoundMerge["reason"]): void => {
    if (from === into) return;
    const [gone, kept] = [personOf(workspaceId, from), personOf(workspaceId, into)];
    same.set(from, into);
    if (!gone.isNew) {
      merges.set(from, { workspaceId, from, into, reason });
      return;
    }
    // Was not stored yet, and will not be.
    addPerson(gone, kept);
    persons.delete(from);
  };

  const register = (workspaceId: string, key: string, customerId: string): void => {
    if (ownerOf(workspaceId, key) !== undefined) return;
    ownersIn(workspaceId).set(key, customerId);
    newKeys.push({ workspaceId, key, customerId });
    if (key.startsWith("email:") || key.startsWith("phone:")) isKnownNow(personOf(workspaceId, customerId));
  };

  /** Whoever is nobody in particular yet, so that the message may say who they are. */
  const isOpen = (workspaceId: string, id: string, trusted: boolean): boolean => {
    const { row } = personOf(workspaceId, id);
    return (
      row.externalId === null && (trusted || !row.verified || (row.email === null && row.phone === null))
    );
  };

  const resolve = (ready: ReadyMessage): string => {
    const { workspaceId, message, source } = ready;
    const { id, previous, links } = ready.keys;
    const owner = (key: string) => ownerOf(workspaceId, key);
    const reason = message.type === "alias" ? "alias" : "identify";
    const named = id === undefined ? undefined : owner(id);
    if (named !== undefined && previous.length === 0 && links.length === 0) return named;
    const former = previous.map(owner).find((each) => each !== undefined);
    const linked = [...new Set(links.map(owner).filter((each) => each !== undefined))];
    const others = linked.filter((each) => each !== named && each !== former);
    let main = named ?? former;
    if (others.length > 0 && (main !== undefined || id !== undefined || others.length > 1)) {
      const open = others.filter((each) => isOpen(workspaceId, each, source.trusted));
      // Without an id, whoever has one; else the older one: ids of customers begin with the time.
      const known = id === undefined ? others.find((each) => !open.includes(each)) : undefined;
      main ??= known ?? open.toSorted()[0];
      if (main !== undefined) for (const each of open) merge(workspaceId, each, main, reason);
    } else main ??= others[0];
    if (named !== undefined && former !== undefined && named !== former) {
      // The company says that both are its own ids of this person.
      for (const each of [named, former]) verify(personOf(workspaceId, each));
      merge(workspaceId, former, named, reason);
    }
    main = canonical(main ?? makePerson(workspaceId));
    const isNewName = named === undefined || previous.length > 0;
    if (message.userId !== undefined && isNewName)
      giveId(personOf(workspaceId, main), message.userId, source.trusted);
    else if (previous.length > 0 && former === undefined)
      giveId(personOf(workspaceId, main), message.previousId ?? "", source.trusted);
    for (const key of [...(id === undefined ? [] : [id]), ...previous, ...links])
      register(workspaceId, key, main);
    return main;
  };

  return {
    resolve,
    personOf,
    ownerOf,
    missing,
    /** Who somebody is in the end, of those that are stored. */
    storedAs: (id: string): string =>
      persons.get(id)?.isNew === false || !same.has(id) ? id : canonical(id),
    results: () => ({
      persons: [...persons.values()],
      merges: [...merges.values()],
      keys: newKeys,
    }),
  };
}

function unknown(workspaceId: string, id: string): StoredPerson {
  return {
    workspaceId,
    id,
    accountId: null,
    externalId: null,
    email: null,
    phone: null,
    name: null,
    language: null,
    timeZone: null,
    traits: {},
    traitsAt: {},
    anonymous: false,
    verified: true,
  };
}
