import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "../../ui/button.tsx";
import { Pick } from "../../ui/pick.tsx";
import { freshCondition } from "./condition-forms.ts";
import { ConditionRow } from "./condition-row.tsx";
import { type Group, type Match, newGroup, newRow, type Part, type Row } from "./filter-model.ts";

const matches = ["all", "any", "none"] as const satisfies readonly Match[];
/** How deep groups can be put into groups here. */
const deepest = 3;

/** Conditions that belong together, and groups among them. */
export function GroupBox({
  group,
  number = "",
  lead,
  depth = 1,
  newKey,
  onChange,
  onRemove,
}: {
  group: Group;
  number?: string;
  /** The word that joins it to the line before; none for the outermost. */
  lead?: string;
  depth?: number;
  /** The line that was added a moment ago with this group. */
  newKey?: number | undefined;
  onChange: (group: Group) => void;
  onRemove?: () => void;
}) {
  const { t } = useTranslation();
  const { match, parts } = group;
  const [added, setAdded] = useState<number>();
  const addLine = useRef<HTMLDivElement>(null);
  const set = (next: Part[]) => onChange({ ...group, parts: next });
  const replace = (old: Part, next: Part) => set(parts.map((part) => (part.key === old.key ? next : part)));
  const add = (part: Part, row: Row) => {
    setAdded(row.key);
    set([...parts, part]);
  };
  const remove = (old: Part) => {
    set(parts.filter((part) => part.key !== old.key));
    // What had the focus is gone.
    addLine.current?.querySelector("button")?.focus();
  };
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
                isNew={part.key === added || part.key === newKey}
                lead={t(index === 0 ? "segments.group.first" : `segments.group.${match}_next`)}
                onChange={(condition) => replace(part, { ...part, condition })}
                onRemove={() => remove(part)}
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
              newKey={added}
              onChange={(next) => replace(part, next)}
              onRemove={() => remove(part)}
            />
          );
        })}
      </ul>
      <div className="sg-add" ref={addLine}>
        <Button
          size="sm"
          icon="plus"
          onPress={() => {
            const row = newRow(freshCondition("answer_category"));
            add(row, row);
          }}
        >
          {t("segments.group.add")}
        </Button>
        {depth < deepest && (
          <Button
            size="sm"
            variant="quiet"
            onPress={() => {
              const row = newRow(freshCondition("answer_category"));
              add(newGroup("any", [row]), row);
            }}
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
