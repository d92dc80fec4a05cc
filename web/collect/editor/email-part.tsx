import { useTranslation } from "react-i18next";
import { useEditing } from "./editing.ts";
import { Fold, Part } from "./part.tsx";
import { PlainLine } from "./plain-line.tsx";
import { TextLine } from "./text-line.tsx";

/** The mail around the question: its words in each language, and who it is from. */
export function EmailPart() {
  const { t } = useTranslation();
  const { draft } = useEditing();
  const { sender } = draft.settings;
  const { signature } = draft.content;
  return (
    <Part id="email" title={t("editor.email.title")} sub={t("editor.email.sub")}>
      <div className="fields">
        <TextLine path="wording.email.subject" label={t("editor.email.subject")} variables />
        <TextLine path="wording.email.greeting" label={t("editor.email.greeting")} rows={2} variables />
        <TextLine path="wording.email.intro" label={t("editor.email.intro")} rows={2} variables />
      </div>
      <div className="folds">
        <Fold title={t("editor.email.sender")} sub={sender.name ?? t("editor.email.senderStandard")}>
          <Sender />
        </Fold>
        <Fold title={t("editor.email.signature")} sub={signature.name ?? t("editor.email.signatureNone")}>
          <Signature />
        </Fold>
        <Fold title={t("editor.email.foot")} sub={t("editor.email.footSub")}>
          <Foot />
        </Fold>
        <Fold title={t("editor.email.reminder")} sub={t("editor.email.reminderSub")}>
          <TextLine
            path="wording.email.reminderSubject"
            label={t("editor.email.reminderSubject")}
            variables
          />
        </Fold>
      </div>
    </Part>
  );
}

function Sender() {
  const { t } = useTranslation();
  const { draft, changeSettings } = useEditing();
  const { sender } = draft.settings;
  return (
    <div className="two">
      <PlainLine
        label={t("editor.email.senderName")}
        hint={t("editor.email.senderHint")}
        path="settings.sender.name"
        value={sender.name}
        onChange={(name) => changeSettings({ sender: { ...sender, name: name || null } })}
      />
      <PlainLine
        label={t("editor.email.replyTo")}
        hint={t("editor.email.replyToHint")}
        path="settings.sender.replyTo"
        type="email"
        value={sender.replyTo}
        onChange={(replyTo) => changeSettings({ sender: { ...sender, replyTo: replyTo || null } })}
      />
    </div>
  );
}

function Signature() {
  const { t } = useTranslation();
  const { draft, changeContent } = useEditing();
  const { signature } = draft.content;
  const change = (part: Partial<typeof signature>) =>
    changeContent((content) => ({ ...content, signature: { ...content.signature, ...part } }));
  return (
    <div className="two">
      <PlainLine
        label={t("editor.email.signatureName")}
        path="content.signature.name"
        value={signature.name}
        onChange={(name) => change({ name: name || null })}
      />
      <PlainLine
        label={t("editor.email.signatureRole")}
        path="content.signature.role"
        value={signature.role}
        onChange={(role) => change({ role: role || null })}
      />
    </div>
  );
}

function Foot() {
  const { t } = useTranslation();
  const { draft, changeContent } = useEditing();
  const { content } = draft;
  return (
    <>
      <TextLine
        path="wording.email.reason"
        label={t("editor.email.reason")}
        hint={t("editor.email.reasonHint")}
        variables
      />
      <PlainLine
        label={t("editor.email.postalAddress")}
        hint={t("editor.email.postalAddressHint")}
        path="content.postalAddress"
        value={content.postalAddress}
        onChange={(address) => changeContent((content) => ({ ...content, postalAddress: address || null }))}
      />
      <PlainLine
        label={t("editor.email.privacyLink")}
        path="content.privacyLink"
        type="url"
        placeholder="https://"
        value={content.privacyLink}
        onChange={(link) => changeContent((content) => ({ ...content, privacyLink: link || null }))}
      />
    </>
  );
}
