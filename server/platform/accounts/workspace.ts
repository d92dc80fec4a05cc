import { z } from "zod";
import { personName } from "./person.ts";

export const workspaceName = personName;

/** An IANA time zone that this Node knows. */
export const timeZone = z.string().refine(
  (zone) => {
    try {
      return new Intl.DateTimeFormat("en", { timeZone: zone }).format(0) !== "";
    } catch {
      return false;
    }
  },
  { error: "This is no time zone; write one like Europe/Berlin.", params: { reason: "not_a_time_zone" } },
);

export interface NewWorkspace {
  /** Default: a new one. The sample's is known before it exists, because its answers are stored first. */
  id?: string | undefined;
  name: string;
  timeZone?: string | undefined;
  /** The sample company, which "start clean" removes. */
  sample?: boolean | undefined;
}

// First parts of addresses that are pages or routes.
const reserved = new Set([
  "api",
  "assets",
  "first-run",
  "healthz",
  "img",
  "invitation",
  "metrics",
  "new",
  "r",
  "readyz",
  "reset-password",
  "s",
  "settings",
  "sign-in",
  "u",
  "v1",
  "widget",
  "workspaces",
]);

const spelled: Record<string, string> = {
  ä: "ae",
  ö: "oe",
  ü: "ue",
  ß: "ss",
  æ: "ae",
  ø: "o",
  å: "a",
  œ: "oe",
  ł: "l",
};

/** The part of an address that stands for a workspace of this name: "Müller & Söhne" → "mueller-soehne". */
export function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[äöüßæøåœł]/g, (letter) => spelled[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
  return slug === "" || reserved.has(slug) ? `workspace${slug && `-${slug}`}` : slug;
}
