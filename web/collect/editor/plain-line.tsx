import type { ReactNode } from "react";
import { Input, Label, Text, TextArea, TextField } from "react-aria-components";
import { useProblem } from "./editing.ts";
import { ProblemNote } from "./problem-note.tsx";

/** One line that is the same in every language: a name, an address. Empty stands for none. */
export function PlainLine({
  label,
  quiet = false,
  hint,
  path,
  value,
  onChange,
  type = "text",
  placeholder = "",
  rows,
}: {
  label: string;
  quiet?: boolean;
  hint?: ReactNode;
  /** Where the draft keeps it, to show its problem: `settings.sender.replyTo`. */
  path: string;
  value: string | null;
  onChange: (value: string) => void;
  type?: "text" | "url" | "email";
  placeholder?: string;
  rows?: number;
}) {
  const problem = useProblem(path);
  return (
    <TextField
      className="field"
      data-path={path}
      value={value ?? ""}
      onChange={onChange}
      type={type}
      isInvalid={problem?.blocking === true}
      validationBehavior="aria"
      autoComplete="off"
      {...(quiet && { "aria-label": label })}
    >
      {!quiet && <Label>{label}</Label>}
      {rows ? (
        <TextArea className="textarea short" rows={rows} placeholder={placeholder} />
      ) : (
        <Input className="input" placeholder={placeholder} />
      )}
      <ProblemNote problem={problem} />
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
    </TextField>
  );
}
