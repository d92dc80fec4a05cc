import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Tabs } from "../../ui/choice.tsx";
import { Note } from "../../ui/card.tsx";
import { languagesOf } from "./draft.ts";
import { useEditing } from "./editing.ts";
import { ownName } from "./language-name.ts";
import { MailPreview } from "./mail-preview.tsx";
import { WidgetPreview } from "./widget-preview.tsx";

type Look = "light" | "dark" | "phone";

/** What respondents will see, in every language, while it is written. */
export function Preview() {
  const { t } = useTranslation();
  const { draft, shippedNames, language, setLanguage } = useEditing();
  const [look, setLook] = useState<Look>("light");
  const { channels } = draft.settings;
  const tags = languagesOf(draft.content);
  const isDark = look === "dark";
  return (
    <section className="canvas" aria-label={t("editor.preview.title")}>
      <div className="canvas-h">
        <Tabs
          label={t("editor.preview.language")}
          value={language}
          options={tags.map((tag) => ({
            id: tag,
            label: <span lang={tag}>{ownName(tag, shippedNames)}</span>,
          }))}
          onChange={setLanguage}
        />
        <Tabs
          label={t("editor.preview.look")}
          value={look}
          options={(["light", "dark", "phone"] as const).map((id) => ({
            id,
            label: t(`editor.preview.${id}`),
          }))}
          onChange={setLook}
        />
      </div>
      {channels.email && (
        <>
          <h2 className="canvas-l">{t("editor.channels.email")}</h2>
          <MailPreview isDark={isDark} isPhone={look === "phone"} />
        </>
      )}
      {channels.widget && (
        <>
          <h2 className="canvas-l">{t("editor.preview.widget")}</h2>
          <WidgetPreview key={language} isDark={isDark} />
        </>
      )}
      {!channels.email && !channels.widget && <Note>{t("editor.preview.none")}</Note>}
    </section>
  );
}
