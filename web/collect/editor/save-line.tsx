import { useTranslation } from "react-i18next";
import { useNow } from "../../ui/now.ts";
import { useFormat } from "../../ui/format.ts";
import { useTimeZone } from "../../session.ts";
import type { Saving } from "./draft-store.ts";

/** How saving stands, in a few words beside the buttons. */
export function SaveLine({
  saving,
  savedAt,
  at,
}: {
  saving: Saving;
  savedAt: Date | undefined;
  /** When it was saved last, before this page. */
  at: string;
}) {
  const { t } = useTranslation();
  const now = useNow();
  const format = useFormat(useTimeZone());
  const last = savedAt ?? new Date(at);
  const minutes = Math.floor((now.getTime() - last.getTime()) / 60_000);
  const saved =
    minutes < 1
      ? t("editor.save.now")
      : minutes < 60
        ? t("editor.save.ago", { count: minutes })
        : t("editor.save.on", { when: format.dateTime(last) });
  const words = {
    saved,
    waiting: t("editor.save.saving"),
    saving: t("editor.save.saving"),
    offline: t("editor.save.offline"),
    failed: t("editor.save.failed"),
    conflict: t("editor.save.conflict"),
  };
  const isCalm = saving === "saved" || saving === "waiting" || saving === "saving";
  return (
    <span className={isCalm ? "small faint save-line" : "small pas save-line"} role="status">
      {words[saving]}
    </span>
  );
}
