import { Component, useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "./button.tsx";
import { copyText } from "./copy.ts";
import { Icon, type IconName } from "./icons.tsx";
import { type Reasoned, useReason } from "./reason.ts";
import "./states.css";

/** Nothing here yet, or nothing left to do: an icon, a sentence, one button, one link. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  link,
  roomy = false,
  heading = false,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  link?: ReactNode;
  roomy?: boolean;
  /** The title is the heading of the whole page. */
  heading?: boolean;
}) {
  return (
    <div className={roomy ? "state roomy" : "state"}>
      <Icon name={icon} size={20} />
      {heading ? <h1>{title}</h1> : <b>{title}</b>}
      {children && <p>{children}</p>}
      {action}
      {link}
    </div>
  );
}

/** True once `delay` has passed: waiting is only shown when there is a wait. */
function useAfter(delay: number) {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), delay);
    return () => clearTimeout(timer);
  }, [delay]);
  return passed;
}

/**
 * Still shapes in the final layout while something loads; nothing in the first 300 ms, but the room is kept.
 * Each line is a height in px, or a height and a width: `lines={[30, [9, "58%"], 88]}`.
 */
export function Ghost({ lines }: { lines: (number | readonly [height: number, width: string])[] }) {
  const { t } = useTranslation();
  const shown = useAfter(300);
  return (
    <div className="ghosts" role="status" aria-busy="true" aria-label={t("ui.loading")}>
      {lines.map((line, index) => {
        const [height, width] = typeof line === "number" ? [line, "100%"] : line;
        const radius = height > 40 ? 8 : 4;
        return (
          <span
            key={index}
            className="ghost"
            style={{ height, width, borderRadius: radius, visibility: shown ? "visible" : "hidden" }}
          />
        );
      })}
    </div>
  );
}

/** What an error says to `ErrorCard`; `ApiError` fits. */
interface Explained {
  message: string;
  code?: string;
  status?: number;
  requestId?: string | undefined;
  details?: (Partial<Reasoned> & { problems?: Reasoned[] }) | undefined;
}

/** A sentence a person can act on, for anything that was thrown: ours where we have words for its reason. */
export function useErrorSentence() {
  const { t } = useTranslation();
  const inOurWords = useReason();
  return (error: unknown) => {
    const { code, status, message, details } = asExplained(error);
    if (code === "offline") return t("ui.error.offline");
    if (!message || status === undefined || code === "unexpected") return t("ui.error.unexpected");
    // Where the input is wrong, the first of its problems says more than the code.
    const problem = details?.problems?.find(({ reason }) => reason);
    return inOurWords({ ...problem, ...details, code, message });
  };
}

/** A part of a page that failed: what failed, what is still true, Try again, Copy details. */
export function ErrorCard({
  title,
  error,
  stillTrue,
  onRetry,
}: {
  /** What failed: "The trend could not be computed." */
  title?: string;
  error: unknown;
  /** What is not affected; by default the rest of the page. */
  stillTrue?: string;
  onRetry?: (() => void) | undefined;
}) {
  const { t } = useTranslation();
  const sentence = useErrorSentence()(error);
  const { code, status, requestId, message } = asExplained(error);
  const details = [title, message, code && `${code} ${status ?? ""}`, requestId, location.href]
    .filter(Boolean)
    .join("\n");
  return (
    <div className="alert det" role="alert">
      <Icon name="warning" />
      <div>
        <b>{title ?? t("ui.error.title")}</b>
        <p>
          {sentence} {stillTrue ?? t("ui.error.rest")}
        </p>
        {requestId && <p className="faint small">{t("ui.error.request", { id: requestId })}</p>}
        <div className="actions">
          {onRetry && (
            <Button size="sm" onPress={onRetry}>
              {t("ui.tryAgain")}
            </Button>
          )}
          <Button size="sm" variant="quiet" onPress={() => void copyText(details)}>
            {t("ui.copyDetails")}
          </Button>
        </div>
      </div>
    </div>
  );
}

/** Something to know before reading on: stale data, a half-finished import. */
export function Alert({
  tone = "pas",
  icon,
  title,
  children,
  actions,
}: {
  tone?: "det" | "pas" | "pro";
  icon?: IconName;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
}) {
  const drawing = icon ?? (tone === "pro" ? "check" : tone === "pas" ? "clock" : "warning");
  return (
    <div className={`alert ${tone}`} role={tone === "det" ? "alert" : undefined}>
      <Icon name={drawing} />
      <div>
        <b>{title}</b>
        {children && <p>{children}</p>}
        {actions && <div className="actions">{actions}</div>}
      </div>
    </div>
  );
}

/** One quiet line above the page. */
export function Banner({
  icon,
  label,
  children,
  end,
}: {
  icon?: IconName;
  /** Accessible name of this part of the page. */
  label: string;
  children: ReactNode;
  end?: ReactNode;
}) {
  return (
    <section className="banner" aria-label={label}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
      {end && <span className="end">{end}</span>}
    </section>
  );
}

/** Catches what a page throws while it draws, so that a mistake in one place never blanks the rest. */
export class Catch extends Component<{
  children: ReactNode;
  renderError: (error: unknown, retry: () => void) => ReactNode;
}> {
  override state: { error: unknown } = { error: undefined };
  static getDerivedStateFromError(error: unknown) {
    return { error: error ?? new Error("unknown") };
  }
  override render() {
    const { error } = this.state;
    return error === undefined
      ? this.props.children
      : this.props.renderError(error, () => this.setState({ error: undefined }));
  }
}

function asExplained(error: unknown): Explained {
  if (error instanceof Error) return error;
  return { message: String(error) };
}
