import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { MailFrame } from "../../../collect/editor/mail-preview.tsx";
import { useWorkspace } from "../../../session.ts";
import { Note } from "../../../ui/card.tsx";
import { Tabs } from "../../../ui/choice.tsx";
import { useFormat } from "../../../ui/format.ts";
import { Alert, ErrorCard, Ghost } from "../../../ui/states.tsx";
import { type StepPreview, stepPreviewQuery } from "../plays-data.ts";
import { usePlayEditing } from "./play-editing.ts";

/** What a customer would get of one step, as the server would send it, or why nothing. */
export function PreviewShown({
  step,
  customerId,
  language,
}: {
  step: string;
  customerId: string;
  /** Instead of the customer's own. */
  language: string | undefined;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { play } = usePlayEditing();
  const preview = useQuery(
    stepPreviewQuery(slug, play.id, {
      stamp: play.basedOn,
      step,
      customerId,
      ...(language !== undefined && { language }),
    }),
  );
  if (preview.error) {
    return (
      <ErrorCard
        title={t("plays.preview.failed")}
        stillTrue={t("editor.preview.failedRest")}
        error={preview.error}
        onRetry={() => void preview.refetch()}
      />
    );
  }
  if (!preview.data) return <Ghost lines={[[9, "40%"], [9, "60%"], 180]} />;
  return (
    <div className="pl-shown" aria-busy={preview.isFetching}>
      <What preview={preview.data} />
    </div>
  );
}

const skips = [
  "no_address",
  "permanent_holdout",
  "unsubscribed",
  "bounced",
  "no_feature",
  "no_gap",
  "nothing_browsed",
  "item_over",
  "no_text",
  "no_code",
  "text_broken",
] as const;

function What({ preview: { skip, mail, text, title, pool } }: { preview: StepPreview }) {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = skips.find((each) => each === skip) ?? "other";
  return (
    <>
      {skip !== null && (
        <Alert icon="warning" title={t("plays.preview.skipped")}>
          {t(`plays.preview.skips.${reason}`)}
        </Alert>
      )}
      {mail && <Mail mail={mail} />}
      {(title !== null || text !== null) && (
        <div className="pl-said">
          {title !== null && <b>{title}</b>}
          {text !== null && <p>{text}</p>}
        </div>
      )}
      {pool && (
        <div className="pl-said">
          <b>{pool.worth || pool.name}</b>
          <p>{t("plays.preview.pool", { name: pool.name, written: format.count(pool.free) })}</p>
        </div>
      )}
    </>
  );
}

function Mail({ mail }: { mail: NonNullable<StepPreview["mail"]> }) {
  const { t } = useTranslation();
  const [look, setLook] = useState<"light" | "dark">("light");
  const { language, subject, html, feature, content, exampleCode } = mail;
  const chosen = [feature, ...content.map(({ name }) => name)].filter((each) => each !== null);
  return (
    <>
      <Tabs
        label={t("editor.preview.look")}
        value={look}
        options={(["light", "dark"] as const).map((id) => ({ id, label: t(`editor.preview.${id}`) }))}
        onChange={setLook}
      />
      <div className="mail" data-scheme={look}>
        <dl className="mail-h">
          <dt>{t("editor.preview.subject")}</dt>
          <dd lang={language}>{subject}</dd>
        </dl>
        <MailFrame
          html={html}
          language={language}
          isDark={look === "dark"}
          title={t("editor.preview.frame")}
        />
      </div>
      {chosen.length > 0 && <Note>{t("plays.preview.chosen", { what: chosen.join(", ") })}</Note>}
      {exampleCode && <Note>{t("plays.preview.exampleCode")}</Note>}
    </>
  );
}
