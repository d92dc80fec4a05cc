import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { useSettled } from "../../../collect/editor/use-settled.ts";
import { foundQuery, nameOf } from "../../../identify/customers/customers-data.ts";
import { useWorkspace } from "../../../session.ts";
import { Icon } from "../../../ui/icons.tsx";

/** For whom something is shown. */
export interface ChosenCustomer {
  id: string;
  name: string | null;
  email: string | null;
}

/** Finds a customer by name, address or id while it is typed. */
export function CustomerSearch({
  customer,
  onChoose,
}: {
  customer: ChosenCustomer | undefined;
  onChoose: (customer: ChosenCustomer) => void;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const shown = customer?.name ?? customer?.email ?? "";
  const [typed, setTyped] = useState<string>();
  const text = useSettled(typed ?? "", 250);
  const query = useQuery(foundQuery(slug, text, 8));
  const found = query.data ?? [];
  const isLooked = text.trim().length > 1 && text === typed && !query.isFetching;
  return (
    <ComboBox
      className="field sm"
      inputValue={typed ?? shown}
      onInputChange={setTyped}
      items={text.trim().length > 1 ? found : []}
      // Always: it opens at the first letter, before anything can have been found.
      allowsEmptyCollection
      menuTrigger="input"
      onChange={(key) => {
        const chosen = found.find(({ id }) => id === key);
        if (chosen) onChoose({ id: chosen.id, name: nameOf(chosen), email: chosen.email });
        setTyped(undefined);
      }}
      onFocus={(event) => event.target instanceof HTMLInputElement && event.target.select()}
      onBlur={() => setTyped(undefined)}
    >
      <Label className="lab">{t("plays.preview.customer")}</Label>
      <div className="with-icon">
        <Icon name="search" size={14} />
        <Input className="input" placeholder={t("plays.preview.search")} />
      </div>
      <Popover className="pop">
        <ListBox
          className="pop-list"
          renderEmptyState={() => (
            <p className="note pl-nobody">
              {t(isLooked ? "plays.preview.notFound" : "plays.preview.search")}
            </p>
          )}
        >
          {(one: (typeof found)[number]) => (
            <ListBoxItem id={one.id} textValue={nameOf(one) ?? "–"} className="pop-item">
              <span>{nameOf(one) ?? "–"}</span>
              {one.name && one.email && <em>{one.email}</em>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
