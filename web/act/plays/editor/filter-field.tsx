import { useState } from "react";
import { useTranslation } from "react-i18next";
import { isDeepEqual } from "../../../collect/editor/deep-equal.ts";
import { freshCondition, isComplete } from "../../../identify/segments/condition-forms.ts";
import { filterOf, groupOf, newGroup, newRow, rowsOf } from "../../../identify/segments/filter-model.ts";
import { GroupBox } from "../../../identify/segments/group-box.tsx";
import type { SegmentFilter } from "../../../identify/segments/segments-data.ts";

/** What conditions begin with. */
export function newFilter(): SegmentFilter {
  return filterOf(newGroup("all", [newRow(freshCondition("answer_category"))]));
}

/** Conditions on customers. What is half written stays here; the draft keeps what is whole. */
export function FilterField({
  filter,
  onChange,
}: {
  filter: SegmentFilter;
  onChange: (filter: SegmentFilter) => void;
}) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(() => ({ group: groupOf(filter), kept: filter }));
  // Somebody else's draft, or one taken back: what is shown is no longer what it came from.
  const group = isDeepEqual(shown.kept, filter) ? shown.group : groupOf(filter);
  const isWhole = rowsOf(group).every(({ condition }) => isComplete(condition));
  return (
    <>
      <GroupBox
        group={group}
        onChange={(next) => {
          const whole = rowsOf(next).every(({ condition }) => isComplete(condition));
          const kept = whole ? filterOf(next) : filter;
          setShown({ group: next, kept });
          if (whole) onChange(kept);
        }}
      />
      {!isWhole && <p className="note">{t("segments.row.incomplete")}</p>}
    </>
  );
}
