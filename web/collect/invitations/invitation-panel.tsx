import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, isGone, read } from "../../api.ts";
import { useMayDo, useTimeZone, useWorkspace } from "../../session.ts";
import { Button, IconButton, Kbd, Link } from "../../ui/button.tsx";
import { Confirm, Dialog } from "../../ui/dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { useNow } from "../../ui/now.ts";
import { EmptyState, ErrorCard, Ghost, useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { languageName } from "../language-name.ts";
import { surveysQuery } from "../surveys-data.ts";
import type { OpenedRow } from "../use-address.ts";
import { FateWords } from "./fate-words.tsx";
import { canBeCancelled } from "./invitation-fate.ts";
import { stepsOf, type Step } from "./invitation-steps.ts";
import { invitationQuery, type Invitation } from "./invitations-data.ts";
import { reasonName } from "./reason-name.ts";

/** The open invitation: beside the table where there is room, otherwise over it. */
export function InvitationPanel({
  opened,
  rows,
  isBeside,
}: {
  opened: OpenedRow;
  rows: readonly Invitation[];
  isBeside: boolean;
}) {
  const { t } = useTranslation();
  const row = rows.find(({ id }) => id === opened.open?.id);
  if (!isBeside) {
    return (
      <Dialog shape="side" title={t("invitations.detail.title")} isOpen onClose={opened.close}>
        <div className="rs-panel-h">
          <Moves opened={opened} />
        </div>
        <Detail opened={opened} row={row} />
      </Dialog>
    );
  }
  return (
    <aside className="rs-panel" aria-label={t("invitations.detail.title")}>
      <div className="rs-panel-h">
        <Moves opened={opened} />
        <span className="rs-end">
          <IconButton icon="close" label={t("invitations.detail.close")} onPress={opened.close} />
        </span>
      </div>
      <Detail opened={opened} row={row} />
    </aside>
  );
}

function Moves({ opened }: { opened: OpenedRow }) {
  const { t } = useTranslation();
  return (
    <>
      <IconButton
        icon="chevronUp"
        label={t("invitations.detail.previous")}
        isDisabled={!opened.canGoBack}
        onPress={() => opened.move(-1)}
      />
      <IconButton
        icon="chevronDown"
        label={t("invitations.detail.next")}
        isDisabled={!opened.canGoOn}
        onPress={() => opened.move(1)}
      />
      <span className="keys small faint">
        <Kbd>J</Kbd> <Kbd>K</Kbd> {t("ui.table.toMove")}
      </span>
    </>
  );
}

function Detail({ opened, row }: { opened: OpenedRow; row: Invitation | undefined }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { id = "", customer = "" } = opened.open ?? {};
  const { data, error, refetch } = useQuery(invitationQuery(slug, id, customer));
  const invitation = data ?? row;
  if (invitation) return <Whole invitation={invitation} />;
  return (
    <div className="rs-detail">
      {isGone(error) ? (
        <EmptyState icon="mail" title={t("invitations.goneTitle")}>
          {t("invitations.goneBody")}
        </EmptyState>
      ) : error ? (
        <ErrorCard title={t("invitations.openError")} error={error} onRetry={() => void refetch()} />
      ) : (
        <Ghost lines={[20, [14, "60%"], 14, 14, 14]} />
      )}
    </div>
  );
}

function Whole({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const mayEdit = useMayDo("editor");
  const now = useNow();
  const { customer, recipient } = invitation;
  const address = recipient ?? customer.email;
  return (
    <div className="rs-detail" aria-live="polite">
      <div className="iv-head">
        <h2>{customer.name ?? address ?? t("invitations.noName")}</h2>
        {address && customer.name && <p className="small faint">{address}</p>}
        <FateWords invitation={invitation} />
      </div>
      <section className="rs-section">
        <h3>{t("invitations.detail.steps")}</h3>
        <Steps invitation={invitation} />
      </section>
      <Facts invitation={invitation} />
      {mayEdit && canBeCancelled(invitation, now) && <Cancel invitation={invitation} />}
    </div>
  );
}

function Steps({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  return (
    <ol className="iv-steps">
      {stepsOf(invitation, useNow()).map((step) => (
        <li key={step.id} className={step.isAhead ? "faint" : ""}>
          <span className={step.isAhead ? "dot s" : `dot ${dotOf[step.tone]}`} />
          <span>
            {stepName(step)}
            {(step.id === "failed" || step.id === "cancelled" || step.id === "bounced") &&
              invitation.reason && <small>{reasonName(t, invitation.reason)}</small>}
            {step.id === "opened" && <small>{t("invitations.detail.openedNote")}</small>}
          </span>
          {step.at && <time dateTime={step.at}>{format.dateTime(step.at)}</time>}
        </li>
      ))}
    </ol>
  );
  function stepName({ id }: Step) {
    if (id === "reminded") return t("invitations.steps.reminded", { count: invitation.reminders });
    return t(`invitations.steps.${id}`);
  }
}

const dotOf = { detractor: "d", passive: "p", promoter: "o", silent: "" } as const;

function Facts({ invitation }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat();
  const surveys = useQuery(surveysQuery(slug)).data;
  const { surveyId, version, language, channel } = invitation;
  const survey = surveys?.find(({ id }) => id === surveyId);
  return (
    <section className="rs-section">
      <h3>{t("invitations.detail.facts")}</h3>
      <dl className="rs-facts">
        <div>
          <dt>{t("invitations.survey")}</dt>
          <dd>{survey && <Link href={`/${slug}/surveys/${surveyId}`}>{survey.name}</Link>}</dd>
        </div>
        <div>
          <dt>{t("invitations.detail.version")}</dt>
          <dd>{version}</dd>
        </div>
        <div>
          <dt>{t("invitations.language")}</dt>
          <dd>{languageName(format, language)}</dd>
        </div>
        <div>
          <dt>{t("invitations.detail.by")}</dt>
          <dd>{t(`invitations.detail.channels.${channel}`)}</dd>
        </div>
      </dl>
    </section>
  );
}

/** What is cancelled cannot be taken up again, so this asks first. */
function Cancel({ invitation: { id, customerId, sentAt } }: { invitation: Invitation }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const cache = useQueryClient();
  const sentence = useErrorSentence();
  const [isAsking, setAsking] = useState(false);
  const cancel = useMutation({
    mutationFn: () =>
      read(api.api.v1.invitations[":id"].cancel.$post({ param: { id }, query: { customer: customerId } })),
    onSuccess: () => toast({ message: t("invitations.cancel.done") }),
    onError: (error) =>
      toast({ message: `${t("invitations.cancel.failed")} ${sentence(error)}`, tone: "warning" }),
    onSettled: async () => {
      setAsking(false);
      await Promise.all(
        ["invitation", "invitations", "surveys"].map((name) =>
          cache.invalidateQueries({ queryKey: [slug, name] }),
        ),
      );
    },
  });
  return (
    <section className="rs-section">
      <Button danger size="sm" onPress={() => setAsking(true)}>
        {t("invitations.cancel.action")}
      </Button>
      <Confirm
        title={t("invitations.cancel.title")}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={() => cancel.mutate()}
        action={t("invitations.cancel.action")}
        isPending={cancel.isPending}
      >
        <p>{t(sentAt ? "invitations.cancel.bodySent" : "invitations.cancel.body")}</p>
      </Confirm>
    </section>
  );
}
