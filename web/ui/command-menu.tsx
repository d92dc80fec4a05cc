import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
  type Key,
} from "react-aria-components";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Kbd } from "./button.tsx";
import { Icon, type IconName } from "./icons.tsx";
import "./command-menu.css";

/** Something the command menu can go to or do. */
export interface Command {
  id: string;
  label: string;
  icon: IconName;
  detail?: string;
  /** Other words people look for it by. */
  keywords?: string;
  /** Key caps, in order: `["G", "O"]`. */
  keys?: readonly string[];
  href?: string;
  run?: () => void;
}

/** The command menu: type to filter, arrows to move, Enter to go, Escape to leave. */
export function CommandMenu({
  isOpen,
  onClose,
  sections,
  onType,
}: {
  isOpen: boolean;
  onClose: () => void;
  sections: readonly { title: string; commands: readonly Command[] }[];
  /** What is typed, for commands that are looked for elsewhere. */
  onType?: (text: string) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const { contains } = useFilter({ sensitivity: "base" });
  const type = (next: string) => {
    setText(next);
    onType?.(next);
  };
  const leave = () => {
    type("");
    onClose();
  };
  // First away with the menu, then the action: the dialog it may open must not be closed with the menu.
  const act = (id: Key) => {
    leave();
    for (const { commands } of sections) commands.find((command) => command.id === id)?.run?.();
  };
  return (
    <ModalOverlay
      className="palette-overlay"
      isOpen={isOpen}
      onOpenChange={(open) => !open && leave()}
      isDismissable
    >
      <Modal className="palette">
        <Dialog aria-label={t("ui.command.label")}>
          <Autocomplete inputValue={text} onInputChange={type} filter={contains}>
            <div className="pal-in">
              <Icon name="search" />
              <SearchField className="field" aria-label={t("ui.command.placeholder")} autoFocus>
                <Input placeholder={t("ui.command.placeholder")} />
              </SearchField>
              <Kbd>Esc</Kbd>
            </div>
            <Menu
              className="pal-list"
              aria-label={t("ui.command.label")}
              onAction={act}
              renderEmptyState={() => <p className="pal-none">{t("ui.command.none", { text })}</p>}
            >
              {sections.map(({ title, commands }) => (
                <MenuSection key={title} aria-label={title}>
                  <Header className="pal-h">{title}</Header>
                  {commands.map((command) => (
                    <Line key={command.id} command={command} />
                  ))}
                </MenuSection>
              ))}
            </Menu>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Line({ command }: { command: Command }) {
  const { id, label, icon, detail, keywords, keys, href } = command;
  return (
    <MenuItem
      id={id}
      textValue={keywords ? `${label} ${keywords}` : label}
      className="pal-item"
      {...(href && { href })}
    >
      <Icon name={icon} />
      <span>{label}</span>
      {detail && <em>{detail}</em>}
      {keys && (
        <span className="kbds">
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}
        </span>
      )}
    </MenuItem>
  );
}
