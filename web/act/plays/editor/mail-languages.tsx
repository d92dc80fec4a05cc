import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { shippedQuery } from "../../../collect/editor/editor-data.ts";
import { ownName } from "../../../collect/editor/language-name.ts";
import { Button, IconButton } from "../../../ui/button.tsx";
import { Tabs } from "../../../ui/choice.tsx";
import { Menu } from "../../../ui/menu.tsx";
import type { StepOf } from "../steps/step-ways.ts";
import { usePlayEditing } from "./play-editing.ts";
import { PlayProblemNote } from "./play-field.tsx";

type Email = StepOf<"email">;

/** In which languages a mail is written; the first is also sent where a customer's own is missing. */
export function MailLanguages({
  step,
  set,
  language,
  setLanguage,
}: {
  step: Email;
  set: (step: Email) => void;
  language: string;
  setLanguage: (tag: string) => void;
}) {
  const { t } = useTranslation();
  const { mayEdit } = usePlayEditing();
  const offered = useQuery(shippedQuery).data?.languages ?? [];
  const tags = [step.language, ...Object.keys(step.languages).filter((tag) => tag !== step.language)];
  const add = (tag: string) => {
    const source = step.languages[step.language];
    const text = { subject: "", body: "", button: source?.button ? { ...source.button, label: "" } : null };
    set({ ...step, languages: { ...step.languages, [tag]: text } });
    setLanguage(tag);
  };
  const remove = () => {
    const { [language]: _, ...languages } = step.languages;
    setLanguage(step.language);
    set({ ...step, languages });
  };
  const name = ownName(language, offered);
  return (
    <div>
      <div className="pl-langs">
        <Tabs
          label={t("plays.email.languages")}
          value={language}
          options={tags.map((tag) => ({ id: tag, label: <span lang={tag}>{ownName(tag, offered)}</span> }))}
          onChange={setLanguage}
        />
        {mayEdit && (
          <>
            <Menu
              label={t("editor.languages.add")}
              trigger={
                <Button size="sm" variant="quiet" icon="plus">
                  {t("editor.languages.add")}
                </Button>
              }
              sections={[
                {
                  lines: offered
                    .filter(({ tag }) => !(tag in step.languages))
                    .map(({ tag, name }) => ({
                      id: tag,
                      label: name,
                      detail: tag,
                      onAction: () => add(tag),
                    })),
                },
              ]}
            />
            {language !== step.language && (
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
                        onAction: () => set({ ...step, language }),
                      },
                      {
                        id: "remove",
                        label: t("editor.languages.remove"),
                        danger: true,
                        onAction: remove,
                      },
                    ],
                  },
                ]}
              />
            )}
          </>
        )}
      </div>
      <p className="hint">{t(language === step.language ? "plays.email.source" : "plays.email.other")}</p>
      <PlayProblemNote path={`steps.${step.id}.language`} />
    </div>
  );
}
