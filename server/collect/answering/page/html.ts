/** Text that is HTML already. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | false | null | undefined | readonly Part[];

/** HTML from a template: whatever is filled in is escaped, in text and in quoted attributes, unless it is `Html`. */
export function html(parts: TemplateStringsArray, ...values: Part[]): Html {
  return new Html(
    squeezed(parts)
      .map((part, i) => part + written(values[i]))
      .join(""),
  );
}

const kept = new WeakMap<TemplateStringsArray, string[]>();

/** The parts of a template without the indentation that they have for who reads the code. */
function squeezed(parts: TemplateStringsArray): string[] {
  const known = kept.get(parts);
  if (known) return known;
  const short = parts.map((part) => part.replace(/\n\s*/g, "\n"));
  kept.set(parts, short);
  return short;
}

function written(value: Part): string {
  if (value === undefined || value === null || value === false) return "";
  if (value instanceof Html) return value.text;
  if (typeof value === "string" || typeof value === "number")
    return String(value).replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  return value.map(written).join("");
}
