import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { segmentsQuery } from "../../identify/segments/segments-data.ts";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { RadioGroup, Select, Tabs } from "../../ui/choice.tsx";
import { useFormat } from "../../ui/format.ts";
import { useErrorSentence } from "../../ui/states.tsx";
import { audienceQuery, traitsQuery } from "./editor-data.ts";
import { useEditing } from "./editing.ts";
import { Part } from "./part.tsx";
import { isComplete } from "./rule.ts";
import { RuleRow } from "./rule-row.tsx";
import { useSettled } from "./use-settled.ts";
import type { Audience } from "../../../server/collect/surveys/survey-settings.ts";

/** Who may be asked: everybody, who fits rules, or who is in a segment; with their number while that is chosen. */
export function WhomPart() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { draft, changeSettings } = useEditing();
  const { data: traits = [] } = useQuery(traitsQuery(slug));
  const { audience } = draft.settings;
  const change = (next: Partial<Audience>) => changeSettings({ audience: { ...audience, ...next } });
  const firstTrait = traits[0]?.name;
  const newRule = firstTrait
    ? ({
        field: firstTrait,
        kind: "trait",
        is: "equal",
        value: String(traits[0]?.values[0]?.value ?? ""),
      } as const)
    : ({ field: "language", kind: "customer", is: "equal", value: "en" } as const);
  const add = () => change({ rules: [...audience.rules, newRule] });
  const { data: segments = [] } = useQuery(segmentsQuery(slug));
  const who = audience.segment !== undefined ? "segment" : audience.rules.length === 0 ? "all" : "rules";
  const choose = (id: "all" | "rules" | "segment") => {
    const { segment: _, ...rest } = audience;
    const [first] = segments;
    // One is chosen at once: between two clicks nobody must be asked who is not meant.
    if (id === "segment" && first) changeSettings({ audience: { ...rest, rules: [], segment: first.id } });
    else if (id === "all") changeSettings({ audience: { ...rest, rules: [] } });
    else changeSettings({ audience: { ...rest, rules: rest.rules.length > 0 ? rest.rules : [newRule] } });
  };
  return (
    <Part id="whom" title={t("editor.whom.title")} sub={t("editor.whom.sub")}>
      <RadioGroup
        label={t("editor.whom.who")}
        value={who}
        options={[
          { id: "all", label: t("editor.whom.all") },
          { id: "rules", label: t("editor.whom.rules") },
          ...(segments.length > 0 || who === "segment"
            ? [{ id: "segment" as const, label: t("editor.whom.segment") }]
            : []),
        ]}
        onChange={choose}
      />
      {who === "segment" && (
        <div className="whom-segment">
          <Select
            label={t("editor.whom.which")}
            quiet
            size="sm"
            value={audience.segment ?? null}
            options={segments.map(({ id, name }) => ({ id, label: name }))}
            onChange={(segment) => change({ segment })}
            hint={t("editor.whom.segmentHint")}
          />
        </div>
      )}
      {audience.rules.length > 0 && (
        <div className="rules">
          {audience.rules.length > 1 && (
            <Tabs
              label={t("editor.whom.match")}
              value={audience.match}
              options={[
                { id: "all", label: t("editor.whom.matchAll") },
                { id: "any", label: t("editor.whom.matchAny") },
              ]}
              onChange={(match) => change({ match })}
            />
          )}
          <ul>
            {audience.rules.map((rule, index) => (
              <RuleRow
                key={index}
                rule={rule}
                index={index}
                traits={traits}
                onChange={(next) =>
                  change({ rules: audience.rules.map((each) => (each === rule ? next : each)) })
                }
                onRemove={() => change({ rules: audience.rules.filter((each) => each !== rule) })}
              />
            ))}
          </ul>
          {audience.rules.length < 20 && (
            <Button size="sm" icon="plus" onPress={add}>
              {t("editor.whom.add")}
            </Button>
          )}
        </div>
      )}
      <Size audience={audience} />
    </Part>
  );
}

function Size({ audience }: { audience: Audience }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { slug } = useWorkspace();
  const sentence = useErrorSentence();
  const settled = useSettled(audience, 400);
  const isReady = settled.rules.every(isComplete);
  const size = useQuery({
    ...audienceQuery(slug, settled),
    enabled: isReady,
    placeholderData: (before: number | undefined) => before,
  });
  return (
    <p className="note ed-after" role="status">
      {!isReady && t("editor.whom.incomplete")}
      {isReady && size.isError && sentence(size.error)}
      {isReady &&
        size.data !== undefined &&
        !size.isError &&
        t("editor.whom.size", { count: size.data, written: format.count(size.data) })}
    </p>
  );
}
