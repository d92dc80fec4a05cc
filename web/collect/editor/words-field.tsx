import { useState } from "react";
import { PlainLine } from "./plain-line.tsx";

/** Several words in one field, separated by commas. */
export function WordsField({
  label,
  hint,
  path,
  value,
  onChange,
}: {
  label: string;
  hint: string;
  path: string;
  value: readonly string[];
  onChange: (words: string[]) => void;
}) {
  const [typed, setTyped] = useState(() => value.join(", "));
  // What is typed stays as it is ("a, "); it is written anew only when the words changed elsewhere.
  const shown = same(split(typed), value) ? typed : value.join(", ");
  return (
    <PlainLine
      label={label}
      hint={hint}
      path={path}
      value={shown}
      onChange={(text) => {
        setTyped(text);
        onChange(split(text));
      }}
    />
  );
}

function split(text: string): string[] {
  const words = text.split(",").map((word) => word.trim());
  return [...new Set(words.filter(Boolean))];
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((word, index) => word === other[index]);
}
