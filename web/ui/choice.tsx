import type { ReactNode } from "react";
import {
  Button as AriaButton,
  Checkbox as AriaCheckbox,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup as AriaRadioGroup,
  Select as AriaSelect,
  SelectValue,
  Switch as AriaSwitch,
  Text,
  ToggleButton,
  ToggleButtonGroup,
  type CheckboxProps,
  type SwitchProps,
} from "react-aria-components";
import { Icon } from "./icons.tsx";
import "./field.css";
import "./menu.css";

/** One of a few values: `id` is what the program sees, `label` what the person sees. */
export interface Option<Id extends string = string> {
  id: Id;
  label: string;
  detail?: string;
  /** Cannot be chosen now; what stands beside it says why. */
  isDisabled?: boolean;
}

/** One choice from a list. `label` is shown unless `quiet`. */
export function Select<Id extends string>({
  label,
  options,
  value,
  onChange,
  hint,
  placeholder,
  quiet = false,
  size = "md",
  isDisabled = false,
}: {
  label: string;
  options: readonly Option<Id>[];
  value: Id | null;
  onChange: (id: Id) => void;
  hint?: ReactNode;
  placeholder?: string;
  quiet?: boolean;
  size?: "sm" | "md";
  isDisabled?: boolean;
}) {
  return (
    <AriaSelect
      className={`field ${size}`}
      value={value}
      onChange={(key) => key !== null && onChange(key as Id)}
      isDisabled={isDisabled}
      {...(quiet && { "aria-label": label })}
      {...(placeholder && { placeholder })}
    >
      {!quiet && <Label className="lab">{label}</Label>}
      <AriaButton className="select">
        <SelectValue className="value">{({ selectedText }) => selectedText || placeholder}</SelectValue>
        <Icon name="chevronDown" size={14} />
      </AriaButton>
      {hint && (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <Popover className="pop">
        <ListBox className="pop-list" items={options}>
          {(option) => (
            <ListBoxItem id={option.id} textValue={option.label} className="pop-item">
              <span className="pop-check">
                <Icon name="check" size={14} />
              </span>
              <span>{option.label}</span>
              {option.detail && <em>{option.detail}</em>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}

/** A box to tick; consent boxes start empty. */
export function Checkbox({
  children,
  detail,
  ...rest
}: Omit<CheckboxProps, "className" | "style" | "children"> & { children: ReactNode; detail?: ReactNode }) {
  return (
    <AriaCheckbox {...rest} className="check">
      <span className="box">
        <Icon name="check" size={12} />
      </span>
      <span>
        {children}
        {detail && <small>{detail}</small>}
      </span>
    </AriaCheckbox>
  );
}

/** On or off, at once. */
export function Switch({
  children,
  detail,
  ...rest
}: Omit<SwitchProps, "className" | "style" | "children"> & { children: ReactNode; detail?: ReactNode }) {
  return (
    <AriaSwitch {...rest} className="switch-row">
      <span className="words">
        {children}
        {detail && <small>{detail}</small>}
      </span>
      <span className="switch" />
    </AriaSwitch>
  );
}

/** One of a few, all in sight. */
export function RadioGroup<Id extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly Option<Id>[];
  value: Id;
  onChange: (id: Id) => void;
}) {
  return (
    <AriaRadioGroup className="field" value={value} onChange={(id) => onChange(id as Id)}>
      <Label className="lab">{label}</Label>
      <div className="checks">
        {options.map((option) => (
          <Radio
            key={option.id}
            value={option.id}
            isDisabled={option.isDisabled ?? false}
            className="check radio"
          >
            <span className="box" />
            <span>
              {option.label}
              {option.detail && <small>{option.detail}</small>}
            </span>
          </Radio>
        ))}
      </div>
    </AriaRadioGroup>
  );
}

/** A segmented control: one of a few, side by side. For views and filters, not for pages. */
export function Tabs<Id extends string>({
  label,
  options,
  value,
  onChange,
}: {
  label: string;
  options: readonly (Omit<Option<Id>, "label"> & { label: ReactNode })[];
  value: Id;
  onChange: (id: Id) => void;
}) {
  return (
    <ToggleButtonGroup
      className="tabs"
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const [key] = keys;
        if (key !== undefined) onChange(key as Id);
      }}
    >
      {options.map((option) => (
        <ToggleButton key={option.id} id={option.id}>
          {option.label}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
