import styles from "./card.css?inline";

/** The one element of ours in the page. What the page's styles say does not reach into it, nor ours out of it. */
export interface Host {
  root: ShadowRoot;
  /** Puts it on the page, above everything. False where the page's policy lets us have no styles. */
  show(): boolean;
  remove(): void;
}

/** @param nonce of the script, for browsers that take styles only as an element */
export function newHost(nonce: string | undefined, accent: string | null): Host {
  const element = document.createElement("div");
  element.setAttribute("data-nines", "");
  const root = element.attachShadow({ mode: "closed" });
  const text =
    styles + (accent && /^#[0-9a-f]{6}$/i.test(accent) ? `.send{background:${accent};color:#fff}` : "");
  const isStyled = addStyles(root, text, nonce);
  return {
    root,
    show() {
      if (!element.isConnected) document.body.append(element);
      // The top layer lies above any z-index. As `manual` it takes no focus and closes nothing of the page.
      if ("popover" in element) {
        element.popover = "manual";
        element.showPopover();
      }
      return isStyled();
    },
    remove: () => element.remove(),
  };
}

/** Styles as an object, which no policy forbids; where the browser has none (before 2023), as an element. */
function addStyles(root: ShadowRoot, text: string, nonce: string | undefined): () => boolean {
  if ("adoptedStyleSheets" in root && "replaceSync" in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    root.adoptedStyleSheets = [sheet];
    return () => true;
  }
  const style = document.createElement("style");
  if (nonce) style.setAttribute("nonce", nonce);
  style.append(text);
  root.append(style);
  return () => style.sheet !== null;
}
