import { readableUnderWhite } from "../surveys/contrast.ts";

/** What the shape of a mail depends on; everything that people wrote comes later, in the slots. */
export interface Look {
  direction: "ltr" | "rtl";
  /** Colour of the numbers and their boxes. */
  accent: string | null;
  logo: boolean;
  signature: boolean;
  role: boolean;
  address: boolean;
  honeypot: boolean;
  /** Paragraphs instead of the question and its scale, with or without a button below; of mails that ask nothing. */
  letter?: { button: boolean; privacy: boolean };
}

/** The HTML between the slots, and the slots' names: part, slot, part, slot, …, part. */
export type Layout = readonly string[];

const remembered = new Map<string, Promise<Layout>>();
const mostRemembered = 200;

/** The layout of mails that look like this. MJML is slow, so it is asked once for each look. */
export function mailLayout(look: Look): Promise<Layout> {
  const key = JSON.stringify(look);
  let layout = remembered.get(key);
  if (!layout) {
    layout = compile(look);
    if (remembered.size >= mostRemembered) remembered.clear();
    remembered.set(key, layout);
    layout.catch(() => remembered.delete(key));
  }
  return layout;
}

async function compile(look: Look): Promise<Layout> {
  // Not at the top: it takes half a second to load, and most processes never need it.
  const { default: mjml2html } = await import("mjml");
  const { html, errors } = await mjml2html(markup(look), {
    validationLevel: "strict",
    keepComments: false,
    fonts: {},
  });
  if (errors[0]) throw new Error(errors[0].formattedMessage);
  return html
    .replace(/\n\s*/g, "\n")
    .replace(/\n{2,}/g, "\n")
    .split(/%%(\w+)%%/);
}

const ink = "#1C1A16";
const muted = "#5C574D";

// Colours and spaces of design page `email`; the rules for dark and small screens only add to what works without them.
const rules = (accent: string | null) => `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  body, .page > div { background-color: #121110 !important; }
  .card, .card > table { background: #1A1917 !important; }
  .card > table > tbody > tr > td { border-color: #2D2A26 !important; }
  .ink div, .ink h1, .ink a { color: #F3F0EA !important; }
  .muted div, .muted a, .ink .role, .ends td { color: #ABA599 !important; }
  .score { background-color: #1A1917 !important; border-color: ${accent ?? "#7A756B"} !important; }
  .score a { color: #F3F0EA !important; }
  .button.ink table td, .button.ink a { background: #F3F0EA !important; color: #1C1A16 !important; }
}
@media (max-width: 480px) {
  .page > div { padding: 0 12px !important; }
  .card > table > tbody > tr > td { padding: 24px 12px !important; }
  .scale table { border-spacing: 2px !important; }
  .score a { font-size: 14px !important; }
}`;

function markup(look: Look): string {
  const { direction, accent } = look;
  return `
<mjml lang="%%lang%%" dir="${direction}">
  <mj-head>
    <mj-title>%%title%%</mj-title>
    <mj-preview>%%preheader%%</mj-preview>
    <mj-attributes>
      <mj-all font-family="Arial, Helvetica, sans-serif" />
      <mj-text padding="0" color="${ink}" font-size="15px" line-height="24px" align="${start(look)}" />
    </mj-attributes>
    <mj-raw><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"></mj-raw>
    <mj-style>${rules(accent)}</mj-style>
  </mj-head>
  <mj-body width="600px" background-color="#FAF9F6" css-class="page">
    <mj-section padding="32px 4px 16px" text-align="${start(look)}"><mj-column>${head(look)}</mj-column></mj-section>
    <mj-section css-class="card" background-color="#FFFFFF" border="1px solid #E8E5DE" border-radius="12px" padding="36px 32px">
      <mj-column>
        ${look.letter ? letter(look, look.letter) : question(look)}
      </mj-column>
    </mj-section>
    <mj-section padding="18px 4px 32px"><mj-column>
      <mj-text css-class="muted" color="${muted}" font-size="13px" line-height="20px">${foot(look)}</mj-text>
    </mj-column></mj-section>
    ${look.honeypot ? `<mj-raw>${honeypot}</mj-raw>` : ""}
  </mj-body>
</mjml>`;
}

const start = ({ direction }: Look) => (direction === "rtl" ? "right" : "left");
const end = ({ direction }: Look) => (direction === "rtl" ? "left" : "right");

function question(look: Look): string {
  return `
        <mj-text css-class="ink" font-size="16px" line-height="25px">%%greeting%%</mj-text>
        <mj-text css-class="ink" font-size="20px" line-height="29px" font-weight="bold" padding="10px 0 0"><h1 style="margin:0;font-size:20px;line-height:29px;font-weight:bold">%%question%%</h1></mj-text>
        ${scale(look)}
        <mj-text css-class="ink" padding="26px 0 0">%%intro%%</mj-text>
        ${look.signature ? signature(look) : ""}`;
}

function letter({ accent, ...look }: Look, { button }: { button: boolean }): string {
  const colour = accent === null ? ink : readableUnderWhite(accent);
  return `
        <mj-text css-class="ink" font-size="16px" line-height="25px">%%paragraphs%%</mj-text>
        ${
          button
            ? `<mj-button css-class="button${accent === null ? " ink" : ""}" href="%%buttonLink%%" align="${start({ ...look, accent })}" background-color="${colour}" color="#FFFFFF" border-radius="8px" font-size="15px" font-weight="bold" padding="10px 0 0" inner-padding="12px 20px">%%button%%</mj-button>`
            : ""
        }`;
}

function head(look: Look): string {
  if (!look.logo) return `<mj-text css-class="ink" font-size="16px" font-weight="bold">%%company%%</mj-text>`;
  return `<mj-image src="%%logo%%" alt="%%company%%" align="${start(look)}" height="32px" width="160px" padding="0" />`;
}

/**
 * The eleven answers. Outlook draws the cells' own background, border and size, and of a link only its text; so the box
 * is the cell, and the link fills it where that is understood.
 */
function scale(look: Look): string {
  const edge = look.accent ?? "#8E897F";
  const colour = look.accent ?? ink;
  const cell = (score: number) =>
    `<td class="score" width="9%" height="40" align="center" valign="middle" bgcolor="#FFFFFF" style="border:1px solid ${edge};border-radius:6px;background-color:#FFFFFF;height:40px;text-align:center">` +
    `<a href="%%score${score}%%" aria-label="%%label${score}%%" style="display:block;line-height:40px;color:${colour};font-family:Arial,Helvetica,sans-serif;font-size:15px;font-weight:bold;text-align:center;text-decoration:none">${score}</a></td>`;
  const endCell = (text: string, align: string) =>
    `<td align="${align}" style="color:${muted};font-family:Arial,Helvetica,sans-serif;font-size:13px;line-height:18px">${text}</td>`;
  return `
    <mj-table css-class="scale" role="presentation" table-layout="fixed" cellspacing="4" cellpadding="0" padding="18px 0 0">
      <tr>${Array.from({ length: 11 }, (_, score) => cell(score)).join("")}</tr>
    </mj-table>
    <mj-table css-class="ends" role="presentation" cellpadding="0" padding="4px 4px 0">
      <tr>${endCell("0, %%low%%", start(look))}${endCell("10, %%high%%", end(look))}</tr>
    </mj-table>`;
}

function signature(look: Look): string {
  const role = look.role ? `<br /><span class="role" style="color:${muted}">%%role%%</span>` : "";
  return `<mj-text css-class="ink" padding="16px 0 0">%%name%%${role}</mj-text>`;
}

function foot(look: Look): string {
  const link = (slot: string) => `<a href="%%${slot}Link%%" style="color:${muted}">%%${slot}%%</a>`;
  const privacy = look.letter?.privacy === false ? "" : ` &nbsp; ${link("privacy")}`;
  return `%%reason%%<br />${link("unsubscribe")}${privacy}${look.address ? "<br />%%address%%" : ""}`;
}

// For programs that open whatever is in a mail. People do not see it, nor do screen readers.
const honeypot =
  '<div style="display:none;max-height:0;overflow:hidden;mso-hide:all" aria-hidden="true"><a href="%%more%%" tabindex="-1"></a></div>';
