import { useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../ui/button.tsx";
import { Note } from "../../ui/card.tsx";
import { TextField } from "../../ui/field.tsx";
import { categories, driversOf, said, type Category } from "./draft.ts";
import { moveDriver, offerDriver, withDriver, withoutDriver } from "./drivers.ts";
import { useEditing } from "./editing.ts";
import { TextLine } from "./text-line.tsx";

const most = 12;
const range = { detractor: "0–6", passive: "7–8", promoter: "9–10" } as const;

/** The pick-list: each choice with its words, after which answers it is offered, and its place. */
export function DriversField() {
  const { t } = useTranslation();
  const { draft, language, changeContent } = useEditing();
  const [label, setLabel] = useState("");
  const drivers = driversOf(draft.content);
  const add = () => {
    const words = label.trim();
    if (words === "") return;
    changeContent((content) => withDriver(content, language, words));
    setLabel("");
  };
  return (
    <>
      <Note>{t("editor.choices.lead")}</Note>
      {drivers.length > 0 && (
        <ul className="drivers">
          {drivers.map((id, index) => (
            <DriverRow key={id} id={id} isFirst={index === 0} isLast={index === drivers.length - 1} />
          ))}
        </ul>
      )}
      {drivers.length < most ? (
        <form
          className="ed-add"
          onSubmit={(event) => {
            event.preventDefault();
            add();
          }}
        >
          <TextField
            label={t("editor.choices.new")}
            value={label}
            onChange={setLabel}
            size="sm"
            maxLength={120}
          />
          <Button type="submit" icon="plus" isDisabled={label.trim() === ""}>
            {t("editor.choices.add")}
          </Button>
        </form>
      ) : (
        <Note>{t("editor.choices.full", { most })}</Note>
      )}
    </>
  );
}

function DriverRow({ id, isFirst, isLast }: { id: string; isFirst: boolean; isLast: boolean }) {
  const { t } = useTranslation();
  const { draft, shipped, language, changeContent } = useEditing();
  const { content } = draft;
  const name =
    said(content, shipped, language, `drivers.${id}`) ??
    said(content, shipped, content.language, `drivers.${id}`) ??
    id;
  const after = new Set<Category>(categories.filter((category) => content.drivers[category].includes(id)));
  const move = (step: 1 | -1) => changeContent((content) => moveDriver(content, id, step));
  return (
    <li>
      <TextLine path={`drivers.${id}`} label={t("editor.choices.label", { name })} quiet />
      <ToggleButtonGroup
        className="tabs"
        aria-label={t("editor.choices.after", { name })}
        selectionMode="multiple"
        disallowEmptySelection
        selectedKeys={after}
        onSelectionChange={(keys) =>
          changeContent((content) => offerDriver(content, id, keys as ReadonlySet<Category>))
        }
      >
        {categories.map((category) => (
          <ToggleButton key={category} id={category}>
            {range[category]}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      <span className="driver-b">
        <IconButton
          icon="chevronUp"
          size={14}
          label={t("editor.choices.up", { name })}
          isDisabled={isFirst}
          onPress={() => move(-1)}
        />
        <IconButton
          icon="chevronDown"
          size={14}
          label={t("editor.choices.down", { name })}
          isDisabled={isLast}
          onPress={() => move(1)}
        />
        <IconButton
          icon="close"
          size={14}
          label={t("editor.choices.remove", { name })}
          onPress={() => changeContent((content) => withoutDriver(content, id))}
        />
      </span>
    </li>
  );
}
