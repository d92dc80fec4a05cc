import { useId, useRef, useState, type ReactNode } from "react";
import { Input, Label, Text, TextArea, TextField as AriaTextField } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button, TextButton } from "../../ui/button.tsx";
import { Menu } from "../../ui/menu.tsx";
import { filled, said, textAt, withText } from "./draft.ts";
import { useEditing, useProblem } from "./editing.ts";
import { ProblemNote } from "./problem-note.tsx";

type TextBox = HTMLInputElement | HTMLTextAreaElement;

/**
 * One text of the survey in the language that is edited: the shipped text until somebody writes their own, the source's
 * text under it, and what is wrong with it.
 */
export function TextLine({
  path,
  label,
  quiet = false,
  rows,
  hint,
  variables = false,
}: {
  /** As `wording.followUp.passive`. */
  path: string;
  label: string;
  /** The label is for screen readers only. */
  quiet?: boolean;
  rows?: number;
  hint?: ReactNode;
  /** Offers the variables of a mail for insertion. */
  variables?: boolean;
}) {
  const { t } = useTranslation();
  const { draft, shipped, language, changeContent } = useEditing();
  const place = `content.languages.${language}.${path}`;
  const problem = useProblem(place);
  const box = useRef<TextBox>(null);
  // While somebody types, an empty field stays empty; only afterwards the shipped text stands in it again.
  const [typed, setTyped] = useState<string>();
  const own = textAt(draft.content.languages[language], path);
  const byNines = textAt(shipped[language], path);
  const value = typed ?? own ?? byNines ?? "";
  const write = (text: string) => {
    setTyped(text);
    const kept = text.trim() === "" || text === byNines ? undefined : text;
    changeContent((content) => withText(content, language, path, kept));
  };
  const attributes = { lang: language, dir: "auto", placeholder: "" } as const;
  return (
    <AriaTextField
      className="field"
      data-path={place}
      value={value}
      onChange={write}
      onFocus={() => setTyped(value)}
      onBlur={() => setTyped(undefined)}
      isInvalid={problem?.blocking === true}
      validationBehavior="aria"
      {...(quiet && { "aria-label": label })}
    >
      {!quiet && (
        <div className="ed-label">
          <Label>{label}</Label>
          {variables && <Variables label={label} box={box} onInsert={write} />}
        </div>
      )}
      {rows ? (
        <TextArea
          ref={box as React.RefObject<HTMLTextAreaElement>}
          className="textarea"
          rows={rows}
          {...attributes}
        />
      ) : (
        <Input ref={box as React.RefObject<HTMLInputElement>} className="input" {...attributes} />
      )}
      <ProblemNote problem={problem} />
      <Below path={path} hint={hint} isOwn={own !== undefined && byNines !== undefined}>
        <TextButton
          aria-label={t("editor.resetLabel", { label })}
          onPress={() => changeContent((content) => withText(content, language, path, undefined))}
        >
          {t("editor.reset")}
        </TextButton>
      </Below>
    </AriaTextField>
  );
}

/** Under a text: what the source says, and the way back to the shipped text. */
function Below({
  path,
  hint,
  isOwn,
  children,
}: {
  path: string;
  hint: ReactNode;
  isOwn: boolean;
  children: ReactNode;
}) {
  const { draft, shipped, language } = useEditing();
  const { content } = draft;
  const source = language === content.language ? undefined : said(content, shipped, content.language, path);
  if (!source && !hint && !isOwn) return null;
  return (
    <div className="ed-below">
      {(source ?? hint) && (
        <Text slot="description" className="hint">
          {source ? <span lang={content.language}>{filled(source, content.company)}</span> : hint}
        </Text>
      )}
      {isOwn && children}
    </div>
  );
}

const variables = [
  { id: "firstName", code: "{{ customer.firstName }}" },
  { id: "name", code: "{{ customer.name }}" },
  { id: "company", code: "{{ company }}" },
  { id: "trait", code: "{{ customer.traits.plan }}" },
] as const;

function Variables({
  label,
  box,
  onInsert,
}: {
  label: string;
  box: React.RefObject<TextBox | null>;
  onInsert: (text: string) => void;
}) {
  const { t } = useTranslation();
  const id = useId();
  const insert = (code: string) => {
    const field = box.current;
    if (!field) return;
    field.setRangeText(
      code,
      field.selectionStart ?? field.value.length,
      field.selectionEnd ?? field.value.length,
      "end",
    );
    onInsert(field.value);
    // The menu gives the focus back to its button first.
    requestAnimationFrame(() => field.focus());
  };
  return (
    <Menu
      label={t("editor.insertInto", { label })}
      placement="bottom end"
      trigger={
        <Button
          size="sm"
          variant="quiet"
          iconEnd="chevronDown"
          aria-label={t("editor.insertInto", { label })}
        >
          {t("editor.insert")}
        </Button>
      }
      sections={[
        {
          lines: variables.map((variable) => ({
            id: `${id}-${variable.id}`,
            label: t(`editor.variables.${variable.id}`),
            detail: variable.code,
            onAction: () => insert(variable.code),
          })),
        },
      ]}
    />
  );
}
