import { useId, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "./button.tsx";
import { Icon } from "./icons.tsx";
import "./card.css";

/** A section of a page. `flush` lets a list or table reach the edges. `span` is its width in twelfths. */
export function Card({
  title,
  sub,
  end,
  flush = false,
  span,
  label,
  className,
  children,
}: {
  title?: ReactNode;
  sub?: ReactNode;
  end?: ReactNode;
  flush?: boolean;
  span?: 3 | 4 | 5 | 6 | 7 | 8 | 12;
  /** Accessible name where there is no title. */
  label?: string;
  className?: string;
  children: ReactNode;
}) {
  const heading = useId();
  return (
    <section
      className={["card", flush && "flush", span && `c${span}`, className].filter(Boolean).join(" ")}
      {...(title ? { "aria-labelledby": heading } : label ? { "aria-label": label } : {})}
    >
      {title && (
        <div className="card-h">
          <div className="card-t">
            <h2 id={heading}>{title}</h2>
            {sub && <span className="sub">{sub}</span>}
          </div>
          {end && <span className="end">{end}</span>}
        </div>
      )}
      {children}
    </section>
  );
}

/** Title of a page with one line about it and its actions. */
export function PageHeader({
  title,
  children,
  actions,
  crumbs = [],
}: {
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  crumbs?: { label: string; href?: string }[];
}) {
  return (
    <header className="page-h">
      <div>
        {crumbs.length > 0 && (
          <nav className="crumb">
            {crumbs.map(({ label, href }, index) => (
              <span className="crumb" key={label}>
                {index > 0 && <Icon name="arrowRight" size={12} />}
                {href ? (
                  <Link href={href} className="crumb-link">
                    {label}
                  </Link>
                ) : (
                  label
                )}
              </span>
            ))}
          </nav>
        )}
        <h1>{title}</h1>
        {children && <p>{children}</p>}
      </div>
      {actions && <div className="actions">{actions}</div>}
    </header>
  );
}

/** The page of one thing that is not there yet, or could not be loaded: the list it belongs to stays a link away. */
export function PendingPage({
  title,
  href,
  children,
}: {
  /** Name of the list. */
  title: string;
  href: string;
  children: ReactNode;
}) {
  return (
    <>
      <nav className="crumb">
        <Link href={href} className="crumb-link">
          {title}
        </Link>
      </nav>
      <h1 className="sr">{title}</h1>
      <Card label={title}>{children}</Card>
    </>
  );
}

/** The finding of a card, in one sentence. */
export function Claim({ children }: { children: ReactNode }) {
  return <p className="claim">{children}</p>;
}

/** How it was computed, or what to keep in mind. */
export function Note({ children }: { children: ReactNode }) {
  return <p className="note">{children}</p>;
}

/** The one big number of a page. `interval` is already formatted ("16 to 24"); without a value it is a dash. */
export function HeroNumber({
  value,
  interval,
  detail,
}: {
  value?: string | undefined;
  interval?: string;
  detail?: string;
}) {
  const { t } = useTranslation();
  return (
    <div className="lead">
      <span className={value === undefined ? "hero-num faint" : "hero-num"}>{value ?? "–"}</span>
      {(interval || detail) && (
        <span className="ci">
          {interval && (
            <>
              {interval}
              <br />
            </>
          )}
          {detail ?? t("ui.intervalOf")}
        </span>
      )}
    </div>
  );
}
