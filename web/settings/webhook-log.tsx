import { useMutation, useQuery } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { useTimeZone, useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useFormat } from "../ui/format.ts";
import { Badge } from "../ui/marks.tsx";
import { ErrorCard, Ghost, useErrorSentence } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";
import { eventWords, type Webhook } from "./webhooks.tsx";

const deliveriesOf = api.api.v1.webhooks[":id"].deliveries;
type Delivery = InferResponseType<typeof deliveriesOf.$get, 200>["deliveries"][number];

/** What was told to a webhook, what it answered, and what is sent once more. Looks again while it is open. */
export function WebhookLog({
  webhook: { id, name, state },
  onClose,
}: {
  webhook: Webhook;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const log = useQuery({
    queryKey: [slug, "webhooks", id],
    queryFn: () => read(deliveriesOf.$get({ param: { id } })),
    refetchInterval: 2_000,
  });
  const deliveries = log.data?.deliveries ?? [];
  return (
    <Dialog title={t("settings.webhooks.logTitle", { name })} isOpen onClose={onClose} shape="wide">
      {log.isPending && <Ghost lines={[36, 36, 36]} />}
      {log.isError && <ErrorCard error={log.error} onRetry={() => void log.refetch()} />}
      {log.data && deliveries.length === 0 && <p className="muted">{t("settings.webhooks.logEmpty")}</p>}
      <ul className="row-list">
        {deliveries.map((delivery) => (
          <DeliveryRow key={delivery.id} webhookId={id} delivery={delivery} mayReplay={state === "active"} />
        ))}
      </ul>
    </Dialog>
  );
}

function DeliveryRow({
  webhookId,
  delivery,
  mayReplay,
}: {
  webhookId: string;
  delivery: Delivery;
  mayReplay: boolean;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat(useTimeZone());
  const sentence = useErrorSentence();
  const { id, event, state, attempts, status, error, createdAt, dueAt } = delivery;
  const replay = useMutation({
    mutationFn: () => deliveriesOf[":delivery"].replay.$post({ param: { id: webhookId, delivery: id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, "webhooks", webhookId] }),
    onError: (error: Error) => toast({ message: sentence(error) }),
  });
  const facts = [
    format.dateTime(createdAt),
    t("settings.webhooks.attempts", { count: attempts }),
    status === null ? error : t("settings.webhooks.answered", { status }),
    state === "due" && attempts > 0 && t("settings.webhooks.next", { date: format.dateTime(dueAt) }),
  ].filter(Boolean);
  return (
    <li>
      <div className="words">
        <b>{t(`settings.webhooks.events.${eventWords(event)}`)}</b>
        <span>{facts.join(" · ")}</span>
      </div>
      <Badge tone={state === "delivered" ? "promoter" : state === "failed" ? "detractor" : "line"}>
        {t(`settings.webhooks.deliveries.${state}`)}
      </Badge>
      {(state === "delivered" || state === "failed" || state === "cancelled") && (
        <Button
          size="sm"
          variant="quiet"
          isDisabled={!mayReplay}
          isPending={replay.isPending}
          onPress={() => replay.mutate()}
        >
          {t("settings.webhooks.replay")}
        </Button>
      )}
    </li>
  );
}
