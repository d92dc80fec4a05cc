import type { Selectable } from "kysely";
import type { CustomersTable } from "../../platform/database/schema.ts";

export type StoredCustomer = Selectable<CustomersTable>;

/** Who is kept of two customers, and who is gone. */
export interface Pair {
  kept: StoredCustomer;
  gone: StoredCustomer;
}

/**
 * Which of two customers stays, whoever is asked first: the one that the company has given an id, else whom it knows
 * rather than a browser, else the older one. The same for every order in which the news arrives.
 */
export function choosePair(a: StoredCustomer, b: StoredCustomer): Pair {
  const rank = (each: StoredCustomer) => (hasOwnId(each) ? 2 : Number(each.verified));
  const aStays = rank(a) === rank(b) ? a.id < b.id : rank(a) > rank(b);
  return aStays ? { kept: a, gone: b } : { kept: b, gone: a };
}

/** Has the company given them an id? What a browser says is not that. */
export function hasOwnId({ externalId, verified }: StoredCustomer): boolean {
  return externalId !== null && verified;
}

/** Is one of them known, and of the other only what a browser said? Then its word about who that is counts no more. */
export function mixesClaims({ kept, gone }: Pair): boolean {
  return kept.verified !== gone.verified;
}

/**
 * What is known of one person, out of what was known of two. Of each trait the newest word counts; of two that have no
 * time, that of the customer who is kept.
 */
export function joinedCustomer(pair: Pair) {
  const { kept, gone } = pair;
  const isNewer = (name: string) => timeOf(gone, name) > timeOf(kept, name);
  const newest = <Value>(name: string, ours: Value | null, theirs: Value | null) =>
    theirs !== null && (ours === null || isNewer(name)) ? theirs : ours;
  const names = new Set([kept, gone].flatMap((each) => [each.traits, each.traitsAt].flatMap(Object.keys)));
  const sources = [...names].map((name) => {
    const knows = (each: StoredCustomer) =>
      Object.hasOwn(each.traits, name) || Object.hasOwn(each.traitsAt, name);
    return { name, source: !knows(kept) || (knows(gone) && isNewer(name)) ? gone : kept };
  });
  // A trait with a time and no value was taken back.
  const pick = (what: "traits" | "traitsAt") =>
    JSON.stringify(
      Object.fromEntries(
        sources.flatMap(({ name, source }) =>
          Object.hasOwn(source[what], name) ? [[name, source[what][name]]] : [],
        ),
      ),
    );
  // What a browser claimed, an id, an address or a number, is not handed on to somebody whom the company knows.
  const believed = [kept, gone].filter(({ verified }) => verified || !mixesClaims(pair));
  const first = <Value>(value: (each: StoredCustomer) => Value | null) =>
    believed.map(value).find((each) => each !== null) ?? null;
  const addressed = believed.find(({ email }) => email !== null);
  return {
    accountId: kept.accountId ?? gone.accountId,
    externalId: first((each) => each.externalId),
    email: addressed?.email ?? null,
    phone: first((each) => each.phone),
    name: newest("name", kept.name, gone.name),
    language: newest("language", kept.language, gone.language),
    timeZone: newest("timezone", kept.timeZone, gone.timeZone),
    traits: pick("traits"),
    traitsAt: pick("traitsAt"),
    anonymous: kept.anonymous && gone.anonymous,
    verified: kept.verified || gone.verified,
    // Whoever is also known from elsewhere does not go when an import is undone.
    importId: kept.importId === gone.importId ? kept.importId : null,
    createdAt: kept.createdAt < gone.createdAt ? kept.createdAt : gone.createdAt,
    unsubscribedAt: earlier(kept.unsubscribedAt, gone.unsubscribedAt),
    // It is the address that bounced, not the person.
    bouncedAt: addressed?.bouncedAt ?? null,
  };
}

function timeOf({ traitsAt }: StoredCustomer, name: string): number {
  return Object.hasOwn(traitsAt, name) ? Date.parse(traitsAt[name]!) : -Infinity;
}

function earlier(a: Date | null, b: Date | null): Date | null {
  return a && b ? (a < b ? a : b) : (a ?? b);
}
