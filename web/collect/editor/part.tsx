import { useId, type ReactNode } from "react";
import { Button as AriaButton, Disclosure, DisclosurePanel, Heading } from "react-aria-components";
import { Icon } from "../../ui/icons.tsx";

/** One part of the editor, under a heading. */
export function Part({
  id,
  title,
  sub,
  children,
}: {
  id: string;
  title: string;
  sub?: ReactNode;
  children: ReactNode;
}) {
  const heading = useId();
  return (
    <section className="sect" id={id} aria-labelledby={heading}>
      <h2 id={heading}>
        {title}
        {sub && <span>{sub}</span>}
      </h2>
      {children}
    </section>
  );
}

/** Something that is looked at less often: a line that says how it stands, and opens. */
export function Fold({ title, sub, children }: { title: string; sub?: ReactNode; children: ReactNode }) {
  return (
    <Disclosure className="fold">
      <Heading level={3}>
        <AriaButton slot="trigger" className="fold-b">
          <Icon name="chevronRight" size={14} />
          <b>{title}</b>
          {sub && <span>{sub}</span>}
        </AriaButton>
      </Heading>
      <DisclosurePanel>
        <div className="fold-p">{children}</div>
      </DisclosurePanel>
    </Disclosure>
  );
}

/** A setting: what it is on the left, its control on the right, what belongs to it below. */
export function SettingRow({
  title,
  detail,
  control,
  children,
}: {
  title: string;
  detail?: ReactNode;
  control: ReactNode;
  children?: ReactNode;
}) {
  return (
    <>
      <div className="set-row">
        <div>
          <b>{title}</b>
          {detail && <p>{detail}</p>}
        </div>
        {control}
      </div>
      {children}
    </>
  );
}
