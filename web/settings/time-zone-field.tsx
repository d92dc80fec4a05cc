import {
  ComboBox,
  Button as AriaButton,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Icon } from "../ui/icons.tsx";
import "../ui/field.css";
import "../ui/menu.css";

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")].map((id) => ({
  id,
}));

/** A time zone, found by typing part of its name. */
export function TimeZoneField({
  value,
  onChange,
  isDisabled,
}: {
  value: string;
  onChange: (zone: string) => void;
  isDisabled: boolean;
}) {
  const { t } = useTranslation();
  const items = zones.some(({ id }) => id === value) ? zones : [{ id: value }, ...zones];
  return (
    <ComboBox
      className="field"
      defaultItems={items}
      value={value}
      onChange={(key) => key !== null && onChange(String(key))}
      isDisabled={isDisabled}
    >
      <Label>{t("settings.workspace.timeZone")}</Label>
      <div className="with-icon end">
        <Input className="input" />
        <AriaButton className="icon-btn">
          <Icon name="chevronDown" size={14} />
        </AriaButton>
      </div>
      <Text slot="description" className="hint">
        {t("settings.workspace.timeZoneHint")}
      </Text>
      <Popover className="pop tall">
        <ListBox className="pop-list">
          {({ id }: { id: string }) => (
            <ListBoxItem id={id} textValue={id} className="pop-item">
              {id.replaceAll("_", " ")}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </ComboBox>
  );
}
