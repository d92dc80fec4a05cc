import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TypedSearch } from "../../collect/typed-search.tsx";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Select } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useIsPhone } from "../../ui/width.ts";
import { segmentsQuery } from "../segments/segments-data.ts";
import { countOf, type CustomerFilter, isFiltered, sortNames } from "./customer-filter.ts";

interface Filtering {
  filter: CustomerFilter;
  onChange: (filter: CustomerFilter) => void;
}

const any = "any";

/** What narrows the table and in which order it is; on a phone all but the search is in a dialog. */
export function CustomerFilters(props: Filtering) {
  const { t } = useTranslation();
  const isPhone = useIsPhone();
  const { filter, onChange } = props;
  return (
    <div className="rs-filters">
      <div className="rs-line">
        <TypedSearch
          label={t("customers.filter.search")}
          value={filter.text}
          onChange={(text) => onChange({ ...filter, text })}
        />
        {isPhone ? <FilterDialog {...props} /> : <Sort {...props} />}
      </div>
      {!isPhone && (
        <div className="rs-line">
          <Filters {...props} />
        </div>
      )}
    </div>
  );
}

function Filters({ filter, onChange }: Filtering) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const segments = useQuery(segmentsQuery(slug)).data ?? [];
  const set = (key: keyof CustomerFilter) => (value: string | undefined) =>
    onChange({ ...filter, [key]: value });
  return (
    <>
      <Choice
        label={t("customers.filter.status")}
        anyLabel={t("customers.filter.anyStatus")}
        options={(["stated", "behavioural", "both", "silent"] as const).map((id) => ({
          id,
          label: t(`passives.statuses.${id}`),
        }))}
        value={filter.status}
        onChange={set("status")}
      />
      <Choice
        label={t("customers.filter.category")}
        anyLabel={t("customers.filter.anyCategory")}
        options={(["detractor", "passive", "promoter"] as const).map((id) => ({
          id,
          label: t(`ui.${id}s`),
        }))}
        value={filter.category}
        onChange={set("category")}
      />
      <Choice
        label={t("customers.filter.state")}
        anyLabel={t("customers.filter.anyState")}
        options={(["cooling", "dormant", "flat", "warming", "unknown"] as const).map((id) => ({
          id,
          label: t(`passives.states.${id}`),
        }))}
        value={filter.state}
        onChange={set("state")}
      />
      <Choice
        label={t("customers.filter.mark")}
        anyLabel={t("customers.filter.anyMark")}
        options={(["unsubscribed", "bounced", "complaint"] as const).map((id) => ({
          id,
          label: t(`customers.marks.${id}`),
        }))}
        value={filter.mark}
        onChange={set("mark")}
      />
      {segments.length > 0 && (
        <Choice
          label={t("customers.filter.segment")}
          anyLabel={t("customers.filter.anySegment")}
          options={segments.map(({ id, name }) => ({ id, label: name }))}
          value={filter.segment}
          onChange={set("segment")}
        />
      )}
      <Choice
        label={t("customers.filter.who")}
        anyLabel={t("customers.filter.known")}
        options={[
          { id: "unverified", label: t("customers.filter.unverified") },
          { id: "anonymous", label: t("customers.filter.anonymousOnes") },
          { id: "all", label: t("customers.filter.everybody") },
        ]}
        value={filter.who}
        onChange={set("who")}
      />
      <Button
        size="sm"
        variant="quiet"
        isDisabled={!isFiltered(filter)}
        onPress={() => onChange({ sort: filter.sort })}
      >
        {t("customers.filter.clear")}
      </Button>
    </>
  );
}

function Sort({ filter, onChange }: Filtering) {
  const { t } = useTranslation();
  const [standard] = sortNames;
  return (
    <div className="cu-sort">
      <Select
        quiet
        size="sm"
        label={t("customers.filter.sort")}
        options={sortNames.map((id) => ({ id, label: t(`customers.sorts.${id}`) }))}
        value={sortNames.find((id) => id === filter.sort) ?? standard}
        onChange={(sort) => onChange({ ...filter, sort: sort === standard ? undefined : sort })}
      />
    </div>
  );
}

function Choice({
  label,
  anyLabel,
  options,
  value,
  onChange,
}: {
  label: string;
  anyLabel: string;
  options: readonly { id: string; label: string }[];
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  // What an address names and we do not is still shown, so that it can be taken away.
  const known = !value || options.some(({ id }) => id === value);
  const listed = known ? options : [...options, { id: value, label: value }];
  return (
    <div className="rs-facet">
      <Select
        quiet
        size="sm"
        label={label}
        options={[{ id: any, label: anyLabel }, ...listed]}
        value={value ?? any}
        onChange={(id) => onChange(id === any ? undefined : id)}
      />
    </div>
  );
}

function FilterDialog(props: Filtering) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const count = countOf(props.filter);
  return (
    <>
      <Button icon="filter" onPress={() => setOpen(true)}>
        {count > 0 ? t("customers.filter.on", { count }) : t("customers.filter.label")}
      </Button>
      <Dialog
        title={t("customers.filter.label")}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        foot={
          <Button variant="primary" onPress={() => setOpen(false)}>
            {t("customers.filter.show")}
          </Button>
        }
      >
        <div className="form">
          <Sort {...props} />
          <Filters {...props} />
        </div>
      </Dialog>
    </>
  );
}
