import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { isGone } from "../api.ts";
import { useWorkspace } from "../session.ts";
import { ButtonLink } from "../ui/button.tsx";
import { Card, PageHeader } from "../ui/card.tsx";
import { EmptyState, ErrorCard, Ghost } from "../ui/states.tsx";
import { ImportProgress } from "./import-progress.tsx";
import { ImportResult } from "./import-result.tsx";
import { countsAnswers, importQuery, isMoving, type Import } from "./imports-data.ts";
import { MappingPage } from "./mapping-page.tsx";
import "./imports.css";

/** One import: what its columns mean, how far it is, what came of it. */
export function OneImport() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { importId = "" } = useParams({ strict: false });
  const { data, error, failureReason, refetch } = useQuery(importQuery(slug, importId));
  useFreshNumbers(data);
  if (data) return <ByState one={data} problem={failureReason} />;
  return (
    <>
      <PageHeader
        title={t("imports.title")}
        crumbs={[{ label: t("imports.title"), href: `/${slug}/import` }]}
      />
      <Card label={t("imports.title")}>
        {isGone(error) ? (
          <EmptyState
            icon="table"
            title={t("imports.goneTitle")}
            action={<ButtonLink href={`/${slug}/import`}>{t("imports.done.again")}</ButtonLink>}
          >
            {t("imports.goneBody")}
          </EmptyState>
        ) : error ? (
          <ErrorCard title={t("imports.error")} error={error} onRetry={() => void refetch()} />
        ) : (
          <Ghost lines={[[22, "40%"], 14, [14, "80%"], 160]} />
        )}
      </Card>
    </>
  );
}

function ByState({ one, problem }: { one: Import; problem: unknown }) {
  if (one.state === "uploaded" && one.preview && one.format) {
    return <MappingPage one={one} preview={one.preview} format={one.format} key={one.id} />;
  }
  return isMoving(one) || one.state === "uploaded" ? (
    <ImportProgress one={one} problem={problem} />
  ) : (
    <ImportResult one={one} />
  );
}

/** When an import comes to rest, everything that counts answers is read again. */
function useFreshNumbers(one: Import | undefined) {
  const { slug } = useWorkspace();
  const cache = useQueryClient();
  const state = one?.state;
  const before = useRef(state);
  useEffect(() => {
    if (before.current !== undefined && before.current !== state) {
      for (const name of countsAnswers) void cache.invalidateQueries({ queryKey: [slug, name] });
    }
    before.current = state;
  }, [state, slug, cache]);
}
