import { GonePlay } from "./gone-play.tsx";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { isGone } from "../../api.ts";
import { useWorkspace } from "../../session.ts";
import { PendingPage } from "../../ui/card.tsx";
import { ErrorCard, Ghost } from "../../ui/states.tsx";
import { PlayResult } from "../../prove/results/play-result.tsx";
import { EnrolmentsCard } from "./enrolments-card.tsx";
import { PlayHeader } from "./play-header.tsx";
import { type PlayDetails, playQuery } from "./plays-data.ts";
import { StepsCard } from "./steps-card.tsx";
import "../../identify/segments/segments.css";
import "./plays.css";

/** One play: for whom, what happens, who is in it, and where they are. */
export function PlayPage() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { play: id } = useParams({ from: "/$workspace/plays/$play" });
  const play = useQuery({ ...playQuery(slug, id), refetchInterval: 30_000 });
  if (play.data) return <Loaded play={play.data} />;
  return (
    <PendingPage title={t("plays.title")} href={`/${slug}/plays`}>
      {isGone(play.error) ? (
        <GonePlay />
      ) : play.error ? (
        <ErrorCard title={t("plays.page.error")} error={play.error} onRetry={() => void play.refetch()} />
      ) : (
        <Ghost lines={[[20, "40%"], [9, "60%"], 140, 68, 160]} />
      )}
    </PendingPage>
  );
}

function Loaded({ play }: { play: PlayDetails }) {
  return (
    <>
      <PlayHeader play={play} />
      <div className="grid">
        {play.version > 0 ? (
          <PlayResult playId={play.id} middle={<StepsCard play={play} />} />
        ) : (
          <StepsCard play={play} />
        )}
        <EnrolmentsCard play={play} />
      </div>
    </>
  );
}
