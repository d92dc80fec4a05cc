import { useRef, type ReactNode, type RefObject } from "react";
import { Input, Label, Text, TextArea, TextField as AriaTextField } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { ProblemNote } from "../../../collect/editor/problem-note.tsx";
import { Button } from "../../../ui/button.tsx";
import { Menu } from "../../../ui/menu.tsx";
import { useReason } from "../../../ui/reason.ts";
import { usePlayProblem } from "./play-editing.ts";

type TextBox = HTMLInputElement | HTMLTextAreaElement;

/** A text of a play with what is wrong with it; with `variables` those can be put in where the cursor is. */
export function PlayField({
  label,
  path,
  value,
  onChange,
  rows,
  hint,
  lang,
  variables,
  placeholder = "",
  type = "text",
  list,
}: {
  label: string;
  /** Where the draft keeps it, to show its problem: `steps.email.languages.de.body`. */
  path: string;
  value: string;
  onChange: (value: string) => void;
  rows?: number;
  hint?: ReactNode;
  lang?: string;
  variables?: readonly string[];
  placeholder?: string;
  type?: "text" | "email";
  /** Offered while typing: the id of a datalist. */
  list?: string;
}) {
  const problem = usePlayProblem(path);
  const box = useRef<TextBox>(null);
  const attributes = { placeholder, dir: "auto", ...(lang && { lang }) } as const;
  return (
    <AriaTextField
      className="field"
      data-path={path}
      value={value}
      onChange={onChange}
      type={type}
      isInvalid={problem?.blocking === true}
      validationBehavior="aria"
      autoComplete="off"
    >
      <div className="ed-label">
        <Label>{label}</Label>
        {variables && <Variables label={label} box={box} variables={variables} onInsert={onChange} />}
      </div>
      {rows ? (
        <TextArea
          ref={box as RefObject<HTMLTextAreaElement>}
          className="textarea"
          rows={rows}
          {...attributes}
        />
      ) : (
        <Input
          ref={box as RefObject<HTMLInputElement>}
          className="input"
          {...attributes}
          {...(list && { list })}
        />
      )}
      <ProblemNote problem={problem} />
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
    </AriaTextField>
  );
}

/** The problem of something that is no text field. */
export function PlayProblemNote({ path }: { path: string }) {
  const problem = usePlayProblem(path);
  const sentence = useReason();
  if (!problem) return null;
  return <p className={problem.blocking ? "field-error" : "field-warning"}>{sentence(problem)}</p>;
}

function Variables({
  label,
  box,
  variables,
  onInsert,
}: {
  label: string;
  box: RefObject<TextBox | null>;
  variables: readonly string[];
  onInsert: (text: string) => void;
}) {
  const { t } = useTranslation();
  const insert = (code: string) => {
    const field = box.current;
    if (!field) return;
    const { length } = field.value;
    field.setRangeText(code, field.selectionStart ?? length, field.selectionEnd ?? length, "end");
    onInsert(field.value);
    // The menu gives the focus back to its button first.
    requestAnimationFrame(() => field.focus());
  };
  const name = t("editor.insertInto", { label });
  return (
    <Menu
      label={name}
      placement="bottom end"
      trigger={
        <Button size="sm" variant="quiet" iconEnd="chevronDown" aria-label={name}>
          {t("editor.insert")}
        </Button>
      }
      sections={[
        {
          lines: variables.map((variable) => ({
            id: variable,
            label: variable in known ? t(`plays.variables.${known[variable]!}`) : variable,
            detail: `{{ ${variable} }}`,
            onAction: () => insert(`{{ ${variable} }}`),
          })),
        },
      ]}
    />
  );
}

const known: Record<
  string,
  | "firstName"
  | "name"
  | "company"
  | "account"
  | "trait"
  | "feature"
  | "title"
  | "text"
  | "link"
  | "code"
  | "worth"
  | "expires"
> = {
  "customer.firstName": "firstName",
  "customer.name": "name",
  company: "company",
  "account.name": "account",
  "customer.traits.plan": "trait",
  feature: "feature",
  "content.title": "title",
  "content.text": "text",
  "content.link": "link",
  code: "code",
  codeWorth: "worth",
  codeExpires: "expires",
};
