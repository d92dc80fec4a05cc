import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Select, Tabs } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { DateRange } from "../ui/field.tsx";
import { useFormat } from "../ui/format.ts";
import { useIsPhone } from "../ui/width.ts";
import { channelName } from "./channel-name.ts";
import { countOf, scoresOf, type ResponseFilter } from "./response-filter.ts";
import { facetsQuery, type Facet } from "./responses-data.ts";
import { ScoreFilter } from "./score-filter.tsx";
import { surveysQuery } from "./surveys-data.ts";
import { TypedSearch } from "./typed-search.tsx";

interface Filtering {
  filter: ResponseFilter;
  onChange: (filter: ResponseFilter) => void;
}

const any = "any";

/** The filters above the responses; on a phone all but category and search are in a dialog. */
export function ResponseFilters(props: Filtering) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  return (
    <div className="rs-filters">
      <div className="rs-line">
        <CategoryTabs {...props} />
        {!isPhone && <Scores {...props} />}
        <TypedSearch
          label={t("responses.search")}
          value={props.filter.text}
          onChange={(text) => props.onChange({ ...props.filter, text })}
        />
        {isPhone && <FilterDialog {...props} />}
      </div>
      {!isPhone && (
        <div className="rs-line">
          <MoreFilters {...props} />
        </div>
      )}
    </div>
  );
}

function CategoryTabs({ filter, onChange }: Filtering) {
  const { t } = useTranslation();
  const categories = ["detractor", "passive", "promoter"] as const;
  const value = categories.find((category) => category === filter.category) ?? any;
  return (
    <Tabs
      label={t("responses.category")}
      options={[
        { id: any, label: t("responses.all") },
        ...categories.map((id) => ({ id, label: t(`ui.${id}s`) })),
      ]}
      value={filter.score ? any : value}
      onChange={(id) => onChange({ ...filter, score: undefined, category: id === any ? undefined : id })}
    />
  );
}

function Scores({ filter, onChange }: Filtering) {
  return (
    <ScoreFilter
      value={scoresOf(filter.score)}
      onChange={(scores) =>
        onChange({ ...filter, category: undefined, score: scores.length > 0 ? scores.join(",") : undefined })
      }
    />
  );
}

function MoreFilters({ filter, onChange }: Filtering) {
  const { t } = useTranslation();
  const format = useFormat();
  const { slug } = useWorkspace();
  const facets = useQuery(facetsQuery(slug, filter.survey)).data;
  const surveys = useQuery(surveysQuery(slug)).data ?? [];
  return (
    <>
      <DateRange
        from={filter.from}
        until={filter.to}
        onChange={({ from, until }) => onChange({ ...filter, from, to: until })}
      />
      <FacetSelect
        label={t("responses.language")}
        anyLabel={t("responses.anyLanguage")}
        facets={facets?.languages}
        nameOf={format.language}
        value={filter.language}
        onChange={(language) => onChange({ ...filter, language })}
      />
      <FacetSelect
        label={t("responses.channel")}
        anyLabel={t("responses.anyChannel")}
        facets={facets?.channels}
        nameOf={(channel) => channelName(t, channel)}
        value={filter.channel}
        onChange={(channel) => onChange({ ...filter, channel })}
      />
      {surveys.length > 1 && (
        <FacetSelect
          label={t("responses.survey")}
          anyLabel={t("responses.anySurvey")}
          facets={surveys.map(({ id, n }) => ({ value: id, n }))}
          nameOf={(id) => surveys.find((survey) => survey.id === id)?.name ?? id}
          value={filter.survey}
          onChange={(survey) => onChange({ ...filter, survey })}
        />
      )}
      <Button
        size="sm"
        variant="quiet"
        isDisabled={Object.values(filter).every((value) => !value)}
        onPress={() => onChange({})}
      >
        {t("responses.clear")}
      </Button>
    </>
  );
}

function FacetSelect({
  label,
  anyLabel,
  facets = [],
  nameOf,
  value,
  onChange,
}: {
  label: string;
  anyLabel: string;
  facets: Facet[] | undefined;
  nameOf: (value: string) => string;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  const { count } = useFormat();
  const known = facets.some((facet) => facet.value === value);
  const listed = value && !known ? [...facets, { value, n: 0 }] : facets;
  return (
    <div className="rs-facet">
      <Select
        quiet
        size="sm"
        label={label}
        options={[
          { id: any, label: anyLabel },
          ...listed.map(({ value, n }) => ({ id: value, label: nameOf(value), detail: count(n) })),
        ]}
        value={value ?? any}
        onChange={(id) => onChange(id === any ? undefined : id)}
      />
    </div>
  );
}

function FilterDialog(props: Filtering) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const count = countOf({ ...props.filter, text: undefined });
  return (
    <>
      <Button icon="filter" onPress={() => setOpen(true)}>
        {count > 0 ? t("responses.filtersOn", { count }) : t("responses.filters")}
      </Button>
      <Dialog
        title={t("responses.filters")}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        foot={
          <Button variant="primary" onPress={() => setOpen(false)}>
            {t("responses.showMatches")}
          </Button>
        }
      >
        <div className="form">
          <Scores {...props} />
          <MoreFilters {...props} />
        </div>
      </Dialog>
    </>
  );
}
