import { useTranslation } from "react-i18next";
import { Part, SettingRow } from "../../../collect/editor/part.tsx";
import { Stepper } from "../../../collect/editor/stepper.tsx";
import { useWorkspace } from "../../../session.ts";
import { Button, Link } from "../../../ui/button.tsx";
import { RadioGroup, Select, Switch } from "../../../ui/choice.tsx";
import type { PlayDefinition } from "../plays-data.ts";
import { FilterField, newFilter } from "./filter-field.tsx";
import { PlayProblemNote } from "./play-field.tsx";
import { usePlayEditing } from "./play-editing.ts";

/** Whom a play is for, and whether they can enter again. */
export function WhomPart() {
  const { t } = useTranslation();
  const { definition, change } = usePlayEditing();
  const { segment, filter, again } = definition.audience;
  const set = (next: Partial<PlayDefinition["audience"]>) =>
    change((definition) => ({ ...definition, audience: { ...definition.audience, ...next } }));
  return (
    <Part id="whom" title={t("plays.whom.title")} sub={t("plays.whom.sub")}>
      <Who set={set} />
      <PlayProblemNote path="audience" />
      {segment !== null && filter === null && (
        <div className="ed-after">
          <Button size="sm" icon="filter" onPress={() => set({ filter: newFilter() })}>
            {t("plays.whom.narrow")}
          </Button>
        </div>
      )}
      {filter !== null && (
        <div className="pl-filter">
          {segment !== null && (
            <div className="pl-filter-h">
              <span className="lab">{t("plays.whom.besides")}</span>
              <Button size="sm" variant="quiet" onPress={() => set({ filter: null })}>
                {t("plays.whom.widen")}
              </Button>
            </div>
          )}
          <FilterField filter={filter} onChange={(next) => set({ filter: next })} />
          <PlayProblemNote path="audience.filter" />
        </div>
      )}
      <SettingRow
        title={t("plays.whom.again")}
        detail={t(again === null ? "plays.whom.onceDetail" : "plays.whom.againDetail")}
        control={
          <span className="steppers">
            {again !== null && (
              <Stepper
                label={t("plays.whom.afterDays")}
                unit={t("editor.days")}
                value={again.afterDays}
                min={7}
                max={3_650}
                onChange={(afterDays) => afterDays !== null && set({ again: { afterDays } })}
              />
            )}
            <Switch
              aria-label={t("plays.whom.again")}
              isSelected={again !== null}
              onChange={(on) => set({ again: on ? { afterDays: 180 } : null })}
            >
              {null}
            </Switch>
          </span>
        }
      />
    </Part>
  );
}

function Who({ set }: { set: (next: Partial<PlayDefinition["audience"]>) => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { definition, choices } = usePlayEditing();
  const { segment, filter } = definition.audience;
  const [first] = choices.segments;
  const who = segment !== null ? "segment" : "filter";
  return (
    <>
      <RadioGroup
        label={t("plays.whom.who")}
        value={segment === null && filter === null ? ("none" as const) : who}
        options={[
          {
            id: "segment" as const,
            label: t("plays.whom.segment"),
            detail: t("plays.whom.segmentDetail"),
            isDisabled: segment === null && !first,
          },
          { id: "filter" as const, label: t("plays.whom.filter"), detail: t("plays.whom.filterDetail") },
        ]}
        onChange={(id) => {
          if (id === "segment") set({ segment: segment ?? first?.id ?? null, filter: null });
          if (id === "filter") set({ segment: null, filter: filter ?? newFilter() });
        }}
      />
      {choices.segments.length === 0 && (
        <p className="note">
          {t("plays.whom.noSegments")} <Link href={`/${slug}/segments`}>{t("plays.whom.toSegments")}</Link>
        </p>
      )}
      {segment !== null && (
        <div className="whom-segment">
          <Select
            label={t("plays.whom.which")}
            quiet
            size="sm"
            value={segment}
            options={choices.segments.map(({ id, name }) => ({ id, label: name }))}
            onChange={(id) => set({ segment: id })}
            hint={t("plays.whom.hint")}
          />
          <PlayProblemNote path="audience.segment" />
        </div>
      )}
    </>
  );
}
