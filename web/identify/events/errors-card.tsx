import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { Card } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { Badge } from "../../ui/marks.tsx";
import { Icon } from "../../ui/icons.tsx";
import { ErrorCard, Ghost } from "../../ui/states.tsx";
import { errorsQuery, type EventErrorShown } from "./events-data.ts";
import { useProblemSentence } from "./use-problem-sentence.ts";

/** What was wrong with messages of the last day, each sentence with the newest message it is about. */
export function ErrorsCard() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data, error, refetch } = useQuery(errorsQuery(slug));
  const n = data?.reduce((sum, each) => sum + each.n, 0) ?? 0;
  return (
    <Card
      flush
      title={t("events.errors.title")}
      sub={data && data.length > 0 ? t("events.errors.count", { count: n }) : undefined}
    >
      {error && !data ? (
        <div className="card-body">
          <ErrorCard title={t("events.errors.error")} error={error} onRetry={() => void refetch()} />
        </div>
      ) : !data ? (
        <div className="card-body">
          <Ghost lines={[20, 20]} />
        </div>
      ) : data.length === 0 ? (
        <p className="ev-none">{t("events.errors.none")}</p>
      ) : (
        <ul className="ev-list">
          {data.map((problem) => (
            <Problem key={problem.id} problem={problem} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Problem({ problem }: { problem: EventErrorShown }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const sentence = useProblemSentence();
  const { at, kept, n, payload, writeKey } = problem;
  const facts = [
    t("events.errors.newest", { at: format.dateTime(at) }),
    writeKey && t("events.arriving.with", { key: writeKey }),
  ].filter(Boolean);
  return (
    <li>
      <details>
        <summary>
          <Icon name="chevronRight" size={12} />
          <span className="ev-sentence">{sentence(problem)}</span>
          <Badge tone={kept ? "passive" : "detractor"}>
            {t(kept ? "events.errors.kept" : "events.errors.refused")}
          </Badge>
          <span className="ev-times">{t("events.errors.times", { count: n })}</span>
        </summary>
        <p className="small muted">{facts.join(" · ")}</p>
        <pre className="ev-json">{pretty(payload)}</pre>
      </details>
    </li>
  );
}

/** Indented, where it is whole. */
function pretty(payload: string): string {
  try {
    return JSON.stringify(JSON.parse(payload), null, 2);
  } catch {
    return payload;
  }
}
