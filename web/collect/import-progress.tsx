import { useTranslation } from "react-i18next";
import { useWorkspace } from "../session.ts";
import { Card, PageHeader } from "../ui/card.tsx";
import { ProgressBar } from "../ui/marks.tsx";
import { useReason } from "../ui/reason.ts";
import { Alert, useErrorSentence } from "../ui/states.tsx";
import { useBytes } from "./bytes.ts";
import { ImportCounts } from "./import-counts.tsx";
import { ImportFailures } from "./import-failures.tsx";
import type { Import } from "./imports-data.ts";

/** An import at work: how far it is, and what it has found so far. `problem` is why that cannot be asked just now. */
export function ImportProgress({ one, problem }: { one: Import; problem: unknown }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const bytes = useBytes();
  const reason = useReason();
  const sentence = useErrorSentence();
  const standstill = problem ? sentence(problem) : one.error && reason(one.error);
  const { name, state } = one;
  const isRunning = state === "running" || state === "uploaded";
  const title = isRunning
    ? t("imports.progress.title", { name })
    : t(state === "undoing" ? "imports.progress.undoing" : "imports.progress.uploading", { name });
  const body = isRunning
    ? t("imports.progress.body")
    : t(state === "undoing" ? "imports.progress.undoingBody" : "imports.progress.uploadingBody");
  return (
    <>
      <PageHeader title={title} crumbs={[{ label: t("imports.title"), href: `/${slug}/import` }]}>
        {body}
      </PageHeader>
      <div className="stackcol">
        {standstill && (
          <Card label={standstill}>
            <Alert title={standstill} />
          </Card>
        )}
        <Card label={title}>
          <ProgressBar
            label={isRunning ? t("imports.progress.label") : title}
            value={isRunning ? one.bytesRead : undefined}
            max={Math.max(1, one.bytes)}
            {...(isRunning && {
              detail: t("imports.progress.detail", { done: bytes(one.bytesRead), all: bytes(one.bytes) }),
            })}
          />
          {isRunning && <ImportCounts one={one} />}
        </Card>
        {isRunning && one.rowsFailed > 0 && <ImportFailures one={one} />}
      </div>
    </>
  );
}
