import type { TrackingMessage } from "./event.ts";
import type { Said } from "./read-traits.ts";

/** The keys that a message has, by what they prove. */
export interface MessageKeys {
  /** Of whoever the company calls so. */
  id: string | undefined;
  /** By an alias: what the company called them before. */
  previous: readonly string[];
  /** Lead to a customer, but two with ids of the company are not made one by them. */
  links: readonly string[];
}

const nothing: readonly string[] = [];
export const noKeys: MessageKeys = { id: undefined, previous: nothing, links: nothing };

/** Reads the keys of a message. A page may not say what somebody's address is, nor that two ids are one person. */
export function keysOfMessage(
  { type, userId, anonymousId, previousId }: TrackingMessage,
  trusted: boolean,
  said: Said | undefined,
): MessageKeys {
  const id = userId === undefined ? undefined : `id:${userId}`;
  const anonymous = anonymousId === undefined ? nothing : [`anonymous:${anonymousId}`];
  if (type !== "alias" && said === undefined) return { id, previous: nothing, links: anonymous };
  const links = [...anonymous];
  if (type === "alias") links.push(`anonymous:${previousId ?? ""}`);
  if (trusted && said?.email !== undefined) links.push(`email:${said.email}`);
  if (trusted && said?.phone !== undefined) links.push(`phone:${said.phone}`);
  return { id, previous: type === "alias" && trusted ? [`id:${previousId ?? ""}`] : nothing, links };
}
