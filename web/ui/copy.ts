import i18next from "i18next";
import { toast } from "./toast.tsx";

/** Puts a text on the clipboard and says so, or says why not. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    toast({ message: i18next.t("ui.copied") });
    return true;
  } catch {
    // Browsers offer the clipboard on https and localhost only.
    toast({ message: i18next.t("ui.copyFailed"), tone: "warning" });
    return false;
  }
}
