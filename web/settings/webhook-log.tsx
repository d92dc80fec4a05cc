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
import type { Receiver } from "./receivers-card.tsx";
import { eventWords, type Webhook } from "./webhooks.tsx";

const ofWebhook = api.api.v1.webhooks[":id"].deliveries;
const ofReceiver = api.api.v1.receivers[":id"].deliveries;
type Delivery = InferResponseType<typeof ofWebhook.$get, 200>["deliveries"][number];

/** What was told to a webhook, what it answered, and what is sent once more. */
export function WebhookLog({ webhook, onClose }: { webhook: Webhook; onClose: () => void }) {
  return <Log of="webhooks" routes={ofWebhook} receiver={webhook} onClose={onClose} />;
}

/** The same of an address or a Slack channel. */
export function ReceiverLog({ receiver, onClose }: { receiver: Receiver; onClose: () => void }) {
  return <Log of="receivers" routes={ofReceiver} receiver={receiver} onClose={onClose} />;
}

interface Logged {
  of: "webhooks" | "receivers";
  routes: typeof ofWebhook | typeof ofReceiver;
  receiver: Pick<Webhook, "id" | "name" | "state">;
}

/** Looks again while it is open. */
function Log({ onClose, ...logged }: Logged & { onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { id, name, state } = logged.receiver;
  const log = useQuery({
    queryKey: [slug, logged.of, id],
    queryFn: () => read(logged.routes.$get({ param: { id } })),
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
          <DeliveryRow key={delivery.id} logged={logged} delivery={delivery} mayReplay={state === "active"} />
        ))}
      </ul>
    </Dialog>
  );
}

function DeliveryRow({
  logged: { of, routes, receiver },
  delivery,
  mayReplay,
}: {
  logged: Logged;
  delivery: Delivery;
  mayReplay: boolean;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat(useTimeZone());
  const sentence = useErrorSentence();
  const { id, event, state, attempts, status, error, createdAt, dueAt } = delivery;
  const replay = useMutation({
    mutationFn: () => routes[":delivery"].replay.$post({ param: { id: receiver.id, delivery: id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, of, receiver.id] }),
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
