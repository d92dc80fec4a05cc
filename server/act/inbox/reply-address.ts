import type { Config } from "../../platform/config.ts";

/** Where an answer to this mail of ours goes to: an address that names the mail. Undefined where no replies come in. */
export function replyAddressOf(
  { replyAddress }: Pick<Config, "replyAddress">,
  messageId: string,
): string | undefined {
  if (replyAddress === undefined) return undefined;
  const at = replyAddress.lastIndexOf("@");
  return `${replyAddress.slice(0, at)}+${messageId.replaceAll("-", "")}${replyAddress.slice(at)}`;
}

/** The mail of ours that an address names; undefined when it is another. */
export function messageOfAddress(
  { replyAddress }: Pick<Config, "replyAddress">,
  address: string,
): string | undefined {
  if (replyAddress === undefined) return undefined;
  const at = replyAddress.lastIndexOf("@");
  const small = address.trim().toLowerCase();
  const [name, domain] = [replyAddress.slice(0, at).toLowerCase(), replyAddress.slice(at).toLowerCase()];
  if (!small.startsWith(`${name}+`) || !small.endsWith(domain)) return undefined;
  const tag = /^([\da-f]{8})([\da-f]{4})([\da-f]{4})([\da-f]{4})([\da-f]{12})$/.exec(
    small.slice(name.length + 1, small.length - domain.length),
  );
  return tag?.slice(1).join("-");
}
