import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../ui/button.tsx";
import { Alert, useErrorSentence } from "../../ui/states.tsx";
import type { Saving } from "./draft-store.ts";

/** What stands between a draft and its being saved: a conflict, no network, a refusal, or no permission. */
export function DraftNotices({
  saving,
  error,
  mayEdit,
  conflict,
  viewer,
  flush,
  keepMine,
  takeTheirs,
}: {
  saving: Saving;
  error: unknown;
  mayEdit: boolean;
  /** That somebody else has changed it, and what it is. */
  conflict: string;
  /** Who can let a viewer change it. */
  viewer: string;
  flush: () => Promise<boolean>;
  keepMine: () => void;
  takeTheirs: () => Promise<void>;
}) {
  const { t } = useTranslation();
  const sentence = useErrorSentence();
  if (!mayEdit) return <Notice title={t("editor.viewer")}>{viewer}</Notice>;
  if (saving === "conflict") {
    return (
      <Notice
        title={conflict}
        actions={
          <>
            <Button size="sm" onPress={keepMine}>
              {t("editor.conflict.keep")}
            </Button>
            <Button size="sm" variant="quiet" onPress={() => void takeTheirs()}>
              {t("editor.conflict.take")}
            </Button>
          </>
        }
      >
        {t("editor.conflict.body")}
      </Notice>
    );
  }
  if (saving === "offline")
    return <Notice title={t("editor.offline.title")}>{t("editor.offline.body")}</Notice>;
  if (saving !== "failed") return null;
  return (
    <Notice
      title={t("editor.notSaved")}
      actions={
        <Button size="sm" onPress={() => void flush()}>
          {t("ui.tryAgain")}
        </Button>
      }
    >
      {sentence(error)}
    </Notice>
  );
}

function Notice({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <div className="ed-notice" role="status">
      <Alert icon="warning" title={title} actions={actions}>
        {children}
      </Alert>
    </div>
  );
}
