import { useMutation, useQuery } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { useMayDo, useWorkspace } from "../session.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Confirm } from "../ui/dialog.tsx";
import { FormError } from "../ui/form.tsx";
import { Badge } from "../ui/marks.tsx";
import { Menu } from "../ui/menu.tsx";
import { EmptyState, ErrorCard, Ghost, useErrorSentence } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";
import { CreateReceiverDialog } from "./create-receiver-dialog.tsx";
import { ReceiverLog } from "./webhook-log.tsx";
import { wordsOfAlerts } from "./words-of-alerts.ts";

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
            {t("alerts.receivers.emptyBody")}
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
  const { slug } = useWorkspace();
  const sentence = useErrorSentence();
  const [open, setOpen] = useState<"log" | "delete">();
  const close = () => setOpen(undefined);
  const { id, kind, name, address, events, state, failingSince, disabledReason } = receiver;
  const onError = (error: Error) => toast({ message: sentence(error) });
  const test = useMutation({
    mutationFn: () => read(api.api.v1.receivers[":id"].test.$post({ param: { id } })),
    onSuccess: () => setOpen("log"),
    onError,
  });
  const change = useMutation({
    mutationFn: (to: "active" | "paused") =>
      api.api.v1.receivers[":id"].$patch({ param: { id }, json: { state: to } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, "receivers"] }),
    onError,
  });
  const told =
    events.length === 0
      ? t("alerts.receivers.onlyPlays")
      : events.map((event) => t(`alerts.events.${wordsOfAlerts(event)}`)).join(", ");
  return (
    <li>
      <div className="words">
        <b>{name}</b>
        <span>
          {t(kind === "slack" ? "alerts.kinds.slack" : "alerts.kinds.email")}, {address}
        </span>
        <span> · {told}</span>
        {state === "disabled" && (
          <p className="field-error">
            {t("settings.webhooks.disabledBody", { reason: disabledReason ?? "" })}
          </p>
        )}
      </div>
      {state !== "active" && (
        <Badge tone={state === "disabled" ? "detractor" : "line"}>
          {t(`settings.webhooks.states.${state}`)}
        </Badge>
      )}
      {state === "active" && failingSince !== null && (
        <Badge tone="detractor">{t("settings.webhooks.failing")}</Badge>
      )}
      {mayChange && (
        <>
          <Button
            size="sm"
            variant="quiet"
            aria-label={t("settings.webhooks.logOf", { name })}
            onPress={() => setOpen("log")}
          >
            {t("settings.webhooks.log")}
          </Button>
          <Menu
            label={t("settings.webhooks.more", { name })}
            placement="bottom end"
            trigger={<IconButton icon="more" label={t("settings.webhooks.more", { name })} />}
            sections={[
              {
                lines: [
                  {
                    id: "test",
                    label: t("settings.webhooks.test"),
                    icon: "send",
                    isDisabled: state !== "active",
                    onAction: () => test.mutate(),
                  },
                  {
                    id: "state",
                    label: t(state === "active" ? "settings.webhooks.pause" : "settings.webhooks.activate"),
                    icon: state === "active" ? "minus" : "retry",
                    onAction: () => change.mutate(state === "active" ? "paused" : "active"),
                  },
                  {
                    id: "delete",
                    label: t("settings.webhooks.delete"),
                    icon: "trash",
                    onAction: () => setOpen("delete"),
                  },
                ],
              },
            ]}
          />
        </>
      )}
      {open === "log" && <ReceiverLog receiver={receiver} onClose={close} />}
      {open === "delete" && <DeleteReceiver receiver={receiver} onClose={close} />}
    </li>
  );
}

function DeleteReceiver({ receiver: { id, name }, onClose }: { receiver: Receiver; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const remove = useMutation({
    mutationFn: () => api.api.v1.receivers[":id"].$delete({ param: { id } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [slug, "receivers"] });
      toast({ message: t("settings.webhooks.deleted", { name }) });
      onClose();
    },
  });
  return (
    <Confirm
      title={t("settings.webhooks.deleteTitle", { name })}
      action={t("settings.webhooks.delete")}
      isOpen
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
      onClose={onClose}
    >
      <p>{t("settings.webhooks.deleteBody")}</p>
      <FormError error={remove.error} />
    </Confirm>
  );
}
