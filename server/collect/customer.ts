import { idOf } from "../platform/ids.ts";

/** What a sender may say to tell who somebody is. */
export interface CustomerIdentity {
  id?: string | null | undefined;
  email?: string | null | undefined;
  phone?: string | null | undefined;
}

/** An e-mail address as it is stored and compared: without blanks around it, in small letters. */
export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}

/** A phone number as it is stored and compared: its digits, and the plus sign in front if there is one. */
export function normalisePhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, "");
  return phone.trim().startsWith("+") ? `+${digits}` : digits;
}

/**
 * The keys in `customer_keys` that these particulars stand for. The first that is known says who it is; the others,
 * where nobody has them yet, are then given to the same customer.
 * @returns none for somebody anonymous
 */
export function customerKeys({ id, email, phone }: CustomerIdentity): string[] {
  const keys: string[] = [];
  if (id?.trim()) keys.push(`id:${id.trim()}`);
  if (email?.trim()) keys.push(`email:${normaliseEmail(email)}`);
  if (phone && normalisePhone(phone)) keys.push(`phone:${normalisePhone(phone)}`);
  return keys;
}

/**
 * The keys of somebody whom only a browser names, where anybody can say anything. They are apart from those above, so a
 * claim finds earlier claims of the same and never a customer whom somebody trustworthy has named.
 */
export function claimedKeys(identity: CustomerIdentity): string[] {
  return customerKeys(identity).map((key) => `claimed:${key}`);
}

/** The id of an answer that its sender has named; the same name is the same answer. */
export function responseIdOf(workspaceId: string, senderId: string): string {
  return idOf(workspaceId, "response", senderId);
}

/** The customer behind an anonymous answer: one for each, so that each answer belongs to somebody. */
export function anonymousCustomerId(workspaceId: string, responseId: string): string {
  return idOf(workspaceId, "customer", `anonymous:${responseId}`);
}

/** The id of the account (company) that a sender calls by this key. */
export function accountIdOf(workspaceId: string, key: string): string {
  return idOf(workspaceId, "account", key);
}
