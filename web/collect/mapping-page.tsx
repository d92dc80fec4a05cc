import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { useWorkspace } from "../session.ts";
import { PageHeader } from "../ui/card.tsx";
import { Alert } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";
import { useReason } from "../ui/reason.ts";
import { CustomerColumns, AnswerColumns } from "./column-cards.tsx";
import { GivesCard } from "./gives-card.tsx";
import type { Format, Import, Mapping, Preview } from "./imports-data.ts";
import { isListOfCustomers, mappingOf } from "./mapping-draft.ts";
import { NoAnswerCard } from "./no-answer-card.tsx";
import { PreviewTable } from "./preview-table.tsx";
import { surveysQuery } from "./surveys-data.ts";
import { TargetFields, newSurvey, type Target } from "./target-fields.tsx";
import { TraitsCard } from "./traits-card.tsx";

/** What the cards of this page share: the file's first rows, what its columns mean so far, and how to change that. */
export interface Drafting {
  preview: Preview;
  draft: Mapping;
  onChange: (draft: Mapping) => void;
}

/** Says what the columns of an uploaded file mean; the guess is already filled in. */
export function MappingPage({ one, preview, format }: { one: Import; preview: Preview; format: Format }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const [draft, setDraft] = useState<Mapping>(preview.guess);
  const [target, setTarget] = useState<Target>({ id: one.survey?.id, name: "" });
  const start = useStart(one, target);
  const discard = useDiscard(one);
  const mapping = mappingOf(draft);
  const drafting = { preview, draft, onChange: setDraft };
  return (
    <>
      <PageHeader
        title={t("imports.mapping.title", { name: one.name })}
        crumbs={[{ label: t("imports.title"), href: `/${slug}/import` }]}
      >
        <FormatNote format={format} />
      </PageHeader>
      <Warnings preview={preview} draft={draft} />
      <div className="im-map">
        <PreviewTable preview={preview} draft={draft} />
        <div className="stackcol">
          <AnswerColumns {...drafting} />
          <NoAnswerCard {...drafting} />
          <CustomerColumns {...drafting} />
          <TraitsCard {...drafting} />
        </div>
        <GivesCard
          preview={preview}
          draft={draft}
          isPending={start.isPending}
          error={start.error}
          onStart={() => mapping && start.mutate(mapping)}
          onDiscard={() => discard.mutate()}
        >
          {!isListOfCustomers(draft) && <TargetFields target={target} onChange={setTarget} />}
        </GivesCard>
      </div>
    </>
  );
}

const delimiterKey = { ",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe" } as const;
const encodingKey = {
  "utf-8": "utf8",
  "utf-16le": "utf16",
  "utf-16be": "utf16",
  "windows-1252": "windows1252",
} as const;
const tools = {
  delighted: "Delighted",
  surveymonkey: "SurveyMonkey",
  typeform: "Typeform",
  qualtrics: "Qualtrics",
  retently: "Retently",
  hubspot: "HubSpot",
} as const;

function FormatNote({ format: { delimiter, encoding, headerRows, known } }: { format: Format }) {
  const { t } = useTranslation();
  const note = t("imports.mapping.format", {
    delimiter: t(`imports.mapping.delimiters.${delimiterKey[delimiter]}`),
    encoding: t(`imports.mapping.encodings.${encodingKey[encoding]}`),
    header:
      headerRows === 0 ? t("imports.mapping.headerNone") : t("imports.mapping.header", { count: headerRows }),
  });
  return <>{known ? `${note} ${t("imports.mapping.known", { tool: tools[known] })}` : note}</>;
}

/** What the server found odd about the file, as far as the mapping has not settled it. */
function Warnings({ preview, draft }: Pick<Drafting, "preview" | "draft">) {
  const sentence = useReason();
  const isSettled: Record<string, boolean> = {
    no_score_column: draft.score !== undefined,
    no_date_column: true,
    anonymous: true,
    date_ambiguous: draft.date === undefined,
  };
  const open = preview.warnings.filter(({ reason }) => !isSettled[reason]);
  if (open.length === 0) return null;
  return (
    <div className="im-warnings">
      {open.map((warning) => (
        <Alert key={warning.reason} icon="warning" title={sentence(warning)} />
      ))}
    </div>
  );
}

function useStart(one: Import, target: Target) {
  const { slug } = useWorkspace();
  const cache = useQueryClient();
  const { data: surveys = [] } = useQuery(surveysQuery(slug));
  return useMutation({
    mutationFn: (mapping: Mapping) => {
      const isNew = target.id === newSurvey;
      const known = surveys.find(({ id }) => id === target.id);
      const json = {
        mapping,
        ...(isNew ? { newSurveyName: target.name.trim() } : known && { surveyId: known.id }),
      };
      return read(api.api.v1.imports[":id"].start.$post({ param: { id: one.id }, json }));
    },
    onSuccess: (started) => {
      window.scrollTo(0, 0);
      cache.setQueryData([slug, "import", one.id], started);
      void cache.invalidateQueries({ queryKey: [slug, "import", one.id] });
    },
  });
}

function useDiscard(one: Import) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const cache = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: () => api.api.v1.imports[":id"].$delete({ param: { id: one.id } }),
    onSuccess: async () => {
      toast({ message: t("imports.mapping.discarded") });
      await navigate({ href: `/${slug}/import` });
      cache.removeQueries({ queryKey: [slug, "import", one.id] });
      void cache.invalidateQueries({ queryKey: [slug, "imports"] });
    },
  });
}
