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
import { eventWords } from "./event-words.ts";
import { sentenceOfFailure } from "./sentence-of-failure.ts";
import type { Told, ToldKind } from "./told-row.tsx";

type Delivery = InferResponseType<
  (typeof api.api.v1.webhooks)[":id"]["deliveries"]["$get"],
  200
>["deliveries"][number];

interface Logged {
  kind: ToldKind;
  told: Told;
}

/** What somebody was told, what they answered, and what is sent once more; looks again while it is open. */
export function ToldLog({ onClose, ...logged }: Logged & { onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { kind } = logged;
  const { id, name, state } = logged.told;
  const log = useQuery({
    queryKey: [slug, kind, id],
    queryFn: () => read(api.api.v1[kind][":id"].deliveries.$get({ param: { id } })),
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
  logged: { kind, told },
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
  const { id, event, state, attempts, status, failure, createdAt, dueAt } = delivery;
  const replay = useMutation({
    mutationFn: () =>
      api.api.v1[kind][":id"].deliveries[":delivery"].replay.$post({ param: { id: told.id, delivery: id } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, kind, told.id] }),
    onError: (error: Error) => toast({ message: sentence(error) }),
  });
  const facts = [
    format.dateTime(createdAt),
    t("settings.webhooks.attempts", { count: attempts }),
    status === null
      ? failure && sentenceOfFailure(failure).replace(/\.$/, "")
      : t("settings.webhooks.answered", { status }),
    state === "due" && attempts > 0 && t("settings.webhooks.next", { date: format.dateTime(dueAt) }),
  ].filter(Boolean);
  return (
    <li>
      <div className="words">
        <b>{t(`settings.webhooks.happened.${eventWords(event)}`)}</b>
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
