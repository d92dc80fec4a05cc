import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { type ResultLine, resultsQuery } from "../../prove/results/results-data.ts";
import { useVerdict } from "../../prove/results/use-verdict.ts";
import { useTimeZone, useWorkspace } from "../../session.ts";
import { Link } from "../../ui/button.tsx";
import { useFormat } from "../../ui/format.ts";
import { Table } from "../../ui/table.tsx";
import { PlayMenu } from "./play-menu.tsx";
import { PlayStateBadge } from "./play-state-badge.tsx";
import type { PlaySummary } from "./plays-data.ts";

const order = { live: 0, paused: 1, draft: 2, closed: 3, ended: 4 } as const;

/** The plays in a table, those at work first; on a phone one under the other. */
export function PlayList({ plays }: { plays: readonly PlaySummary[] }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const results = useQuery(resultsQuery(slug)).data;
  return (
    <div className="pl-list">
      <Table
        label={t("plays.title")}
        rows={plays.toSorted((a, b) => order[a.state] - order[b.state])}
        rowId={({ id }) => id}
        columns={[
          { id: "name", header: t("plays.list.name"), cell: (play) => <Name play={play} /> },
          {
            id: "state",
            header: t("plays.list.state"),
            cell: ({ state }) => <PlayStateBadge state={state} />,
          },
          {
            id: "goal",
            header: t("plays.list.goal"),
            phone: "full",
            phoneLabel: true,
            cell: (play) => <Goal play={play} />,
          },
          {
            id: "active",
            header: t("plays.list.active"),
            align: "end",
            phone: "hide",
            cell: (play) => <Active play={play} />,
          },
          {
            id: "arms",
            header: t("plays.list.arms"),
            align: "end",
            phone: "full",
            phoneLabel: true,
            cell: (play) => <Arms play={play} />,
          },
          {
            id: "result",
            header: t("plays.list.result"),
            phone: "full",
            phoneLabel: true,
            cell: (play) => <Result line={results?.find((line) => line.play.id === play.id)} />,
          },
          {
            // On a phone all of it is on the play's own page.
            id: "menu",
            header: t("plays.list.more"),
            quiet: true,
            align: "end",
            phone: "hide",
            cell: (play) => <PlayMenu play={play} />,
          },
        ]}
      />
    </div>
  );
}

function Name({ play: { id, name, state, audience, changed, liveSince } }: { play: PlaySummary }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const format = useFormat(useTimeZone());
  const address = `/${slug}/plays/${id}${state === "draft" ? "/edit" : ""}`;
  return (
    <span className="pl-name">
      <Link className="pl-link" href={address}>
        {name}
      </Link>
      <span className="faint small">
        {[
          audience ?? t("plays.list.byConditions"),
          liveSince && t("plays.list.since", { date: format.shortDate(liveSince) }),
        ]
          .filter(Boolean)
          .join(" · ")}
        {changed && state !== "draft" && <span className="pas"> {t("plays.list.changed")}</span>}
      </span>
    </span>
  );
}

function Goal({ play: { goal, days } }: { play: PlaySummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (goal === null || days === null) return <span className="faint">–</span>;
  return (
    <span className="pl-goal">
      {goal.kind === "feature"
        ? t("plays.list.uses", { feature: goal.feature || "…" })
        : t(`plays.list.goals.${goal.kind}`)}
      <small className="faint">{t("plays.list.within", { count: days, written: format.count(days) })}</small>
    </span>
  );
}

function Active({ play: { counts } }: { play: PlaySummary }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (counts.entered === 0) return <span className="faint">–</span>;
  return (
    <span className="pl-goal">
      {format.count(counts.active)}
      <small className="faint">{t("plays.list.ofEntered", { written: format.count(counts.entered) })}</small>
    </span>
  );
}

function Result({ line }: { line: ResultLine | undefined }) {
  const { headline } = useVerdict();
  if (!line || line.play.state === "draft") return <span className="faint">–</span>;
  return <span className="pl-verdict">{headline(line.verdict, line.goal)}</span>;
}

function Arms({ play: { counts } }: { play: PlaySummary }) {
  const format = useFormat();
  if (counts.entered === 0) return <span className="faint">–</span>;
  return (
    <span className="nowrap">
      {format.count(counts.treated)} <span className="faint">/ {format.count(counts.holdout)}</span>
    </span>
  );
}
