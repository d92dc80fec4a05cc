import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../ui/button.tsx";
import { Note } from "../../ui/card.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { Icon } from "../../ui/icons.tsx";
import { Menu } from "../../ui/menu.tsx";
import { completeness, languagesOf, pathsOf, textAt, withLanguage, withoutLanguage } from "./draft.ts";
import { useEditing } from "./editing.ts";
import { isLanguageTag, ownName } from "./language-name.ts";
import { Fold, Part } from "./part.tsx";
import { TextLine } from "./text-line.tsx";

/** In which languages the survey asks, and how complete each is. Choosing one edits and previews it. */
export function LanguagesPart() {
  const { t, i18n } = useTranslation();
  const { draft, shipped, language } = useEditing();
  const words = shipped[language] || !shipped.en ? [] : pathsOf({ words: shipped.en.words });
  return (
    <Part id="languages" title={t("editor.languages.title")} sub={t("editor.languages.sub")}>
      <ul className="langs">
        {languagesOf(draft.content).map((tag) => (
          <LanguageRow key={tag} tag={tag} />
        ))}
      </ul>
      <AddLanguage />
      {words.length > 0 && (
        <div className="folds">
          <Fold title={t("editor.languages.words")} sub={t("editor.languages.wordsSub")}>
            <Note>{t("editor.languages.wordsLead")}</Note>
            {words.map((path) => (
              <TextLine
                key={path}
                path={path}
                label={textAt(shipped[i18n.language] ?? shipped.en, path) ?? path}
              />
            ))}
          </Fold>
        </div>
      )}
    </Part>
  );
}

function LanguageRow({ tag }: { tag: string }) {
  const { t } = useTranslation();
  const { draft, shipped, shippedNames, language, setLanguage, changeContent } = useEditing();
  const { content } = draft;
  const isSource = tag === content.language;
  const { done, of, missing } = completeness(content, shipped, tag);
  const name = ownName(tag, shippedNames);
  // "Deutsch (Sie)": how people are addressed stands beside the language.
  const [, plain = name, form] = /^(.*?)(?:\s*\((.*)\))?$/.exec(name) ?? [];
  const standing = isSource
    ? t("editor.languages.default")
    : missing.length > 0
      ? t("editor.languages.draft")
      : undefined;
  const remove = () => {
    if (tag === language) setLanguage(content.language);
    changeContent((content) => withoutLanguage(content, tag));
  };
  return (
    <li className={tag === language ? "on" : ""}>
      <AriaButton
        className="lang-b"
        onPress={() => setLanguage(tag)}
        {...(tag === language && { "aria-current": "true" as const })}
      >
        <b lang={tag}>{plain}</b>
        <span className="faint">{[form, standing].filter(Boolean).join(", ")}</span>
        {missing.length === 0 ? (
          <span className="end pro">
            <Icon name="check" size={14} />
            {t("editor.languages.complete", { done, of })}
          </span>
        ) : (
          <span className="end pas">
            {t(missing.length === 1 ? "editor.languages.missingOne" : "editor.languages.missingSome", {
              done,
              of,
              what: t(`editor.languages.groups.${missing[0] ?? "question"}`),
              more: missing.length - 1,
            })}
          </span>
        )}
      </AriaButton>
      {!isSource && (
        <Menu
          label={t("editor.languages.menu", { name })}
          placement="bottom end"
          trigger={<IconButton icon="more" label={t("editor.languages.menu", { name })} />}
          sections={[
            {
              lines: [
                {
                  id: "default",
                  label: t("editor.languages.makeDefault"),
                  isDisabled: missing.length > 0,
                  onAction: () => changeContent((content) => ({ ...content, language: tag })),
                },
                { id: "remove", label: t("editor.languages.remove"), danger: true, onAction: remove },
              ],
            },
          ]}
        />
      )}
    </li>
  );
}

function AddLanguage() {
  const { t } = useTranslation();
  const { draft, shipped, shippedNames, setLanguage, changeContent } = useEditing();
  const [isTyping, setTyping] = useState(false);
  const offered = shippedNames.filter(({ tag }) => !(tag in draft.content.languages));
  const add = (tag: string) => {
    changeContent((content) => (tag in content.languages ? content : withLanguage(content, shipped, tag)));
    setLanguage(tag);
  };
  return (
    <div className="ed-after">
      <Menu
        label={t("editor.languages.add")}
        trigger={
          <Button size="sm" icon="plus">
            {t("editor.languages.add")}
          </Button>
        }
        sections={[
          {
            lines: offered.map(({ tag, name }) => ({
              id: tag,
              label: name,
              detail: tag,
              onAction: () => add(tag),
            })),
          },
          { lines: [{ id: "other…", label: t("editor.languages.other"), onAction: () => setTyping(true) }] },
        ].filter(({ lines }) => lines.length > 0)}
      />
      {isTyping && <OtherLanguage onClose={() => setTyping(false)} onAdd={add} />}
    </div>
  );
}

function OtherLanguage({ onClose, onAdd }: { onClose: () => void; onAdd: (tag: string) => void }) {
  const { t } = useTranslation();
  const { draft } = useEditing();
  const [tag, setTag] = useState("");
  const isKnown = tag in draft.content.languages;
  const isReady = isLanguageTag(tag) && !isKnown;
  const name = isReady ? ownName(tag) : "";
  const finish = () => {
    if (!isReady) return;
    onAdd(tag);
    onClose();
  };
  return (
    <Dialog
      title={t("editor.languages.other")}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button variant="primary" isDisabled={!isReady} onPress={finish}>
            {name && name !== tag ? t("editor.languages.addNamed", { name }) : t("editor.languages.addPlain")}
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          finish();
        }}
      >
        <TextField
          label={t("editor.languages.tag")}
          hint={isKnown ? t("editor.languages.known") : t("editor.languages.tagHint")}
          value={tag}
          onChange={(typed) => setTag(typed.trim())}
          autoFocus
        />
      </form>
    </Dialog>
  );
}
