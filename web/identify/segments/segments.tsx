import { useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useHeldBack } from "../../collect/hold-back.ts";
import { useMayDo, useWorkspace } from "../../session.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { Card, PageHeader } from "../../ui/card.tsx";
import { useShortcut } from "../../ui/shortcuts.ts";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { SegmentList } from "./segment-list.tsx";
import { segmentsQuery } from "./segments-data.ts";
import { startNames } from "./starts.ts";
import "./segments.css";

/** The segments: how many customers, who moved, what uses them. */
export function Segments() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  const router = useRouter();
  const create = () => void router.navigate({ href: `/${slug}/segments/new` });
  useShortcut("n", create, mayEdit);
  return (
    <>
      <PageHeader
        title={t("segments.title")}
        actions={
          mayEdit && (
            <Button variant="primary" icon="plus" shortcut="N" onPress={create}>
              {t("segments.create")}
            </Button>
          )
        }
      >
        {t("segments.lead")}
      </PageHeader>
      <List />
    </>
  );
}

function List() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data, error, refetch } = useQuery(segmentsQuery(slug));
  const held = useHeldBack();
  if (!data) {
    return (
      <Card label={t("segments.title")}>
        {error ? (
          <ErrorCard title={t("segments.error")} error={error} onRetry={() => void refetch()} />
        ) : (
          <Ghost lines={[36, 36, 36]} />
        )}
      </Card>
    );
  }
  const kept = data.filter(({ id }) => !held.has(id));
  if (kept.length === 0) return <Empty />;
  return (
    <Card flush label={t("segments.title")}>
      <SegmentList segments={kept} />
    </Card>
  );
}

function Empty() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  return (
    <Card label={t("segments.title")}>
      <EmptyState
        icon="filter"
        roomy
        title={t("segments.empty.title")}
        action={
          mayEdit && (
            <div className="sg-starts">
              {startNames.map((start) => (
                <ButtonLink key={start} href={`/${slug}/segments/new?from=${start}`}>
                  {t(`segments.starts.${start}`)}
                </ButtonLink>
              ))}
            </div>
          )
        }
      >
        {t(mayEdit ? "segments.empty.body" : "segments.empty.viewer")}
      </EmptyState>
    </Card>
  );
}
