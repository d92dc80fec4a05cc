import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useMayDo, useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card, PageHeader } from "../../ui/card.tsx";
import { useShortcut } from "../../ui/shortcuts.ts";
import { EmptyState, ErrorCard, Ghost, useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { PlayList } from "./play-list.tsx";
import { createPlay, forgetPlays, playsQuery } from "./plays-data.ts";
import "./plays.css";

/** Every play: for whom, how it stands, who is in it. */
export function Plays() {
  const { t } = useTranslation();
  const mayEdit = useMayDo("editor");
  const create = useCreate();
  const open = () => create.mutate();
  useShortcut("n", open, mayEdit && !create.isPending);
  return (
    <>
      <PageHeader
        title={t("plays.title")}
        actions={
          mayEdit && (
            <Button variant="primary" icon="plus" shortcut="N" isPending={create.isPending} onPress={open}>
              {t("plays.create.action")}
            </Button>
          )
        }
      >
        {t("plays.lead")}
      </PageHeader>
      <List onCreate={open} />
    </>
  );
}

/** Makes a play with nothing in it and opens its editor. */
function useCreate() {
  const { i18n } = useTranslation();
  const router = useRouter();
  const { slug } = useWorkspace();
  const sentence = useErrorSentence();
  return useMutation({
    mutationFn: () => createPlay({ language: i18n.language }),
    onSuccess: async ({ id }) => {
      forgetPlays(slug);
      await router.navigate({ href: `/${slug}/plays/${id}/edit` });
    },
    onError: (error) => toast({ message: sentence(error), tone: "warning" }),
  });
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
