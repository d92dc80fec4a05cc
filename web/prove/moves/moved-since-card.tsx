import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { Link } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { ErrorCard, Ghost } from "../../ui/states.tsx";
import { Flow } from "./flow.tsx";
import { periodName } from "./move-name.ts";
import { movesQuery } from "./moves-data.ts";
import { movesAddress, type MovesSpan } from "./moves-filter.ts";

/** Who moved since the wave before, as the overview shows it. */
export function MovedSinceCard({ span, width }: { span: MovesSpan; width: 6 | 12 }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { slug } = useWorkspace();
  const { data, error, refetch } = useQuery(movesQuery(slug, span));
  if (!data) {
    return (
      <Card span={width} title={t("moves.title")}>
        {error ? (
          <ErrorCard title={t("moves.error")} error={error} onRetry={() => void refetch()} />
        ) : (
          <Ghost lines={[320, [12, "60%"]]} />
        )}
      </Card>
    );
  }
  if (!data.from || !data.to || data.customers === 0) return null;
  return (
    <Card
      span={width}
      title={t("moves.flow.title", { from: periodName(t, format, data.from) })}
      sub={t("moves.flow.sub")}
      end={
        <Link className="link small" href={movesAddress(slug, span)}>
          {t("moves.flow.all")}
        </Link>
      }
    >
      <Flow moves={data} />
    </Card>
  );
}
