import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../ui/button.tsx";
import { Pick } from "../../ui/pick.tsx";
import { freshCondition } from "./condition-forms.ts";
import { ConditionRow } from "./condition-row.tsx";
import { type Group, type Match, newGroup, newRow, type Part } from "./filter-model.ts";

const matches = ["all", "any", "none"] as const satisfies readonly Match[];
/** How deep groups can be put into groups here. */
const deepest = 3;

/** Conditions that belong together, and groups among them. */
export function GroupBox({
  group,
  number = "",
  lead,
  depth = 1,
  onChange,
  onRemove,
}: {
  group: Group;
  number?: string;
  /** The word that joins it to the line before; none for the outermost. */
  lead?: string;
  depth?: number;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}) {
  const { t } = useTranslation();
  const { match, parts } = group;
  const set = (next: Part[]) => onChange({ ...group, parts: next });
  const replace = (old: Part, next: Part | undefined) =>
    set(parts.flatMap((part) => (part.key === old.key ? (next ?? []) : part)));
  const isOutermost = lead === undefined;
  const body = (
    <div className={isOutermost ? "sg-group" : "sg-group inner"}>
      <div className="sg-intro">
        <span>{t(isOutermost ? "segments.group.intro" : "segments.group.inner")}</span>
        <Pick
          label={t("segments.group.match")}
          sections={[{ title: "", options: matches.map((id) => ({ id, label: t(`segments.group.${id}`) })) }]}
          value={match}
          onChange={(next) => onChange({ ...group, match: next })}
        />
        {onRemove && (
          <IconButton icon="close" size={14} label={t("segments.group.remove")} onPress={onRemove} />
        )}
      </div>
      {parts.length === 0 && <p className="note">{t("segments.group.everybody")}</p>}
      <ul className="sg-parts">
        {parts.map((part, index) => {
          const path = `${number}${index + 1}`;
          if (part.type === "row") {
            return (
              <ConditionRow
                key={part.key}
                condition={part.condition}
                number={path}
                lead={t(index === 0 ? "segments.group.first" : `segments.group.${match}_next`)}
                onChange={(condition) => replace(part, { ...part, condition })}
                onRemove={() => replace(part, undefined)}
              />
            );
          }
          return (
            <GroupBox
              key={part.key}
              group={part}
              number={`${path}.`}
              lead={index === 0 ? "" : t(`segments.group.group_${match}`)}
              depth={depth + 1}
              onChange={(next) => replace(part, next)}
              onRemove={() => replace(part, undefined)}
            />
          );
        })}
      </ul>
      <div className="sg-add">
        <Button
          size="sm"
          icon="plus"
          onPress={() => set([...parts, newRow(freshCondition("answer_category"))])}
        >
          {t("segments.group.add")}
        </Button>
        {depth < deepest && (
          <Button
            size="sm"
            variant="quiet"
            onPress={() => set([...parts, newGroup("any", [newRow(freshCondition("answer_category"))])])}
          >
            {t("segments.group.addGroup")}
          </Button>
        )}
      </div>
    </div>
  );
  if (isOutermost) return body;
  return (
    <li className="sg-row">
      <span className="sg-lead">{lead}</span>
      {body}
    </li>
  );
}
