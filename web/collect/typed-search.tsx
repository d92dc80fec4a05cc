import { useEffect, useRef, useState } from "react";
import { SearchField } from "../ui/field.tsx";
import { useShortcut } from "../ui/shortcuts.ts";

/** A search box that reports a quarter of a second after the last key; F goes to it. */
export function TypedSearch({
  label,
  value = "",
  onChange,
}: {
  label: string;
  value: string | undefined;
  onChange: (text: string | undefined) => void;
}) {
  const [text, setText] = useState(value);
  const sent = useRef(value);
  const field = useRef<HTMLDivElement>(null);
  useShortcut("f", () => field.current?.querySelector("input")?.focus());
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (text === sent.current) return undefined;
    const timer = setTimeout(() => {
      sent.current = text;
      latest.current(text.trim() || undefined);
    }, 250);
    return () => clearTimeout(timer);
  }, [text]);
  // The value changed without us: Back, Clear filters, or a link.
  useEffect(() => {
    if (value === sent.current.trim()) return;
    sent.current = value;
    setText(value);
  }, [value]);
  return (
    <div className="rs-search" ref={field}>
      <SearchField label={label} value={text} onChange={setText} />
    </div>
  );
}
