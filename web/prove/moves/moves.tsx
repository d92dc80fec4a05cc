import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ImportOffer } from "../../collect/import-offer.tsx";
import { surveysQuery } from "../../collect/surveys-data.ts";
import { useFilter } from "../../collect/use-address.ts";
import { useWorkspace } from "../../session.ts";
import { Link } from "../../ui/button.tsx";
import { Card, Note, PageHeader } from "../../ui/card.tsx";
import { Tabs } from "../../ui/choice.tsx";
import { useFormat } from "../../ui/format.ts";
import { ChoiceMenu } from "../../ui/menu.tsx";
import { Catch, EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { ChanceCard } from "./chance-card.tsx";
import { Flow } from "./flow.tsx";
import { HoldoutCard } from "./holdout-card.tsx";
import { MovedCard } from "./moved-card.tsx";
import { cellOf, type Move, periodName, rowOf } from "./move-name.ts";
import { type Moves as MovesData, movesQuery } from "./moves-data.ts";
import { filterOf, movesAddress, type MovesFilter, spanOf } from "./moves-filter.ts";
import { MovesTable } from "./moves-table.tsx";
import "./moves.css";

/** Who moved between two waves: where the passives went, whether it is more than chance, and who they are. */
export function Moves() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { filter, setFilter } = useFilter({ filterOf, addressOf: movesAddress });
  const { data, error, refetch } = useQuery(movesQuery(slug, spanOf(filter)));
  return (
    <>
      <PageHeader
        title={data ? <Heading moves={data} /> : t("moves.title")}
        actions={data && <Choices moves={data} filter={filter} onFilter={setFilter} />}
      >
        {data ? <Lead moves={data} /> : "\u00a0"}
      </PageHeader>
      {data ? (
        <Cards moves={data} filter={filter} onFilter={setFilter} />
      ) : error ? (
        <Card>
          <ErrorCard title={t("moves.error")} error={error} onRetry={() => void refetch()} />
        </Card>
      ) : (
        <Card span={12} title={t("moves.title")}>
          <Ghost lines={[[14, "40%"], 320, [12, "60%"]]} />
        </Card>
      )}
    </>
  );
}

function Heading({ moves }: { moves: MovesData }) {
  const { t } = useTranslation();
  const format = useFormat();
  const row = rowOf(moves.together, "passive");
  if (!row || row.n === 0) return t("moves.title");
  if (!row.enough) return t("moves.headingFew", { count: row.n });
  const up = cellOf(moves.together, "passive", "promoter")?.count ?? 0;
  return t("moves.heading", { up: format.count(up), count: row.n });
}

function Lead({ moves }: { moves: MovesData }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { to, open, customers, together, countedAt } = moves;
  const up = cellOf(together, "passive", "promoter");
  if (!to) return null;
  const count = (after: "passive" | "detractor" | "silent" | "gone") =>
    format.count(cellOf(together, "passive", after)?.count ?? 0);
  const name = periodName(t, format, to);
  const sentences = [
    up &&
      up.share !== null &&
      up.interval !== null &&
      t("moves.lead", {
        share: format.share(up.share),
        interval: format.shareInterval(up.interval),
        to: name,
        stayed: count("passive"),
        down: count("detractor"),
        silent: count("silent"),
        gone: count("gone"),
      }),
    t("moves.leadAsked", { count: customers }),
    open && t("moves.leadOpen", { to: name }),
    countedAt && t("moves.leadCounted", { at: format.dateTime(countedAt) }),
  ];
  return sentences.filter(Boolean).join(" ");
}

interface View {
  moves: MovesData;
  filter: MovesFilter;
  onFilter: (filter: MovesFilter) => void;
}

function Choices({ moves: { survey, waves, from, to }, filter, onFilter }: View) {
  const { t } = useTranslation();
  const format = useFormat();
  const { slug } = useWorkspace();
  const surveys = useQuery(surveysQuery(slug)).data ?? [];
  const options = waves.map(({ id, name, n }) => ({
    id,
    label: name,
    detail: t("moves.answers", { count: n }),
  }));
  const written = (period: NonNullable<typeof from>) => periodName(t, format, period);
  return (
    <>
      {from && to && (
        <>
          <ChoiceMenu
            label={t("moves.from")}
            options={options.filter(({ id }) => id < to.id)}
            value={from.id}
            onChange={(id) => onFilter({ ...filter, from: id, to: to.id })}
          >
            {`${t("moves.from")}: ${written(from)}`}
          </ChoiceMenu>
          <ChoiceMenu
            label={t("moves.to")}
            options={options.slice(0, -1)}
            value={to.id}
            onChange={(id) => onFilter({ ...filter, from: id > from.id ? from.id : undefined, to: id })}
          >
            {`${t("moves.to")}: ${written(to)}`}
          </ChoiceMenu>
        </>
      )}
      {surveys.length > 1 && survey && (
        <ChoiceMenu
          label={t("moves.survey")}
          options={surveys.map(({ id, name, n }) => ({
            id,
            label: name,
            detail: t("moves.answers", { count: n }),
          }))}
          value={survey.id}
          onChange={(id) => onFilter({ survey: id })}
        >
          {survey.name}
        </ChoiceMenu>
      )}
    </>
  );
}

function Cards({ moves, filter, onFilter }: View) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!moves.from || !moves.to) return <NoTwoWaves moves={moves} />;
  const names = [periodName(t, format, moves.from), periodName(t, format, moves.to)] as const;
  const hasHoldout = moves.holdout?.rows.some(({ category }) => category === "passive") ?? false;
  const pick = (move: Move) => onFilter({ ...filter, ...move });
  return (
    <div className="grid">
      <Catch
        renderError={(error, retry) => (
          <Card span={12}>
            <ErrorCard title={t("moves.drawError")} error={error} onRetry={retry} />
          </Card>
        )}
      >
        <Card span={12} title={t("moves.flow.title", { from: names[0] })} sub={t("moves.flow.sub")}>
          <Flow moves={moves} chosen={filter} onPick={pick} />
        </Card>
      </Catch>
      <ChanceCard moves={moves} span={hasHoldout ? 6 : 8} />
      <HoldoutCard moves={moves} span={hasHoldout ? 6 : 4} />
      <TableCard moves={moves} names={names} chosen={filter} onPick={pick} />
      <MovedCard moves={moves} filter={filter} />
    </div>
  );
}

function TableCard({
  moves,
  names,
  chosen,
  onPick,
}: {
  moves: MovesData;
  names: readonly [string, string];
  chosen: Move;
  onPick: (move: Move) => void;
}) {
  const { t } = useTranslation();
  const [split, setSplit] = useState<"together" | "apart">("apart");
  const notes = [
    t("moves.table.note"),
    moves.notAskedAgain > 0 && t("moves.table.notAskedAgain", { count: moves.notAskedAgain }),
    moves.newlyAsked > 0 && t("moves.table.newlyAsked", { count: moves.newlyAsked }),
  ];
  return (
    <Card
      span={12}
      title={t("moves.table.title")}
      end={
        <Tabs
          label={t("moves.table.split")}
          options={[
            { id: "apart", label: `${t("moves.table.split")} ${t("moves.table.apart")}` },
            { id: "together", label: t("moves.table.together") },
          ]}
          value={split}
          onChange={setSplit}
        />
      }
    >
      <MovesTable rows={moves[split]} names={names} chosen={chosen} onPick={onPick} />
      <div className="mv-notes">
        <Note>{notes.filter(Boolean).join(" ")}</Note>
      </div>
    </Card>
  );
}

function NoTwoWaves({ moves: { waves } }: { moves: MovesData }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const [first] = waves;
  return (
    <Card label={t("moves.empty.title")}>
      <EmptyState
        icon="prove"
        roomy
        title={t("moves.empty.title")}
        action={<ImportOffer />}
        link={<Link href={`/${slug}/surveys`}>{t("moves.empty.surveys")}</Link>}
      >
        {first ? t("moves.empty.one", { wave: first.name }) : t("moves.empty.none")}
      </EmptyState>
    </Card>
  );
}
