import { useTranslation } from "react-i18next";
import { useMayDo, useTimeZone, useWorkspace } from "../../session.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { PageHeader } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { usePlayChoices } from "./play-choices.ts";
import { PlayMenu } from "./play-menu.tsx";
import { PlayStateBadge } from "./play-state-badge.tsx";
import type { PlayDetails } from "./plays-data.ts";
import { useStepWords } from "./steps/step-words.ts";
import { usePlayActions } from "./use-play-actions.ts";

/** The name of a play with how it stands, and what can be done with it. */
export function PlayHeader({ play }: { play: PlayDetails }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  const change = usePlayActions(play);
  const { state } = play;
  return (
    <PageHeader
      title={play.name}
      crumbs={[{ label: t("plays.title"), href: `/${slug}/plays` }, { label: play.name }]}
      actions={
        <>
          <PlayStateBadge state={state} />
          {mayEdit && state === "live" && (
            <Button icon="pause" isPending={change.isPending} onPress={() => change.mutate("paused")}>
              {t("plays.menu.pause")}
            </Button>
          )}
          {mayEdit && (state === "paused" || state === "closed") && (
            <Button icon="tryIt" isPending={change.isPending} onPress={() => change.mutate("live")}>
              {t("plays.menu.resume")}
            </Button>
          )}
          {state !== "ended" && (
            <ButtonLink
              href={`/${slug}/plays/${play.id}/edit`}
              variant={state === "draft" ? "primary" : "default"}
            >
              {t(mayEdit ? "plays.menu.edit" : "plays.menu.look")}
            </ButtonLink>
          )}
          <PlayMenu play={play} />
        </>
      }
    >
      <Sentence play={play} />
    </PageHeader>
  );
}

/** "Answers 9 or 10 within 90 days. Live since 12 January 2026, owned by Ines Okafor." */
function Sentence({ play }: { play: PlayDetails }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const words = useStepWords(usePlayChoices());
  const shown = play.definition ?? play.draft;
  const { owner, liveSince, endedAt } = play;
  const since =
    endedAt !== null
      ? t("plays.page.ended", { date: format.date(endedAt) })
      : liveSince !== null && t("plays.page.since", { date: format.date(liveSince) });
  return (
    <>
      {[
        t(`plays.state.is.${play.state}`),
        shown && t("plays.page.goal", { goal: words.goal(shown) }),
        since,
        owner && t("plays.page.owner", { name: owner.name }),
      ]
        .filter(Boolean)
        .join(" ")}
    </>
  );
}
