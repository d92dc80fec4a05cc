import type { TFunction } from "i18next";

const known = ["api", "email", "import", "link", "phone", "qr", "sms", "widget"] as const;

/** The name of a channel in the interface's language; a workspace's own channels keep theirs. */
export function channelName(t: TFunction, channel: string): string {
  const id = known.find((id) => id === channel);
  return id ? t(`responses.channels.${id}`) : channel;
}
