import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { Switch } from "../../ui/choice.tsx";
import { IconButton } from "../../ui/button.tsx";
import { copyText } from "../../ui/copy.ts";
import { Note } from "../../ui/card.tsx";
import { linkQuery } from "../surveys/survey-data.ts";
import { useEditing } from "./editing.ts";
import { Part, SettingRow } from "./part.tsx";
import { Stepper } from "./stepper.tsx";
import { WordsField } from "./words-field.tsx";

/** By which ways customers are asked, and the rules of each. */
export function ChannelsPart() {
  const { t } = useTranslation();
  const { survey, draft, anonymous, changeSettings, changeAnonymous } = useEditing();
  const { channels } = draft.settings;
  const isDraft = survey.version === 0;
  return (
    <>
      <Part id="channels" title={t("editor.channels.title")}>
        {(["email", "widget", "link"] as const).map((channel) => (
          <SettingRow
            key={channel}
            title={t(`editor.channels.${channel}`)}
            detail={t(`editor.channels.${channel}Detail`)}
            control={
              <Switch
                aria-label={t(`editor.channels.${channel}`)}
                isSelected={channels[channel]}
                onChange={(isOn) => changeSettings({ channels: { ...channels, [channel]: isOn } })}
              >
                {null}
              </Switch>
            }
          >
            {channel === "widget" && channels.widget && <WidgetRules />}
            {channel === "link" && channels.link && <LinkRules />}
          </SettingRow>
        ))}
      </Part>
      {(isDraft || anonymous) && (
        <Part id="anonymity" title={t("editor.anonymous.title")}>
          <SettingRow
            title={t("editor.anonymous.row")}
            detail={t("editor.anonymous.detail")}
            control={
              <Switch
                aria-label={t("editor.anonymous.row")}
                isSelected={anonymous}
                onChange={changeAnonymous}
                isDisabled={!isDraft}
              >
                {null}
              </Switch>
            }
          />
          <Note>{t(isDraft ? "editor.anonymous.once" : "editor.anonymous.kept")}</Note>
        </Part>
      )}
    </>
  );
}

function WidgetRules() {
  const { t } = useTranslation();
  const { survey, draft, changeSettings } = useEditing();
  const { widget } = draft.settings;
  const change = (part: Partial<typeof widget>) => changeSettings({ widget: { ...widget, ...part } });
  const snippet = `<script src="${new URL(usePublicLink(survey.id)).origin}/widget.js" data-survey="${survey.id}" async></script>`;
  return (
    <div className="sub-rows">
      <SettingRow
        title={t("editor.widget.visits")}
        control={
          <Stepper
            label={t("editor.widget.visits")}
            unit={t("editor.widget.visitsUnit")}
            value={widget.afterVisits}
            min={0}
            max={100}
            onChange={(visits) => visits !== null && change({ afterVisits: visits })}
          />
        }
      />
      <SettingRow
        title={t("editor.widget.seconds")}
        control={
          <Stepper
            label={t("editor.widget.seconds")}
            unit={t("editor.widget.secondsUnit")}
            value={widget.afterSeconds}
            min={0}
            max={3600}
            onChange={(seconds) => seconds !== null && change({ afterSeconds: seconds })}
          />
        }
      />
      <SettingRow
        title={t("editor.widget.sample")}
        control={
          <Stepper
            label={t("editor.widget.sample")}
            unit={t("editor.when.percent")}
            value={Math.round(widget.sample * 1000) / 10}
            min={0}
            max={100}
            step={0.1}
            onChange={(percent) => percent !== null && change({ sample: percent / 100 })}
          />
        }
      />
      <WordsField
        label={t("editor.widget.notOn")}
        hint={t("editor.widget.notOnHint")}
        path="settings.widget.notOn"
        value={widget.notOn}
        onChange={(notOn) => change({ notOn })}
      />
      <Copyable label={t("editor.widget.snippet")} text={snippet} />
    </div>
  );
}

function LinkRules() {
  const { t } = useTranslation();
  const { survey, anonymous, draft, changeSettings } = useEditing();
  const { link } = draft.settings;
  const address = usePublicLink(survey.id);
  return (
    <div className="sub-rows">
      {!anonymous && (
        <SettingRow
          title={t("editor.link.askEmail")}
          detail={t("editor.link.askEmailDetail")}
          control={
            <Switch
              aria-label={t("editor.link.askEmail")}
              isSelected={link.askEmail}
              onChange={(askEmail) => changeSettings({ link: { ...link, askEmail } })}
            >
              {null}
            </Switch>
          }
        />
      )}
      <WordsField
        label={t("editor.link.traits")}
        hint={t("editor.link.traitsHint")}
        path="settings.link.traits"
        value={link.traits}
        onChange={(traits) => changeSettings({ link: { ...link, traits } })}
      />
      <Copyable label={t("editor.link.address")} text={address} />
    </div>
  );
}

/** The survey's address as respondents reach it: the server may have another name than the one this page came from. */
function usePublicLink(surveyId: string): string {
  const { slug } = useWorkspace();
  return useQuery(linkQuery(slug, surveyId)).data?.url ?? `${location.origin}/s/${surveyId}`;
}

function Copyable({ label, text }: { label: string; text: string }) {
  const { t } = useTranslation();
  return (
    <div className="copyable">
      <span className="lab">{label}</span>
      <span className="copyable-b">
        <code>{text}</code>
        <IconButton icon="copy" label={`${t("ui.copy")}: ${label}`} onPress={() => void copyText(text)} />
      </span>
    </div>
  );
}
