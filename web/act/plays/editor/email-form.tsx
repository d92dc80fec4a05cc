import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Select, Switch } from "../../../ui/choice.tsx";
import { SettingRow } from "../../../collect/editor/part.tsx";
import type { StepOf } from "../steps/step-ways.ts";
import { ContentFields } from "./content-fields.tsx";
import { MailLanguages } from "./mail-languages.tsx";
import { PlayField, PlayProblemNote } from "./play-field.tsx";
import { useVariables } from "./variables.ts";

type Email = StepOf<"email">;
type MailText = Email["languages"][string];

const sites = ["g2", "capterra", "trustpilot", "google", "other"] as const;
const siteNames = { g2: "G2", capterra: "Capterra", trustpilot: "Trustpilot", google: "Google" } as const;

/** A mail in its languages, what is chosen for each customer, and what it asks of them. */
export function EmailForm({ step, set }: { step: Email; set: (step: Email) => void }) {
  const { t } = useTranslation();
  const [wanted, setLanguage] = useState(step.language);
  const language = wanted in step.languages ? wanted : step.language;
  const text = step.languages[language];
  return (
    <>
      <ContentFields step={step} set={set} />
      <MailLanguages step={step} set={set} language={language} setLanguage={setLanguage} />
      {text && (
        <Text
          key={language}
          step={step}
          language={language}
          text={text}
          onChange={(next) => set({ ...step, languages: { ...step.languages, [language]: next } })}
        />
      )}
      <div className="two">
        <Select
          label={t("plays.email.asks")}
          value={step.asks}
          options={(["nothing", "review", "story"] as const).map((id) => ({
            id,
            label: t(`plays.email.ask.${id}`),
          }))}
          onChange={(asks) => set({ ...step, asks, site: asks === "review" ? step.site : null })}
        />
        {step.asks === "review" && (
          <div data-path={`steps.${step.id}.site`}>
            <Select
              label={t("plays.email.site")}
              value={step.site}
              placeholder={t("plays.steps.choose")}
              options={sites.map((id) => ({
                id,
                label: id === "other" ? t("plays.email.otherSite") : siteNames[id],
              }))}
              onChange={(site) => set({ ...step, site })}
            />
            <PlayProblemNote path={`steps.${step.id}.site`} />
          </div>
        )}
      </div>
    </>
  );
}

function Text({
  step,
  language,
  text,
  onChange,
}: {
  step: Email;
  language: string;
  text: MailText;
  onChange: (text: MailText) => void;
}) {
  const { t } = useTranslation();
  const variables = useVariables(step);
  const path = `steps.${step.id}.languages.${language}`;
  const { button } = text;
  const common = { lang: language, variables };
  return (
    <>
      <PlayProblemNote path={path} />
      <PlayField
        {...common}
        label={t("editor.email.subject")}
        path={`${path}.subject`}
        value={text.subject}
        onChange={(subject) => onChange({ ...text, subject })}
      />
      <PlayField
        {...common}
        label={t("plays.email.body")}
        hint={t("plays.email.bodyHint")}
        path={`${path}.body`}
        rows={7}
        value={text.body}
        onChange={(body) => onChange({ ...text, body })}
      />
      <SettingRow
        title={t("plays.email.button")}
        control={
          <Switch
            aria-label={t("plays.email.button")}
            isSelected={button !== null}
            onChange={(on) => onChange({ ...text, button: on ? { label: "", link: "https://" } : null })}
          >
            {null}
          </Switch>
        }
      />
      {button !== null && (
        <div className="two">
          <PlayField
            {...common}
            label={t("plays.email.label")}
            path={`${path}.button.label`}
            value={button.label}
            onChange={(label) => onChange({ ...text, button: { ...button, label } })}
          />
          <PlayField
            variables={variables}
            label={t("plays.email.link")}
            path={`${path}.button.link`}
            value={button.link}
            onChange={(link) => onChange({ ...text, button: { ...button, link } })}
          />
        </div>
      )}
    </>
  );
}
