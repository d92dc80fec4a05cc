import { escapeHtml } from "./escape-html.ts";

/** Languages in which Nines writes to members. */
export type MailLanguage = "en" | "de";

interface Words {
  subject: string;
  lines: string[];
  button: string;
  after: string[];
}

interface Written {
  subject: string;
  text: string;
  html: string;
}

/** The mail that lets a person choose a new password. */
export function passwordResetMail({
  name,
  link,
  language,
}: {
  name: string;
  link: string;
  language?: string | null | undefined;
}): Written {
  const words: Record<MailLanguage, Words> = {
    en: {
      subject: "Choose a new password for Nines",
      lines: [`Hello ${name},`, "somebody, probably you, asked to choose a new password for Nines."],
      button: "Choose a new password",
      after: [
        "The link works once, within one hour. If it was not you, do nothing: your password stays as it is.",
      ],
    },
    de: {
      subject: "Neues Passwort für Nines wählen",
      lines: [`Hallo ${name},`, "jemand, vermutlich Sie, möchte ein neues Passwort für Nines wählen."],
      button: "Neues Passwort wählen",
      after: [
        "Der Link gilt eine Stunde und nur einmal. Waren Sie es nicht, tun Sie nichts: Ihr Passwort bleibt, wie es ist.",
      ],
    },
  };
  return write(words[languageOf(language)], link);
}

/** The mail that carries an invitation link. */
export function memberInvitationMail({
  inviter,
  workspace,
  link,
  language,
}: {
  inviter: string;
  workspace: string;
  link: string;
  language?: string | null | undefined;
}): Written {
  const words: Record<MailLanguage, Words> = {
    en: {
      subject: `${inviter} invites you to ${workspace} in Nines`,
      lines: ["Hello,", `${inviter} invites you to work with ${workspace} in Nines.`],
      button: "Accept the invitation",
      after: ["The link works once, within 14 days."],
    },
    de: {
      subject: `${inviter} lädt Sie zu ${workspace} in Nines ein`,
      lines: ["Guten Tag,", `${inviter} lädt Sie ein, in Nines mit ${workspace} zu arbeiten.`],
      button: "Einladung annehmen",
      after: ["Der Link gilt 14 Tage und nur einmal."],
    },
  };
  return write(words[languageOf(language)], link);
}

function languageOf(language: string | null | undefined): MailLanguage {
  return language?.toLowerCase().startsWith("de") ? "de" : "en";
}

function write({ subject, lines, button, after }: Words, link: string): Written {
  const text = [...lines, `${button}:\n${link}`, ...after].join("\n\n") + "\n";
  const paragraph = (line: string) => `<p>${escapeHtml(line)}</p>`;
  const html = [
    '<!doctype html><html><body style="font:16px/1.5 sans-serif;max-width:34em">',
    ...lines.map(paragraph),
    `<p><a href="${escapeHtml(link)}">${escapeHtml(button)}</a></p>`,
    ...after.map(paragraph),
    "</body></html>",
  ].join("\n");
  return { subject, text, html };
}
