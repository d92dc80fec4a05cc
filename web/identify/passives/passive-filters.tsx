import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { type Option, Select } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useFormat } from "../../ui/format.ts";
import { useIsPhone } from "../../ui/width.ts";
import { choices, countOf, type PassiveFilter } from "./passive-filter.ts";
import { type Passives, segmentNamesQuery } from "./passives-data.ts";

interface Filtering {
  passives: Passives;
  filter: PassiveFilter;
  onChange: (filter: PassiveFilter) => void;
}

/** The filters above the list; on a phone in a dialog. */
export function PassiveFilters(props: Filtering) {
  return useIsPhone() ? (
    <FilterDialog {...props} />
  ) : (
    <div className="pa-filters">
      <Filters {...props} />
    </div>
  );
}

const any = "any";

function Filters({ passives, filter, onChange }: Filtering) {
  const { t } = useTranslation();
  const { count, day } = useFormat();
  const { slug } = useWorkspace();
  const segments = useQuery(segmentNamesQuery(slug)).data ?? [];
  const { plan, segment, stateSince } = filter;
  const inRow = (id: string) => passives.rows.find(({ row }) => row === id)?.customers ?? 0;
  const plans = passives.plans.map(({ plan, customers }) => ({
    id: plan,
    label: plan,
    detail: count(customers),
  }));
  return (
    <>
      <Choice
        name="status"
        {...{ filter, onChange }}
        anyLabel={t("passives.filter.anyStatus")}
        options={choices.status.map((id) => ({
          id,
          label: t(`passives.statuses.${id}`),
          detail: count(passives.statuses[id]),
        }))}
      />
      <Choice
        name="row"
        {...{ filter, onChange }}
        anyLabel={t("passives.filter.anyRow")}
        options={choices.row.map((id) => ({
          id,
          label: t(`passives.rows.${id}`),
          detail: count(id === "answered" ? inRow("8") + inRow("7") : inRow(id)),
        }))}
      />
      <Choice
        name="state"
        {...{ filter, onChange }}
        anyLabel={t("passives.filter.anyState")}
        options={choices.state.map((id) => ({ id, label: t(`passives.states.${id}`) }))}
      />
      {stateSince && (
        <Choice
          name="stateSince"
          {...{ filter, onChange }}
          anyLabel={t("passives.filter.anyStateSince")}
          options={[{ id: stateSince, label: t("passives.filter.since", { day: day(stateSince) }) }]}
        />
      )}
      <Choice
        name="reason"
        {...{ filter, onChange }}
        anyLabel={t("passives.filter.anyReason")}
        options={choices.reason.map((id) => ({
          id,
          label: t(`passives.rules.${id}.name`),
          detail: count(passives.reasons.find(({ rule }) => rule === id)?.customers ?? 0),
        }))}
      />
      {(plans.length > 1 || plan) && (
        <Choice
          name="plan"
          {...{ filter, onChange }}
          anyLabel={t("passives.filter.anyPlan")}
          options={
            plan && !plans.some(({ id }) => id === plan) ? [...plans, { id: plan, label: plan }] : plans
          }
        />
      )}
      {(segments.length > 0 || segment) && (
        <Choice
          name="segment"
          {...{ filter, onChange }}
          anyLabel={t("passives.filter.anySegment")}
          options={segments.map(({ id, name }) => ({ id, label: name }))}
        />
      )}
      <Button
        size="sm"
        variant="quiet"
        isDisabled={countOf(filter) === 0}
        onPress={() => onChange({ sort: filter.sort })}
      >
        {t("passives.filter.clear")}
      </Button>
    </>
  );
}

function Choice({
  name,
  anyLabel,
  options,
  filter,
  onChange,
}: {
  name: "status" | "row" | "state" | "stateSince" | "reason" | "plan" | "segment";
  anyLabel: string;
  options: readonly Option[];
  filter: PassiveFilter;
  onChange: (filter: PassiveFilter) => void;
}) {
  const { t } = useTranslation();
  return (
    <div className="pa-choice">
      <Select
        quiet
        size="sm"
        label={t(`passives.filter.${name}`)}
        options={[{ id: any, label: anyLabel }, ...options]}
        value={filter[name] ?? any}
        onChange={(id) => onChange({ ...filter, [name]: id === any ? undefined : id })}
      />
    </div>
  );
}

function FilterDialog(props: Filtering) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const count = countOf(props.filter);
  return (
    <div className="pa-filters">
      <Button size="sm" icon="filter" onPress={() => setOpen(true)}>
        {count > 0 ? t("passives.filter.on", { count }) : t("passives.filter.label")}
      </Button>
      <Dialog
        title={t("passives.filter.label")}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        foot={
          <Button variant="primary" onPress={() => setOpen(false)}>
            {t("passives.filter.show")}
          </Button>
        }
      >
        <div className="form">
          <Filters {...props} />
        </div>
      </Dialog>
    </div>
  );
}
