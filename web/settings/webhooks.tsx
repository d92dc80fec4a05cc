import { useMutation, useQuery } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { useMayDo, useWorkspace } from "../session.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Card, Note } from "../ui/card.tsx";
import { Confirm, Dialog } from "../ui/dialog.tsx";
import { FormError } from "../ui/form.tsx";
import { Badge } from "../ui/marks.tsx";
import { Menu } from "../ui/menu.tsx";
import { EmptyState, ErrorCard, Ghost, useErrorSentence } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";
import { CreateWebhookDialog } from "./create-webhook-dialog.tsx";
import { Secret } from "./secret.tsx";
import { WebhookLog } from "./webhook-log.tsx";

/** A program that is told at once. */
export type Webhook = InferResponseType<typeof api.api.v1.webhooks.$get, 200>["webhooks"][number];

/** Programs that are told at once of answers: made, tried, paused, looked after. */
export function WebhooksPage() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayChange = useMayDo("admin");
  const [isCreating, setCreating] = useState(false);
  const webhooks = useQuery({
    queryKey: [slug, "webhooks"],
    queryFn: () => read(api.api.v1.webhooks.$get()),
    enabled: mayChange,
  });
  if (!mayChange) {
    return (
      <Card title={t("settings.webhooks.title")}>
        <Note>{t("settings.noPermission")}</Note>
      </Card>
    );
  }
  const create = (
    <Button size="sm" icon="plus" onPress={() => setCreating(true)}>
      {t("settings.webhooks.create")}
    </Button>
  );
  const list = webhooks.data?.webhooks ?? [];
  return (
    <>
      <Card flush title={t("settings.webhooks.title")} end={create}>
        <div className="card-body">
          <p className="muted">{t("settings.webhooks.lead")}</p>
          {webhooks.isPending && <Ghost lines={[36, 36]} />}
          {webhooks.isError && (
            <ErrorCard
              title={t("settings.loadFailed")}
              error={webhooks.error}
              onRetry={() => void webhooks.refetch()}
            />
          )}
        </div>
        {webhooks.data && list.length === 0 && (
          <EmptyState icon="send" title={t("settings.webhooks.empty")} roomy>
            {t("settings.webhooks.emptyBody")}
          </EmptyState>
        )}
        <ul className="row-list">
          {list.map((webhook) => (
            <WebhookRow key={webhook.id} webhook={webhook} />
          ))}
        </ul>
      </Card>
      <CreateWebhookDialog isOpen={isCreating} onClose={() => setCreating(false)} />
    </>
  );
}

type Open = "log" | "secret" | "delete" | undefined;

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const sentence = useErrorSentence();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const { id, name, url, events, state, failingSince, disabledReason } = webhook;
  const again = () => queries.invalidateQueries({ queryKey: [slug, "webhooks"] });
  const onError = (error: Error) => toast({ message: sentence(error) });
  const test = useMutation({
    mutationFn: () => read(api.api.v1.webhooks[":id"].test.$post({ param: { id } })),
    onSuccess: () => setOpen("log"),
    onError,
  });
  const change = useMutation({
    mutationFn: (to: "active" | "paused") =>
      api.api.v1.webhooks[":id"].$patch({ param: { id }, json: { state: to } }),
    onSuccess: again,
    onError,
  });
  return (
    <li>
      <div className="words">
        <b>{name}</b>
        <span className="mono">{url}</span>{" "}
        <span>{events.map((event) => t(`settings.webhooks.events.${eventWords(event)}`)).join(", ")}</span>
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
                id: "secret",
                label: t("settings.webhooks.rotate"),
                icon: "key",
                onAction: () => setOpen("secret"),
              },
            ],
          },
          {
            lines: [
              {
                id: "delete",
                label: t("settings.webhooks.delete"),
                icon: "trash",
                danger: true,
                onAction: () => setOpen("delete"),
              },
            ],
          },
        ]}
      />
      {open === "log" && <WebhookLog webhook={webhook} onClose={close} />}
      {open === "secret" && <RotateSecret webhook={webhook} onClose={close} />}
      {open === "delete" && <DeleteWebhook webhook={webhook} onClose={close} />}
    </li>
  );
}

/** The name of an event in the words: their keys hold no dots. */
export function eventWords(event: string): (typeof wordsOfEvents)[keyof typeof wordsOfEvents] {
  return wordsOfEvents[event as keyof typeof wordsOfEvents] ?? "recorded";
}

const wordsOfEvents = {
  "response.recorded": "recorded",
  "response.changed": "changed",
  "case.opened": "caseOpened",
  "case.closed": "caseClosed",
  "play.entered": "playEntered",
  "play.step": "playStep",
  "customer.passive_started": "passiveStarted",
  "response.detractor": "recorded",
  "webhook.test": "test",
} as const;

function RotateSecret({ webhook: { id, name }, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation();
  const rotate = useMutation({
    mutationFn: () => read(api.api.v1.webhooks[":id"].secret.$post({ param: { id } })),
  });
  if (rotate.data) {
    return (
      <Dialog
        title={t("settings.webhooks.secretTitle")}
        isOpen
        onClose={onClose}
        foot={
          <Button variant="primary" onPress={onClose}>
            {t("settings.webhooks.done")}
          </Button>
        }
      >
        <p className="muted">{t("settings.webhooks.rotatedBody")}</p>
        <Secret text={rotate.data.secret} action={t("settings.webhooks.copySecret")} />
      </Dialog>
    );
  }
  return (
    <Confirm
      title={t("settings.webhooks.rotateTitle", { name })}
      isOpen
      onClose={onClose}
      action={t("settings.webhooks.rotate")}
      isPending={rotate.isPending}
      onConfirm={() => rotate.mutate()}
    >
      <p className="muted">{t("settings.webhooks.rotateBody")}</p>
      <FormError error={rotate.error} />
    </Confirm>
  );
}

function DeleteWebhook({ webhook: { id, name }, onClose }: { webhook: Webhook; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const remove = useMutation({
    mutationFn: () => api.api.v1.webhooks[":id"].$delete({ param: { id } }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: [slug, "webhooks"] });
      toast({ message: t("settings.webhooks.deleted", { name }) });
    },
  });
  return (
    <Confirm
      title={t("settings.webhooks.deleteTitle", { name })}
      isOpen
      onClose={onClose}
      action={t("settings.webhooks.delete")}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      <p className="muted">{t("settings.webhooks.deleteBody")}</p>
      <FormError error={remove.error} />
    </Confirm>
  );
}
