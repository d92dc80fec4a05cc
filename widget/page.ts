const fields = "input,textarea,select,[contenteditable],iframe";
const noFields = /^(button|submit|reset|checkbox|radio|image|range|color)$/;

/** Whether the visitor is writing into something of the page, a dialog waits for them, or there is no page yet. */
export function isBusy(): boolean {
  if (!document.body) return true;
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  if (focused?.matches(fields) && !noFields.test((focused as HTMLInputElement).type)) return true;
  try {
    return document.querySelector("dialog:modal") !== null;
  } catch {
    // A browser that does not know :modal.
    return document.querySelector("dialog[open]") !== null;
  }
}

/** The languages to ask in, best first: the page's, then the customer's, then the browser's. */
export function wantedLanguages(ofCustomer: string | undefined): string[] {
  return [document.documentElement.lang, ofCustomer ?? "", ...navigator.languages]
    .filter(Boolean)
    .slice(0, 6);
}

const prefersDark = matchMedia("(prefers-color-scheme: dark)");

/** Whether the page is dark now: by the colour behind it, or where it has none by the scheme it declares. */
export function isDark(): boolean {
  for (const element of [document.body, document.documentElement]) {
    const lightness = lightnessOf(getComputedStyle(element).backgroundColor);
    if (lightness !== undefined) return lightness < 0.4;
  }
  const scheme = getComputedStyle(document.documentElement).colorScheme ?? "";
  return scheme.includes("dark") && (prefersDark.matches || !scheme.includes("light"));
}

/** Calls back when the page may have changed between light and dark. */
export function watchScheme(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  for (const element of [document.documentElement, document.body])
    observer.observe(element, { attributes: true });
  prefersDark.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    prefersDark.removeEventListener("change", changed);
  };
}

/** From 0 for black to 1 for white; undefined for a colour one can see through. */
function lightnessOf(color: string): number | undefined {
  const [kind = "", ...numbers] = color.split(/[(,/\s)]+/).filter(Boolean);
  const [a = 0, b = 0, c = 0, alpha = 1] = numbers.map(parseFloat);
  if (alpha < 0.5) return undefined;
  if (kind.startsWith("rgb")) return (0.299 * a + 0.587 * b + 0.114 * c) / 255;
  if (kind.startsWith("ok")) return a;
  return kind.startsWith("l") ? a / 100 : undefined;
}
