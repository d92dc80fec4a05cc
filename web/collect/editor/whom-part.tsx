import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { RadioGroup, Tabs } from "../../ui/choice.tsx";
import { useFormat } from "../../ui/format.ts";
import { useErrorSentence } from "../../ui/states.tsx";
import { audienceQuery, traitsQuery } from "./editor-data.ts";
import { useEditing } from "./editing.ts";
import { Part } from "./part.tsx";
import { isComplete } from "./rule.ts";
import { RuleRow } from "./rule-row.tsx";
import { useSettled } from "./use-settled.ts";
import type { Audience } from "../../../server/collect/surveys/survey-settings.ts";

/** Who may be asked: everybody, or who fits rules; with their number while the rules are written. */
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
  return (
    <Part id="whom" title={t("editor.whom.title")} sub={t("editor.whom.sub")}>
      <RadioGroup
        label={t("editor.whom.who")}
        value={audience.rules.length === 0 ? "all" : "rules"}
        options={[
          { id: "all", label: t("editor.whom.all") },
          { id: "rules", label: t("editor.whom.rules") },
        ]}
        onChange={(id) => (id === "all" ? change({ rules: [] }) : audience.rules.length === 0 && add())}
      />
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
