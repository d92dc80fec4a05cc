const entities: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** What a page of HTML says, as text, for people to read. What comes out is shown as text and never as HTML. */
export function plainText(html: string): string {
  return html
    .replace(/<!--[^]*?(?:-->|$)/g, "")
    .replace(/<(head|style|script|title|template)\b[^]*?(?:<\/\1\s*>|$)/gi, "")
    .replace(/[\t\r\n ]+/g, " ")
    .replace(/<blockquote\b[^>]*>/gi, "\n\n> ")
    .replace(/<br\b[^>]*>|<\/(?:div|tr|li|h[1-6])\s*>/gi, "\n")
    .replace(/<\/(?:p|blockquote|table|ul|ol)\s*>/gi, "\n\n")
    .replace(/<[a-z/!?][^>]*(?:>|$)/gi, "")
    .replace(/&(#x?[\da-f]{1,6}|[a-z]{2,6});/gi, (whole, name: string) => decoded(name) ?? whole)
    .replace(/[ \u00A0]*\n[ \u00A0]*/g, "\n")
    .replace(/\n{3,}/g, "\n\n")
    .trim();
}

function decoded(name: string): string | undefined {
  if (!name.startsWith("#")) return entities[name.toLowerCase()];
  const isHex = /^#x/i.test(name);
  const code = Number.parseInt(name.slice(isHex ? 2 : 1), isHex ? 16 : 10);
  return Number.isNaN(code) || code === 0 || code > 0x10ffff ? "" : String.fromCodePoint(code).toWellFormed();
}
