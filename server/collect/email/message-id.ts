/** One mail of an invitation; its Message-ID says all of it, so that bounces and complaints lead back. */
export interface InvitationMessage {
  customerId: string;
  /** The invitation's. */
  id: string;
  /** 0 the first, 1 and 2 the reminders. */
  number: number;
}

/** The Message-ID without its angle brackets; the same at each try. */
export function messageIdOf({ customerId, id, number }: InvitationMessage, domain: string): string {
  return `${id}.${number}.${customerId.replaceAll("-", "")}@${domain}`;
}

/** The same in the 71 letters that every provider takes as a tag of a mail: digits, letters, `-` and `_`. */
export function messageTagOf({ customerId, id, number }: InvitationMessage): string {
  return `${id}_${number}_${customerId.replaceAll("-", "")}`;
}

const pattern =
  /\b([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})[._](\d)[._]([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})(?![0-9a-z])/i;

/** The message that a text names by its Message-ID or its tag; undefined when it names none of ours. */
export function readMessageId(text: string): InvitationMessage | undefined {
  const found = pattern.exec(text);
  if (!found) return undefined;
  const [, id = "", number, ...customer] = found;
  return { customerId: customer.join("-").toLowerCase(), id: id.toLowerCase(), number: Number(number) };
}
