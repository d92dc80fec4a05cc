import { useTranslation } from "react-i18next";
import { problemOf } from "../../accounts/problems.ts";
import { languageName } from "../../collect/language-name.ts";
import { ApiError } from "../../api.ts";
import { IconButton } from "../../ui/button.tsx";
import { Select } from "../../ui/choice.tsx";
import { TextField } from "../../ui/field.tsx";
import { useFormat } from "../../ui/format.ts";
import type { ContentTexts } from "./library-data.ts";

const offered = ["en", "de", "de-x-du", "fr", "es", "it", "pt", "nl", "pl", "ja", "tr", "sv", "da", "cs"];
const fields = ["title", "text", "link"] as const;

/** The texts of an item, one box for each language. */
export function LanguageTexts({
  texts,
  onChange,
  error,
}: {
  texts: ContentTexts;
  onChange: (texts: ContentTexts) => void;
  error: unknown;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const left = offered.filter((tag) => !texts[tag]);
  const without = (tag: string) => Object.fromEntries(Object.entries(texts).filter(([each]) => each !== tag));
  return (
    <div className="lib-languages">
      {Object.entries(texts).map(([tag, text]) => {
        const language = languageName(format, tag);
        const set = (field: (typeof fields)[number]) => (value: string) =>
          onChange({
            ...texts,
            [tag]: { ...text, [field]: field === "link" && value.trim() === "" ? null : value },
          });
        return (
          <fieldset key={tag} className="lib-language">
            <legend>{language}</legend>
            <IconButton
              icon="trash"
              label={t("library.form.removeLanguage", { language })}
              onPress={() => onChange(without(tag))}
            />
            <TextField
              name={`${tag}-title`}
              written={tag}
              label={t("library.form.title")}
              value={text.title}
              onChange={set("title")}
              error={inLanguage(error, tag, "title")}
              isRequired
            />
            <TextField
              name={`${tag}-text`}
              written={tag}
              label={t("library.form.text")}
              hint={t("library.form.textHint")}
              value={text.text}
              onChange={set("text")}
              error={inLanguage(error, tag, "text")}
              rows={2}
              isRequired
            />
            <TextField
              name={`${tag}-link`}
              label={t("library.form.link")}
              hint={t("library.form.linkHint")}
              value={text.link ?? ""}
              onChange={set("link")}
              error={inLanguage(error, tag, "link")}
              inputMode="url"
              autoComplete="off"
            />
          </fieldset>
        );
      })}
      {left.length > 0 && (
        <Select
          label={t("library.form.addLanguage")}
          quiet
          placeholder={t("library.form.addLanguage")}
          options={left.map((tag) => ({ id: tag, label: languageName(format, tag) }))}
          value={null}
          onChange={(tag) => onChange({ ...texts, [tag]: { title: "", text: "", link: null } })}
        />
      )}
    </div>
  );
}

function inLanguage(error: unknown, tag: string, field: string): string | undefined {
  const isHere =
    error instanceof ApiError &&
    error.details?.problems?.some(({ path }) => path === `languages.${tag}.${field}`);
  return isHere ? problemOf(error, field) : undefined;
}
