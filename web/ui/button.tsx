import type { ReactNode } from "react";
import {
  Button as AriaButton,
  Link as AriaLink,
  type ButtonProps as AriaButtonProps,
  type LinkProps as AriaLinkProps,
} from "react-aria-components";
import { Icon, type IconName } from "./icons.tsx";
import "./button.css";

interface Look {
  variant?: "primary" | "default" | "quiet";
  size?: "sm" | "md" | "xl";
  /** Something is taken away: the words turn red, the button stays quiet. */
  danger?: boolean;
  icon?: IconName;
  iconEnd?: IconName;
  /** Shown as a key cap, hidden on touch. The page listens for the key itself. */
  shortcut?: string;
  className?: string;
  children: ReactNode;
}

function classOf({ variant = "default", size = "md", danger, className }: Look) {
  return ["btn", variant, size, danger && "danger", className].filter(Boolean).join(" ");
}

function Inside({ icon, iconEnd, shortcut, children }: Look) {
  return (
    <>
      {icon && <Icon name={icon} size={14} />}
      <span className="btn-label">{children}</span>
      {shortcut && <Kbd>{shortcut}</Kbd>}
      {iconEnd && <Icon name={iconEnd} size={14} />}
    </>
  );
}

/** Props of `Button`; everything React Aria's button takes, with our look. */
export type ButtonProps = Look & Omit<AriaButtonProps, "className" | "style" | "children">;

/** A button. `isPending` keeps its place and its focus while the work is under way. */
export function Button({
  variant,
  size,
  danger,
  icon,
  iconEnd,
  shortcut,
  className,
  children,
  ...rest
}: ButtonProps) {
  const look = only({ variant, size, danger, icon, iconEnd, shortcut, className, children });
  return (
    <AriaButton {...rest} className={classOf(look)}>
      <Inside {...look} />
    </AriaButton>
  );
}

/** A link that looks like a button, because it leads somewhere rather than doing something. */
export function ButtonLink({
  variant,
  size,
  danger,
  icon,
  iconEnd,
  shortcut,
  className,
  children,
  ...rest
}: Look & Omit<AriaLinkProps, "className" | "style" | "children">) {
  const look = only({ variant, size, danger, icon, iconEnd, shortcut, className, children });
  return (
    <AriaLink {...rest} className={classOf(look)}>
      <Inside {...look} />
    </AriaLink>
  );
}

function only(look: { [K in keyof Look]: Look[K] | undefined }) {
  return look as Look;
}

/** A button that is only a drawing; `label` is its accessible name and its tooltip. */
export function IconButton({
  icon,
  label,
  large = false,
  size = 16,
  ...rest
}: { icon: IconName; label: string; large?: boolean; size?: number } & Omit<
  AriaButtonProps,
  "className" | "style" | "children"
>) {
  return (
    <AriaButton {...rest} aria-label={label} className={large ? "icon-btn lg" : "icon-btn"}>
      <Icon name={icon} size={size} />
    </AriaButton>
  );
}

/** A link in running text. Internal addresses go through the router. */
export function Link({
  className = "link",
  ...rest
}: Omit<AriaLinkProps, "className"> & { className?: string }) {
  return <AriaLink {...rest} className={className} />;
}

/** Something done by a word in running text: "Undo", "Show as table". */
export function TextButton(props: Omit<AriaButtonProps, "className" | "style">) {
  return <AriaButton {...props} className="link" />;
}

/** A key cap. Decorative: the shortcut is listed under "?". */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="kbd" aria-hidden="true">
      {children}
    </kbd>
  );
}
