import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { Card } from "../../ui/card.tsx";
import { Switch } from "../../ui/choice.tsx";
import { useFormat } from "../../ui/format.ts";
import { Icon } from "../../ui/icons.tsx";
import { ErrorCard, Ghost } from "../../ui/states.tsx";
import { type ArrivedEvent, arrivedQuery } from "./events-data.ts";

/** The events that arrived last, and new ones as they come. */
export function ArrivingCard() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const [isOn, setOn] = useState(true);
  const { data, error, refetch } = useQuery(arrivedQuery(slug, isOn));
  const live = (
    <Switch isSelected={isOn} onChange={setOn}>
      {t("events.arriving.live")}
    </Switch>
  );
  return (
    <Card flush title={t("events.arriving.title")} sub={t("events.arriving.sub")} end={live}>
      {error && !data ? (
        <div className="card-body">
          <ErrorCard title={t("events.arriving.error")} error={error} onRetry={() => void refetch()} />
        </div>
      ) : !data ? (
        <div className="card-body">
          <Ghost lines={[20, 20, 20]} />
        </div>
      ) : data.length === 0 ? (
        <p className="ev-none">{t("events.arriving.none")}</p>
      ) : (
        <ul className="ev-list">
          {data.map((event) => (
            <Arrived key={event.id} event={event} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Arrived({ event }: { event: ArrivedEvent }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const { at, type, name, properties, context, customer, writeKey } = event;
  const who = customer.name ?? customer.email ?? customer.externalId ?? t("events.arriving.anonymous");
  const facts = [
    t("events.arriving.happened", { at: format.dateTime(at) }),
    writeKey && t("events.arriving.with", { key: writeKey }),
  ].filter(Boolean);
  return (
    <li>
      <details>
        <summary>
          <Icon name="chevronRight" size={12} />
          <span className="ev-time">{format.time(at)}</span>
          <b className="ev-name">{name}</b>
          {type !== "track" && <span className="badge line">{t(`events.types.${type}`)}</span>}
          <span className="ev-who">{who}</span>
          <code className="ev-brief">{brief(properties)}</code>
        </summary>
        <p className="small muted">{facts.join(" · ")}</p>
        <pre className="ev-json">{JSON.stringify({ properties, context }, null, 2)}</pre>
      </details>
    </li>
  );
}

/** The first properties in one line. */
function brief(properties: Record<string, unknown>): string {
  return Object.entries(properties)
    .slice(0, 4)
    .map(([name, value]) => `${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`)
    .join("  ");
}
