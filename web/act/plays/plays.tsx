import { useQuery } from "@tanstack/react-query";
import { useRouter, useSearch } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMayDo, useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, PageHeader } from "../../ui/card.tsx";
import { useShortcut } from "../../ui/shortcuts.ts";
import { EmptyState, ErrorCard, Ghost } from "../../ui/states.tsx";
import { NewPlayDialog } from "./new-play-dialog.tsx";
import { PlayList } from "./play-list.tsx";
import { playsQuery } from "./plays-data.ts";
import "./plays.css";

/** Every play: for whom, how it stands, who is in it. */
export function Plays() {
  const { t } = useTranslation();
  const mayEdit = useMayDo("editor");
  const creating = useCreating();
  useShortcut("n", creating.open, mayEdit);
  return (
    <>
      <PageHeader
        title={t("plays.title")}
        actions={
          mayEdit && (
            <Button variant="primary" icon="plus" shortcut="N" onPress={creating.open}>
              {t("plays.create.action")}
            </Button>
          )
        }
      >
        {t("plays.lead")}
      </PageHeader>
      <List onCreate={creating.open} />
      {creating.isOpen && mayEdit && <NewPlayDialog onClose={creating.close} />}
    </>
  );
}

/** Whether the dialog is open stands in the address, so that other pages can lead to it: `?new=1`. */
function useCreating() {
  const router = useRouter();
  const { slug } = useWorkspace();
  const search: Partial<Record<string, string>> = useSearch({ strict: false });
  const go = (query: string) => void router.navigate({ href: `/${slug}/plays${query}`, replace: true });
  return { isOpen: Boolean(search["new"]), open: () => go("?new=1"), close: () => go("") };
}

function List({ onCreate }: { onCreate: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  const { data, error, refetch } = useQuery(playsQuery(slug));
  if (!data) {
    return (
      <Card label={t("plays.title")}>
        {error ? (
          <ErrorCard title={t("plays.list.error")} error={error} onRetry={() => void refetch()} />
        ) : (
          <Ghost lines={[36, 36, 36]} />
        )}
      </Card>
    );
  }
  if (data.length > 0) {
    return (
      <Card flush label={t("plays.title")}>
        <PlayList plays={data} />
      </Card>
    );
  }
  return (
    <Card label={t("plays.title")}>
      <EmptyState
        icon="branch"
        roomy
        title={t("plays.empty.title")}
        action={
          mayEdit && (
            <Button variant="primary" onPress={onCreate}>
              {t("plays.create.action")}
            </Button>
          )
        }
      >
        {t(mayEdit ? "plays.empty.body" : "plays.empty.viewer")}
      </EmptyState>
    </Card>
  );
}
