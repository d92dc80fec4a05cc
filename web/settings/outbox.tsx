import { useQuery } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { useMayDo, useSession, useTimeZone, useWorkspace } from "../session.ts";
import { Card, Note } from "../ui/card.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useFormat } from "../ui/format.ts";
import { EmptyState, ErrorCard, Ghost } from "../ui/states.tsx";

/** A mail that would have been sent. */
type OutboxMail = InferResponseType<typeof api.api.v1.outbox.$get, 200>["mails"][number];

/** Mails that were written but not sent, because no mail server is set. */
export function OutboxPage() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { mail } = useSession();
  const mayRead = useMayDo("owner");
  const [open, setOpen] = useState<OutboxMail | undefined>();
  const outbox = useQuery({
    queryKey: [slug, "outbox"],
    queryFn: () => read(api.api.v1.outbox.$get()),
    enabled: mayRead,
  });
  const mails = outbox.data?.mails ?? [];
  return (
    <Card flush title={t("settings.outbox.title")}>
      <div className="card-body">
        {mayRead ? (
          <p className="muted">{t(mail === "smtp" ? "settings.outbox.leadSmtp" : "settings.outbox.lead")}</p>
        ) : (
          <Note>{t("settings.outbox.noPermission")}</Note>
        )}
        {mayRead && outbox.isPending && <Ghost lines={[36, 36, 36]} />}
        {outbox.isError && (
          <ErrorCard
            title={t("settings.loadFailed")}
            error={outbox.error}
            onRetry={() => void outbox.refetch()}
          />
        )}
      </div>
      {outbox.data && mails.length === 0 && (
        <EmptyState icon="mail" title={t("settings.outbox.empty")} roomy>
          {t("settings.outbox.emptyBody")}
        </EmptyState>
      )}
      <ul className="row-list">
        {mails.map((mail) => (
          <MailRow key={mail.id} mail={mail} onOpen={() => setOpen(mail)} />
        ))}
      </ul>
      {open && <MailDialog mail={open} onClose={() => setOpen(undefined)} />}
    </Card>
  );
}

function MailRow({ mail, onOpen }: { mail: OutboxMail; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  return (
    <li>
      <AriaButton
        className="mail-row words"
        aria-label={t("settings.outbox.open", { subject: mail.subject })}
        onPress={onOpen}
      >
        <b>{mail.subject}</b>
        <span>{format.dateTime(mail.at)}</span>
        <span>{mail.to}</span>
      </AriaButton>
    </li>
  );
}

function MailDialog({ mail, onClose }: { mail: OutboxMail; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat(useTimeZone());
  const whole = useQuery({
    queryKey: [slug, "outbox", mail.id],
    queryFn: () => read(api.api.v1.outbox[":id"].$get({ param: { id: mail.id } })),
  });
  return (
    <Dialog title={mail.subject} isOpen onClose={onClose} shape="wide">
      <dl className="facts">
        <dt>{t("settings.outbox.to")}</dt>
        <dd>{mail.to}</dd>
        <dt>{t("settings.outbox.at")}</dt>
        <dd>{format.dateTime(mail.at)}</dd>
      </dl>
      {whole.isPending && (
        <Ghost
          lines={[
            [9, "80%"],
            [9, "92%"],
            [9, "60%"],
          ]}
        />
      )}
      {whole.isError && <ErrorCard error={whole.error} onRetry={() => void whole.refetch()} />}
      {whole.data && <p className="mail-text">{withLinks(whole.data.text)}</p>}
    </Dialog>
  );
}

/** A mail's text with its addresses as links, so that an invitation can be followed from here. */
function withLinks(text: string) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((part, index) =>
    index % 2 === 1 ? (
      <a key={index} className="link" href={part}>
        {part}
      </a>
    ) : (
      part
    ),
  );
}
