import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/button.tsx";
import { Pick } from "../../ui/pick.tsx";
import { controlsOf, freshCondition, type Subject, subjectOf, subjects } from "./condition-forms.ts";
import { ConditionControl } from "./condition-control.tsx";
import { subjectName } from "./describe.ts";
import type { DraftCondition } from "./filter-model.ts";
import { useLookups } from "./lookups.ts";

/** One condition as a sentence whose words can be chosen. */
export function ConditionRow({
  condition,
  number,
  lead,
  isNew,
  onChange,
  onRemove,
}: {
  condition: DraftCondition;
  /** Tells the line from others, for those who hear the page: "2.1". */
  number: string;
  /** The word that joins it to the line before. */
  lead: string;
  /** It was added a moment ago, so it gets the focus. */
  isNew: boolean;
  onChange: (condition: DraftCondition) => void;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  return (
    <li className="sg-row">
      <span className="sg-lead">{lead}</span>
      <div className="sg-words">
        <SubjectPick {...{ condition, number, isNew, onChange }} />
        {controlsOf(condition).map((control, index) => (
          <ConditionControl
            // Another subject has other controls: nothing typed is carried over.
            key={`${subjectOf(condition)} ${index}`}
            {...{ condition, control, number, onChange }}
          />
        ))}
      </div>
      <IconButton icon="close" size={14} label={t("segments.row.remove", { number })} onPress={onRemove} />
    </li>
  );
}

function SubjectPick({
  condition,
  number,
  isNew,
  onChange,
}: {
  condition: DraftCondition;
  number: string;
  isNew: boolean;
  onChange: (condition: DraftCondition) => void;
}) {
  const { t } = useTranslation();
  const { traits } = useLookups();
  const groups = Object.entries(subjects) as [keyof typeof subjects, readonly Subject[]][];
  const sections = groups.map(([group, ids]) => ({
    title: t(`segments.sections.${group}`),
    options: ids.map((id): { id: string; label: string } => ({ id, label: subjectName(t, id) })),
  }));
  const known = {
    title: t("segments.sections.traits"),
    options: traits.map(({ name }) => ({ id: `known:${name}`, label: name })),
  };
  return (
    <Pick
      label={t("segments.row.what", { number })}
      sections={known.options.length > 0 ? [known, ...sections] : sections}
      value={subjectOf(condition)}
      autoFocus={isNew}
      onChange={(id) =>
        onChange(
          id.startsWith("known:")
            ? { ...freshCondition("trait"), trait: id.slice(6) }
            : freshCondition(id as Subject),
        )
      }
    />
  );
}
