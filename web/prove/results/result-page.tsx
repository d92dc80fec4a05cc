import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { PageHeader } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { Badge } from "../../ui/marks.tsx";
import { PlayResult } from "./play-result.tsx";
import { resultQuery } from "./results-data.ts";

/** The result of one play on a page of its own, for whoever comes from the list of results. */
export function ResultPage() {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const { slug } = useWorkspace();
  const { play: playId = "" } = useParams({ strict: false });
  const { data } = useQuery(resultQuery(slug, playId));
  const play = data?.play;
  return (
    <>
      <PageHeader
        title={play?.name ?? t("results.title")}
        crumbs={[{ label: t("results.title"), href: `/${slug}/results` }, { label: play?.name ?? "" }]}
        actions={
          data?.ready && (
            <Badge>
              <span className="rs-dot" /> {t("results.state.ready")}
            </Badge>
          )
        }
      >
        {data?.plan &&
          [
            t(`results.goal.${data.plan.goal.kind}`, { days: data.plan.days }),
            play?.liveSince && t("results.liveSince", { date: format.date(play.liveSince) }),
          ]
            .filter(Boolean)
            .join(" ")}
      </PageHeader>
      <div className="grid">
        <PlayResult playId={playId} />
      </div>
    </>
  );
}
