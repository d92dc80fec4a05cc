import type { Key } from "react";
import {
  Autocomplete,
  Button as AriaButton,
  Header,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  Select as AriaSelect,
  SelectValue,
  useFilter,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { Option } from "./choice.tsx";
import { SearchField } from "./field.tsx";
import { Icon } from "./icons.tsx";
import "./menu.css";
import "./pick.css";

/** Options under a heading. */
export interface OptionSection<Id extends string> {
  title: string;
  options: readonly Option<Id>[];
}

const searchedFrom = 12;

/** A choice within a sentence, as wide as its words. Long lists can be searched. */
export function Pick<Id extends string>({
  label,
  sections,
  value,
  onChange,
  placeholder,
  autoFocus = false,
}: {
  /** Accessible name. */
  label: string;
  sections: readonly OptionSection<Id>[];
  value: Id | null;
  onChange: (id: Id) => void;
  placeholder?: string;
  /** It has just been added by the person. */
  autoFocus?: boolean;
}) {
  return (
    <AriaSelect
      className="pick"
      aria-label={label}
      autoFocus={autoFocus}
      value={value}
      onChange={(key) => key !== null && onChange(key as Id)}
    >
      <AriaButton className="pick-b">
        <SelectValue className="value">{({ selectedText }) => selectedText ?? placeholder}</SelectValue>
        <Icon name="chevronDown" size={12} />
      </AriaButton>
      <Options label={label} sections={sections} />
    </AriaSelect>
  );
}

/** Some of several within a sentence: "cooling or dormant". `none` is shown while nothing is chosen. */
export function PickSome<Id extends string>({
  label,
  options,
  value,
  onChange,
  written,
}: {
  label: string;
  options: readonly Option<Id>[];
  value: readonly Id[];
  onChange: (ids: Id[]) => void;
  /** What stands in the sentence. */
  written: string;
}) {
  return (
    <AriaSelect<object, "multiple">
      className="pick"
      aria-label={label}
      selectionMode="multiple"
      value={value as readonly Key[] as Id[]}
      onChange={(keys) => {
        const chosen = new Set(keys);
        onChange(options.map(({ id }) => id).filter((id) => chosen.has(id)));
      }}
    >
      <AriaButton className={value.length > 0 ? "pick-b" : "pick-b empty"}>
        <SelectValue className="value">{() => written}</SelectValue>
        <Icon name="chevronDown" size={12} />
      </AriaButton>
      <Options label={label} sections={[{ title: label, options }]} />
    </AriaSelect>
  );
}

function Options<Id extends string>({
  label,
  sections,
}: {
  label: string;
  sections: readonly OptionSection<Id>[];
}) {
  const { t } = useTranslation();
  const { contains } = useFilter({ sensitivity: "base" });
  const isLong = sections.reduce((sum, { options }) => sum + options.length, 0) > searchedFrom;
  const list = (
    <ListBox className="pop-list" aria-label={label}>
      {sections.map(({ title, options }) => (
        <ListBoxSection key={title} id={title} aria-label={title}>
          {sections.length > 1 && <Header className="pop-h">{title}</Header>}
          {options.map((option) => (
            <ListBoxItem key={option.id} id={option.id} textValue={option.label} className="pop-item">
              <span className="pop-check">
                <Icon name="check" size={14} />
              </span>
              <span>{option.label}</span>
              {option.detail && <em>{option.detail}</em>}
            </ListBoxItem>
          ))}
        </ListBoxSection>
      ))}
    </ListBox>
  );
  return (
    <Popover className={isLong ? "pop pick-pop" : "pop"}>
      {isLong ? (
        <Autocomplete filter={contains}>
          <div className="pick-search">
            <SearchField label={t("ui.searchList")} autoFocus />
          </div>
          {list}
        </Autocomplete>
      ) : (
        list
      )}
    </Popover>
  );
}
