import { useTranslation } from "react-i18next";
import { Note } from "../ui/card.tsx";
import { Kbd } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { singleKeysAreOn } from "../ui/shortcuts.ts";
import { useCommandKey } from "./command-key.ts";
import { pages } from "./loop.ts";

/** The list of shortcuts, under "?". */
export function ShortcutsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t("shell.shortcuts.title")} isOpen={isOpen} onClose={onClose}>
      <div className="keys-list">
        <h3>{t("shell.shortcuts.everywhere")}</h3>
        <dl>
          <Line label={t("shell.shortcuts.commandMenu")} keys={[useCommandKey()]} />
          {pages.map(({ path, key }) => (
            <Line key={path} label={t(`shell.${path}`)} keys={["G", key.toUpperCase()]} then />
          ))}
          <Line label={t("shell.shortcuts.undo")} keys={["Z"]} />
          <Line label={t("shell.shortcuts.help")} keys={["?"]} />
          <Line label={t("shell.shortcuts.leave")} keys={["Esc"]} />
        </dl>
        <h3>{t("shell.shortcuts.lists")}</h3>
        <dl>
          <Line label={t("shell.shortcuts.move")} keys={["J", "K"]} />
          <Line label={t("shell.shortcuts.open")} keys={["↵"]} />
        </dl>
        <Note>{t(singleKeysAreOn() ? "shell.shortcuts.note" : "shell.shortcuts.off")}</Note>
      </div>
    </Dialog>
  );
}

function Line({ label, keys, then = false }: { label: string; keys: readonly string[]; then?: boolean }) {
  const { t } = useTranslation();
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <span className="sr">{keys.join(then ? ` ${t("shell.shortcuts.thenKey")} ` : ", ")}</span>
        {keys.map((key, index) => (
          <span key={key} className="nowrap">
            {then && index > 0 && `${t("shell.shortcuts.thenKey")} `}
            <Kbd>{key}</Kbd>
          </span>
        ))}
      </dd>
    </div>
  );
}
