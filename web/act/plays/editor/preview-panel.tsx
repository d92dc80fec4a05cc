import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ownName } from "../../../collect/editor/language-name.ts";
import { useWorkspace } from "../../../session.ts";
import { Card } from "../../../ui/card.tsx";
import { Select, Tabs } from "../../../ui/choice.tsx";
import { dryRunQuery } from "../plays-data.ts";
import { outlineOf } from "../steps/step-outline.ts";
import { useStepWords } from "../steps/step-words.ts";
import { CustomerSearch, type ChosenCustomer } from "./customer-search.tsx";
import { usePlayEditing } from "./play-editing.ts";
import { PreviewShown } from "./preview-shown.tsx";

const written = new Set(["email", "slack", "task", "code"]);

/** What one customer would get of one step, in each of its languages. */
export function PreviewPanel({ chosen }: { chosen: ChosenCustomer | undefined }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { play, definition, choices, open } = usePlayEditing();
  const words = useStepWords(choices);
  const examples = useQuery(dryRunQuery(slug, play.id, play.basedOn)).data?.examples ?? [];
  const [found, setFound] = useState<ChosenCustomer>();
  const [wanted, setWanted] = useState<string>();
  const [language, setLanguage] = useState<string>("own…");
  const customer = found ?? chosen ?? examples.find(({ arm }) => arm === "treated") ?? examples[0];
  const { numbers } = outlineOf(definition);
  const steps = definition.steps
    .filter(({ kind }) => written.has(kind))
    .toSorted((a, b) => (numbers.get(a.id) ?? 99) - (numbers.get(b.id) ?? 99));
  // The one that is being written, unless somebody chose another.
  const step = steps.find(({ id }) => id === wanted) ?? steps.find(({ id }) => id === open) ?? steps[0];
  const tags = step?.kind === "email" ? Object.keys(step.languages) : [];
  const tag = tags.includes(language) ? language : undefined;
  return (
    <Card title={t("plays.preview.title")} className="pl-panel">
      <div className="pl-preview-h">
        <CustomerSearch customer={customer} onChoose={setFound} />
        {steps.length > 0 && (
          <Select
            label={t("plays.preview.step")}
            size="sm"
            value={step?.id ?? null}
            options={steps.map((each) => ({
              id: each.id,
              label: `${numbers.get(each.id) ?? "–"} ${words.title(each)}`,
            }))}
            onChange={setWanted}
          />
        )}
        {tags.length > 1 && (
          <Tabs
            label={t("editor.preview.language")}
            value={tag ?? "own…"}
            options={[
              { id: "own…", label: t("plays.preview.own") },
              ...tags.map((each) => ({ id: each, label: <span lang={each}>{ownName(each)}</span> })),
            ]}
            onChange={setLanguage}
          />
        )}
      </div>
      {!step ? (
        <p className="note">{t("plays.preview.nothing")}</p>
      ) : customer ? (
        <PreviewShown step={step.id} customerId={customer.id} language={tag} />
      ) : (
        <p className="note">{t("plays.preview.nobody")}</p>
      )}
    </Card>
  );
}
