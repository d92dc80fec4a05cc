import type { ReactElement, ReactNode } from "react";
import {
  Header,
  Menu as AriaMenu,
  MenuItem as AriaMenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from "react-aria-components";
import { Button, type ButtonProps } from "./button.tsx";
import { Icon, type IconName } from "./icons.tsx";
import "./menu.css";

/** One line of a menu: it does something (`onAction`) or leads somewhere (`href`). */
export interface MenuLine {
  id: string;
  label: string;
  detail?: string;
  icon?: IconName;
  danger?: boolean;
  href?: string;
  onAction?: () => void;
  isDisabled?: boolean;
}

/** A menu behind any button: `<Menu trigger={<IconButton …/>} label="…" sections={[{lines}]} />`. */
export function Menu({
  trigger,
  label,
  sections,
  placement = "bottom start",
}: {
  trigger: ReactElement;
  label: string;
  sections: readonly { title?: string; lines: readonly MenuLine[] }[];
  placement?: "bottom start" | "bottom end" | "top start" | "top end";
}) {
  return (
    <MenuTrigger>
      {trigger}
      <Popover className="pop" placement={placement}>
        <AriaMenu className="pop-list" aria-label={label}>
          {sections.map(({ title, lines }, index) => (
            <MenuSection key={title ?? index} aria-label={title ?? label}>
              {title && <Header className="pop-h">{title}</Header>}
              {lines.map((line) => (
                <Line key={line.id} line={line} />
              ))}
            </MenuSection>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

function Line({ line }: { line: MenuLine }) {
  return (
    <AriaMenuItem
      id={line.id}
      textValue={line.label}
      className={line.danger ? "pop-item danger" : "pop-item"}
      {...(line.href && { href: line.href })}
      {...(line.onAction && { onAction: line.onAction })}
      {...(line.isDisabled && { isDisabled: true })}
    >
      {line.icon && <Icon name={line.icon} />}
      <span>{line.label}</span>
      {line.detail && <em>{line.detail}</em>}
    </AriaMenuItem>
  );
}

/** A choice behind a button that names it: "Wave: Q3 2026 ▾". */
export function ChoiceMenu<Id extends string>({
  label,
  options,
  value,
  onChange,
  children,
  ...button
}: {
  /** Accessible name of the list. */
  label: string;
  options: readonly { id: Id; label: string; detail?: string }[];
  value: Id | null;
  onChange: (id: Id) => void;
  /** What the button says; by default "label: chosen". */
  children?: ReactNode;
} & Pick<ButtonProps, "variant" | "size" | "icon" | "isDisabled">) {
  const chosen = options.find((option) => option.id === value);
  return (
    <MenuTrigger>
      <Button {...button} iconEnd="chevronDown">
        {children ?? (chosen ? `${label}: ${chosen.label}` : label)}
      </Button>
      <Popover className="pop" placement="bottom end">
        <AriaMenu
          className="pop-list"
          aria-label={label}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={value === null ? [] : [value]}
          onSelectionChange={(keys) => {
            if (keys === "all") return;
            const [key] = keys;
            if (key !== undefined) onChange(key as Id);
          }}
        >
          {options.map((option) => (
            <AriaMenuItem key={option.id} id={option.id} textValue={option.label} className="pop-item">
              <span className="pop-check">
                <Icon name="check" size={14} />
              </span>
              <span>{option.label}</span>
              {option.detail && <em>{option.detail}</em>}
            </AriaMenuItem>
          ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
