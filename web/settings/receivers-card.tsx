import { useQuery } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { useMayDo, useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { EmptyState, ErrorCard, Ghost } from "../ui/states.tsx";
import { CreateReceiverDialog } from "./create-receiver-dialog.tsx";
import { eventWords } from "./event-words.ts";
import { ToldRow } from "./told-row.tsx";

export type Receiver = InferResponseType<typeof api.api.v1.receivers.$get, 200>["receivers"][number];

/** Addresses and Slack channels that are told at once; programs have a page of their own. */
export function ReceiversCard() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayChange = useMayDo("admin");
  const [isCreating, setCreating] = useState(false);
  const receivers = useQuery({
    queryKey: [slug, "receivers"],
    queryFn: () => read(api.api.v1.receivers.$get()),
  });
  const list = receivers.data?.receivers.filter(({ kind }) => kind !== "webhook") ?? [];
  const create = mayChange && (
    <Button size="sm" icon="plus" onPress={() => setCreating(true)}>
      {t("alerts.receivers.create")}
    </Button>
  );
  return (
    <>
      <Card flush title={t("alerts.receivers.title")} end={create}>
        <div className="card-body">
          <p className="muted">{t("alerts.receivers.lead")}</p>
          {receivers.isPending && <Ghost lines={[36, 36]} />}
          {receivers.isError && (
            <ErrorCard
              title={t("settings.loadFailed")}
              error={receivers.error}
              onRetry={() => void receivers.refetch()}
            />
          )}
        </div>
        {receivers.data && list.length === 0 && (
          <EmptyState icon="send" title={t("alerts.receivers.empty")} roomy>
            {mayChange && t("alerts.receivers.emptyBody")}
          </EmptyState>
        )}
        <ul className="row-list">
          {list.map((receiver) => (
            <ReceiverRow key={receiver.id} receiver={receiver} mayChange={mayChange} />
          ))}
        </ul>
      </Card>
      <CreateReceiverDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </>
  );
}

function ReceiverRow({ receiver, mayChange }: { receiver: Receiver; mayChange: boolean }) {
  const { t } = useTranslation();
  const { kind, address, events } = receiver;
  const told =
    events.length === 0
      ? t("alerts.receivers.onlyPlays")
      : events.map((event) => t(`settings.webhooks.events.${eventWords(event)}`)).join(", ");
  return (
    <ToldRow kind="receivers" told={receiver} mayChange={mayChange}>
      <span>
        {t(kind === "slack" ? "alerts.kinds.slack" : "alerts.kinds.email")}, {address}
      </span>
      <span> · {told}</span>
    </ToldRow>
  );
}
