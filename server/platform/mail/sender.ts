import { emailAddress } from "./address.ts";

/** The address in a sender as `Nines <nines@example.com>` or `nines@example.com`; undefined when it is not one. */
export function senderAddress(sender: string): string | undefined {
  const parts = /^[^<>@\r\n]*<([^<>\s]+)>$/.exec(sender.trim());
  return emailAddress.safeParse(parts ? parts[1] : sender).data;
}

/** The name in front of it; empty when there is none. */
export function senderName(sender: string): string {
  return /^([^<>@\r\n]*)</.exec(sender.trim())?.[1]?.replaceAll('"', "").trim() ?? "";
}

/** The domain of a sender's address, for ids of messages. */
export function senderDomain(sender: string): string {
  return senderAddress(sender)?.split("@")[1] ?? "localhost";
}
