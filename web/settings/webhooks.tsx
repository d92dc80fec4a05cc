import { useMutation, useQuery } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { useMayDo, useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Card, Note } from "../ui/card.tsx";
import { Confirm, Dialog } from "../ui/dialog.tsx";
import { FormError } from "../ui/form.tsx";
import { EmptyState, ErrorCard, Ghost } from "../ui/states.tsx";
import { CreateWebhookDialog } from "./create-webhook-dialog.tsx";
import { eventWords } from "./event-words.ts";
import { Secret } from "./secret.tsx";
import { ToldRow } from "./told-row.tsx";

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

function WebhookRow({ webhook }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const [isRotating, setRotating] = useState(false);
  const { url, events } = webhook;
  const rotate = {
    id: "secret",
    label: t("settings.webhooks.rotate"),
    icon: "key",
    onAction: () => setRotating(true),
  } as const;
  return (
    <ToldRow kind="webhooks" told={webhook} more={[rotate]}>
      <span className="mono">{url}</span>
      <span> · {events.map((event) => t(`settings.webhooks.events.${eventWords(event)}`)).join(", ")}</span>
      {isRotating && <RotateSecret webhook={webhook} onClose={() => setRotating(false)} />}
    </ToldRow>
  );
}

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
