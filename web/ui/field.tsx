import { useMemo, useState, type FormEvent, type ReactNode } from "react";
import {
  FieldError,
  FormValidationContext,
  Input,
  Label,
  SearchField as AriaSearchField,
  Text,
  TextArea,
  TextField as AriaTextField,
  type SearchFieldProps,
  type TextFieldProps,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import { IconButton } from "./button.tsx";
import { Icon } from "./icons.tsx";
import "./field.css";

type Plain<P> = Omit<P, "className" | "style" | "children">;

/** A line of text (or several, with `rows`), its label, and what is wrong with it. */
export function TextField({
  label,
  hint,
  error,
  placeholder,
  rows,
  type = "text",
  size = "md",
  written,
  ...rest
}: Plain<TextFieldProps> & {
  label: string;
  hint?: ReactNode;
  /** The language of what is typed, where it is not ours; label, hint and problem stay in ours. */
  written?: string;
  /** What is wrong, from the server; the browser's own checks speak for themselves. */
  error?: string | undefined;
  placeholder?: string;
  rows?: number;
  size?: "sm" | "md";
}) {
  const [shown, setShown] = useState(false);
  const { t } = useTranslation();
  const input = (
    <Input className="input" lang={written} placeholder={placeholder ?? ""} onInput={checkAgain} />
  );
  return (
    <Refused name={rest.name} error={error}>
      <AriaTextField
        {...rest}
        type={type === "password" && shown ? "text" : type}
        className={`field ${size}`}
      >
        <Label>{label}</Label>
        {rows ? (
          <TextArea
            className="textarea"
            lang={written}
            rows={rows}
            placeholder={placeholder ?? ""}
            onInput={checkAgain}
          />
        ) : type === "password" ? (
          <div className="with-icon end">
            {input}
            <IconButton
              icon={shown ? "close" : "eye"}
              label={t(shown ? "ui.hidePassword" : "ui.showPassword")}
              onPress={() => setShown(!shown)}
            />
          </div>
        ) : (
          input
        )}
        {hint && (
          <Text slot="description" className="hint">
            {hint}
          </Text>
        )}
        <Problem />
      </AriaTextField>
    </Refused>
  );
}

/**
 * Checks a field that was wrong at every key. React Aria would wait until it is left; then the sentence below it would go
 * while the button is pressed, and the button would move away from under the pointer.
 */
function checkAgain({ currentTarget }: FormEvent<HTMLInputElement | HTMLTextAreaElement>) {
  if (currentTarget.ariaInvalid === "true") currentTarget.dispatchEvent(new Event("change"));
}

/**
 * Says what the server found wrong with the field inside. Not by `isInvalid`: the browser would then hold the form back,
 * and nobody could send it again. This way it goes with the next change.
 */
function Refused({
  name,
  error,
  children,
}: {
  name: string | undefined;
  error: string | undefined;
  children: ReactNode;
}) {
  const errors = useMemo(
    () => (name === undefined || error === undefined ? {} : { [name]: error }),
    [name, error],
  );
  return <FormValidationContext value={errors}>{children}</FormValidationContext>;
}

/** What is wrong with a field: ours for what the browser found, or the server's words. */
function Problem() {
  const { t } = useTranslation();
  return (
    <FieldError className="field-error">
      {({ validationDetails: found, validationErrors }) => {
        if (found.valueMissing) return t("ui.invalid.missing");
        if (found.tooShort) return t("ui.invalid.tooShort");
        if (found.typeMismatch) return t("ui.invalid.email");
        return validationErrors.join(" ");
      }}
    </FieldError>
  );
}

/** A search box; Escape clears it. */
export function SearchField({
  label,
  placeholder,
  ...rest
}: Plain<SearchFieldProps> & { label: string; placeholder?: string }) {
  const { t } = useTranslation();
  return (
    <AriaSearchField {...rest} aria-label={label} className="field sm">
      {({ isEmpty }) => (
        <div className="with-icon">
          <Icon name="search" size={14} />
          <Input className="input" placeholder={placeholder ?? label} />
          {!isEmpty && <IconButton icon="close" size={14} label={t("ui.clear")} slot="clear" />}
        </div>
      )}
    </AriaSearchField>
  );
}

/** Two days, each optional, as the API takes them: "2026-10-13". The browser's own date picker. */
export function DateRange({
  from,
  until,
  onChange,
}: {
  from?: string | undefined;
  until?: string | undefined;
  onChange: (range: { from?: string; until?: string }) => void;
}) {
  const { t } = useTranslation();
  const change = (next: { from?: string | undefined; until?: string | undefined }) =>
    onChange({ ...(next.from && { from: next.from }), ...(next.until && { until: next.until }) });
  return (
    <div className="daterange">
      <DayField
        label={t("ui.from")}
        value={from}
        max={until}
        onChange={(day) => change({ from: day, until })}
      />
      <DayField
        label={t("ui.until")}
        value={until}
        min={from}
        onChange={(day) => change({ from, until: day })}
      />
    </div>
  );
}

function DayField({
  label,
  value,
  min,
  max,
  onChange,
}: {
  label: string;
  value?: string | undefined;
  min?: string | undefined;
  max?: string | undefined;
  onChange: (day: string | undefined) => void;
}) {
  return (
    <label className="field sm inline">
      <span className="lab">{label}</span>
      <input
        type="date"
        className="input"
        value={value ?? ""}
        {...(min && { min })}
        {...(max && { max })}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
    </label>
  );
}
