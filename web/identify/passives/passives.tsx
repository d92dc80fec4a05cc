import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ImportOffer } from "../../collect/import-offer.tsx";
import { queries } from "../../queries.ts";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, PageHeader } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { Catch, EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { enough } from "../say.ts";
import { CustomersCard } from "./customers-card.tsx";
import { MapCard } from "./map-card.tsx";
import { filterOf, type PassiveFilter, passivesAddress } from "./passive-filter.ts";
import { type Passives as PassivesData, passivesQuery } from "./passives-data.ts";
import { RulesPanel } from "./rules-panel.tsx";
import "./passives.css";

/** Who is passive: what they said against what they do, and each of them with the reason. */
export function Passives() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data, error, refetch } = useQuery(passivesQuery(slug));
  useListFollows(slug, data?.refreshing);
  const [rulesAreOpen, setRulesOpen] = useState(false);
  return (
    <>
      <PageHeader
        title={data ? <Heading passives={data} /> : t("passives.title")}
        actions={
          <Button icon="settings" onPress={() => setRulesOpen(true)}>
            {t("passives.rulesButton")}
          </Button>
        }
      >
        {data ? <Lead passives={data} /> : "\u00a0"}
      </PageHeader>
      {data ? (
        <Cards passives={data} />
      ) : error ? (
        <Card>
          <ErrorCard title={t("passives.error")} error={error} onRetry={() => void refetch()} />
        </Card>
      ) : (
        <Card span={12} title={t("passives.map.title")}>
          <Ghost lines={[[14, "60%"], 320, [12, "40%"]]} />
        </Card>
      )}
      <RulesPanel isOpen={rulesAreOpen} onClose={() => setRulesOpen(false)} />
    </>
  );
}

/** Once all customers have been looked at anew, the list is read again. */
function useListFollows(slug: string, refreshing: boolean | undefined) {
  const before = useRef(refreshing);
  useEffect(() => {
    if (before.current && refreshing === false)
      void queries.invalidateQueries({ queryKey: [slug, "passive-customers"] });
    before.current = refreshing;
  }, [slug, refreshing]);
}

function Heading({ passives: { passives: count, rows } }: { passives: PassivesData }) {
  const { t } = useTranslation();
  const cooling = rows
    .filter(({ row }) => row === "8" || row === "7")
    .flatMap(({ cells }) => cells)
    .filter(({ state }) => state === "cooling")
    .reduce((sum, { customers }) => sum + customers, 0);
  return cooling > 0 ? t("passives.headingCooling", { count, cooling }) : t("passives.heading", { count });
}

function Lead({ passives }: { passives: PassivesData }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { passiveShare, passiveShareInterval, respondents, eights, sevens, statuses, refreshing } = passives;
  const sentences = [
    respondents > 0 && respondents < enough
      ? t("passives.leadFew", { count: respondents, passives: passives.passives, eights, sevens })
      : passiveShare !== null && passiveShareInterval
        ? t("passives.lead", {
            share: format.share(passiveShare),
            interval: format.shareInterval(passiveShareInterval),
            respondents,
            eights,
            sevens,
          })
        : t("passives.leadNone"),
    statuses.behavioural > 0 && t("passives.leadBehaviour", { count: statuses.behavioural }),
    refreshing && t("passives.refreshing"),
  ];
  return <span aria-live="polite">{sentences.filter(Boolean).join(" ")}</span>;
}

function Cards({ passives }: { passives: PassivesData }) {
  const { t } = useTranslation();
  const { filter, setFilter } = usePassiveFilter();
  const isEmpty = passives.rows.every(({ customers }) => customers === 0) && passives.respondents === 0;
  if (isEmpty) {
    return (
      <Card label={t("passives.empty.title")}>
        <EmptyState icon="category" roomy title={t("passives.empty.title")} action={<ImportOffer />}>
          {t("passives.empty.body")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="grid">
      <Catch
        renderError={(error, retry) => (
          <Card span={12}>
            <ErrorCard title={t("passives.map.drawError")} error={error} onRetry={retry} />
          </Card>
        )}
      >
        <MapCard passives={passives} filter={filter} onFilter={setFilter} />
      </Catch>
      <CustomersCard passives={passives} filter={filter} onFilter={setFilter} />
    </div>
  );
}

/** The filters live in the address, so that a view can be sent to somebody. */
function usePassiveFilter() {
  const router = useRouter();
  const { slug } = useWorkspace();
  const search: Partial<Record<string, string>> = useSearch({ strict: false });
  const key = JSON.stringify(filterOf(search));
  const filter = useMemo(() => JSON.parse(key) as PassiveFilter, [key]);
  const setFilter = (next: PassiveFilter) =>
    void router.navigate({ href: passivesAddress(slug, next), replace: true, resetScroll: false });
  return { filter, setFilter };
}
