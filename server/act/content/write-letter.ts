import { linkPattern } from "../plays/play-step.ts";
import { type Layout, mailLayout } from "../../collect/email/mail-layout.ts";
import { escapeHtml } from "../../platform/mail/escape-html.ts";

/** A mail of a play, with all its texts filled in. */
export interface Letter {
  language: string;
  company: string;
  accent: string | null;
  /** Address of the picture. */
  logo: string | null;
  subject: string;
  /** Paragraphs, divided by empty lines. */
  body: string;
  button: { label: string; link: string } | null;
  /** Addresses in the body that become links: those that its author wrote, never what came in with a value. */
  links: ReadonlySet<string>;
  foot: { reason: string; unsubscribe: string; privacy: string };
  unsubscribeLink: string;
  privacyLink: string | null;
  postalAddress: string | null;
}

const rightToLeft = new Set(["ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"]);
const previewLength = 140;

/** A letter as HTML, in the look of invitations, and as plain text. */
export async function writeLetter(letter: Letter): Promise<{ html: string; text: string }> {
  const { button, privacyLink, postalAddress, foot } = letter;
  const layout = await mailLayout({
    direction: rightToLeft.has(letter.language.split("-")[0] ?? "") ? "rtl" : "ltr",
    accent: letter.accent,
    logo: letter.logo !== null,
    signature: false,
    role: false,
    address: postalAddress !== null,
    honeypot: false,
    letter: { button: button !== null, privacy: privacyLink !== null },
  });
  const paragraphs = letter.body
    .split(/\n[^\S\n]*\n\s*/)
    .map((each) => each.trim())
    .filter((each) => each !== "");
  const texts = {
    lang: letter.language,
    title: letter.subject,
    preheader: paragraphs.join(" ").replaceAll(/\s+/g, " ").slice(0, previewLength).toWellFormed(),
    company: letter.company,
    logo: letter.logo ?? "",
    button: button?.label ?? "",
    buttonLink: button?.link ?? "",
    reason: foot.reason,
    unsubscribe: foot.unsubscribe,
    unsubscribeLink: letter.unsubscribeLink,
    privacy: foot.privacy,
    privacyLink: privacyLink ?? "",
    address: postalAddress ?? "",
  };
  return {
    html: fill(layout, texts, paragraphsInHtml(paragraphs, letter.links)),
    text: plainText(letter, paragraphs),
  };
}

function fill(layout: Layout, texts: Record<string, string>, paragraphs: string): string {
  return layout
    .map((part, index) => {
      if (index % 2 === 0) return part;
      return part === "paragraphs" ? paragraphs : withBreaks(escapeHtml(texts[part] ?? ""));
    })
    .join("");
}

const withBreaks = (html: string) => html.replaceAll(/\r?\n/g, "<br>");

function paragraphsInHtml(paragraphs: readonly string[], links: ReadonlySet<string>): string {
  return paragraphs
    .map((text, index) => {
      const margin = index === paragraphs.length - 1 ? "0" : "0 0 16px";
      return `<p style="margin:${margin}">${withBreaks(withLinks(text, links))}</p>`;
    })
    .join("");
}

function withLinks(text: string, links: ReadonlySet<string>): string {
  let html = "";
  let end = 0;
  for (const { 0: found, index } of text.matchAll(linkPattern)) {
    const link = found.replace(/[.,;:!?]+$/, "");
    html += escapeHtml(text.slice(end, index));
    html += links.has(link) ? `<a href="${escapeHtml(link)}">${escapeHtml(link)}</a>` : escapeHtml(link);
    end = index + link.length;
  }
  return html + escapeHtml(text.slice(end));
}

/** The same mail for those who read no HTML. */
function plainText({ button, ...letter }: Letter, paragraphs: readonly string[]): string {
  const { foot, unsubscribeLink, privacyLink, postalAddress } = letter;
  const end = [
    foot.reason,
    `${foot.unsubscribe}: ${unsubscribeLink}`,
    ...(privacyLink === null ? [] : [`${foot.privacy}: ${privacyLink}`]),
    ...(postalAddress === null ? [] : [postalAddress]),
  ];
  return [
    ...paragraphs,
    ...(button ? [`${button.label}:\n${button.link}`] : []),
    `-- \n${end.join("\n")}\n`,
  ].join("\n\n");
}
