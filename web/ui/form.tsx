import type { ReactNode } from "react";
import { Form as AriaForm } from "react-aria-components";
import { Icon } from "./icons.tsx";
import { useErrorSentence } from "./states.tsx";
import "./field.css";

/** A form: Enter sends it, the browser checks it, the values arrive as strings. */
export function Form({
  onSubmit,
  children,
}: {
  onSubmit: (values: Record<string, string>) => void;
  children: ReactNode;
}) {
  return (
    <AriaForm
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        const values: Record<string, string> = {};
        for (const [name, value] of new FormData(event.currentTarget)) {
          if (typeof value === "string") values[name] = value;
        }
        onSubmit(values);
      }}
    >
      {children}
    </AriaForm>
  );
}

/** Why the form was refused, in one sentence above its button. */
export function FormError({ error, children }: { error: unknown; children?: ReactNode }) {
  const sentence = useErrorSentence();
  if (!error) return null;
  return (
    <p className="form-error" role="alert">
      <Icon name="warning" />
      <span>{children ?? sentence(error)}</span>
    </p>
  );
}
