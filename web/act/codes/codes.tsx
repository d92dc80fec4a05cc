import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayDo, useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, PageHeader } from "../../ui/card.tsx";
import { useShortcut } from "../../ui/shortcuts.ts";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { poolsQuery } from "./codes-data.ts";
import { PoolCard } from "./pool-card.tsx";
import { PoolDialog } from "./pool-dialog.tsx";
import "./codes.css";

/** The pools of codes: what is left, what was given, what was used. */
export function Codes() {
  const { t } = useTranslation();
  const mayEdit = useMayDo("editor");
  const [isCreating, setCreating] = useState(false);
  useShortcut("n", () => setCreating(true), mayEdit && !isCreating);
  return (
    <>
      <PageHeader
        title={t("codes.title")}
        actions={
          mayEdit && (
            <Button variant="primary" icon="plus" shortcut="N" onPress={() => setCreating(true)}>
              {t("codes.create")}
            </Button>
          )
        }
      >
        {t("codes.lead")}
      </PageHeader>
      <Pools onCreate={() => setCreating(true)} />
      {isCreating && <PoolDialog pool={undefined} onClose={() => setCreating(false)} />}
    </>
  );
}

function Pools({ onCreate }: { onCreate: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  const { data, error, refetch } = useQuery(poolsQuery(slug));
  if (!data) {
    return (
      <Card label={t("codes.title")}>
        {error ? (
          <ErrorCard title={t("codes.error")} error={error} onRetry={() => void refetch()} />
        ) : (
          <Ghost lines={[36, 36, 36]} />
        )}
      </Card>
    );
  }
  if (data.length === 0) {
    return (
      <Card label={t("codes.title")}>
        <EmptyState
          icon="key"
          roomy
          title={t("codes.empty.title")}
          action={
            mayEdit && (
              <Button variant="primary" onPress={() => onCreate()}>
                {t("codes.create")}
              </Button>
            )
          }
        >
          {t(mayEdit ? "codes.empty.body" : "codes.empty.viewer")}
        </EmptyState>
      </Card>
    );
  }
  return (
    <div className="cd">
      {data.map((pool) => (
        <PoolCard key={pool.id} pool={pool} />
      ))}
    </div>
  );
}
