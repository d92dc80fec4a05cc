import { useQuery } from "@tanstack/react-query";
import { useSearch, useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayDo, useWorkspace } from "../../session.ts";
import { Button, Link, TextButton } from "../../ui/button.tsx";
import { Card, PageHeader } from "../../ui/card.tsx";
import { useShortcut } from "../../ui/shortcuts.ts";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { useHeldBack } from "../hold-back.ts";
import { surveysQuery } from "../surveys-data.ts";
import { AskingTabs } from "./asking-tabs.tsx";
import { NewSurveyDialog } from "./new-survey-dialog.tsx";
import type { SurveySummary } from "./survey-data.ts";
import { SurveyList } from "./survey-list.tsx";
import "./surveys.css";

/** Every survey: how it stands, what it brought, what comes next. */
export function Surveys() {
  const { t } = useTranslation();
  const mayEdit = useMayDo("editor");
  const creating = useCreating();
  useShortcut("n", creating.open, mayEdit);
  return (
    <>
      <PageHeader
        title={t("surveys.title")}
        actions={
          mayEdit && (
            <Button variant="primary" icon="plus" shortcut="N" onPress={creating.open}>
              {t("surveys.actions.create")}
            </Button>
          )
        }
      >
        {t("surveys.lead")}
      </PageHeader>
      <AskingTabs />
      <List onCreate={creating.open} />
      {creating.isOpen && mayEdit && <NewSurveyDialog copyOf={creating.copyOf} onClose={creating.close} />}
    </>
  );
}

/** Whether the dialog is open stands in the address, so that "Start a copy" can lead to it: `?new=1`, `?copy=…`. */
function useCreating() {
  const router = useRouter();
  const { slug } = useWorkspace();
  const search: Partial<Record<string, string>> = useSearch({ strict: false });
  const go = (query: string) => void router.navigate({ href: `/${slug}/surveys${query}`, replace: true });
  return {
    isOpen: Boolean(search.new ?? search.copy),
    copyOf: search.copy,
    open: () => go("?new=1"),
    close: () => go(""),
  };
}

function List({ onCreate }: { onCreate: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data, error, refetch } = useQuery(surveysQuery(slug));
  const held = useHeldBack();
  if (error && !data) {
    return (
      <Card label={t("surveys.title")}>
        <ErrorCard title={t("surveys.list.error")} error={error} onRetry={() => void refetch()} />
      </Card>
    );
  }
  if (!data) {
    return (
      <Card label={t("surveys.title")}>
        <Ghost lines={[36, 36, 36]} />
      </Card>
    );
  }
  const kept = data.filter(({ id }) => !held.has(id));
  return kept.length === 0 ? <Empty onCreate={onCreate} /> : <Listed surveys={kept} />;
}

const order = { live: 0, paused: 1, draft: 2, archived: 3 } as const;

function Listed({ surveys }: { surveys: SurveySummary[] }) {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const sorted = surveys.toSorted((a, b) => order[a.state] - order[b.state]);
  const archived = surveys.filter(({ state }) => state === "archived").length;
  // Where everything is archived there is nothing to hide it behind.
  const hides = archived > 0 && archived < surveys.length;
  return (
    <Card flush label={t("surveys.title")}>
      <SurveyList surveys={hides && !all ? sorted.slice(0, -archived) : sorted} />
      {hides && (
        <div className="card-foot">
          <TextButton onPress={() => setAll(!all)}>
            {all ? t("surveys.list.hideArchived") : t("surveys.list.showArchived", { count: archived })}
          </TextButton>
        </div>
      )}
    </Card>
  );
}

function Empty({ onCreate }: { onCreate: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  return (
    <Card label={t("surveys.title")}>
      <EmptyState
        icon="send"
        roomy
        title={t("surveys.empty.title")}
        action={
          mayEdit && (
            <Button variant="primary" onPress={onCreate}>
              {t("surveys.actions.create")}
            </Button>
          )
        }
        link={mayEdit && <Link href={`/${slug}/import`}>{t("surveys.empty.link")}</Link>}
      >
        {t(mayEdit ? "surveys.empty.body" : "surveys.empty.viewer")}
      </EmptyState>
    </Card>
  );
}
