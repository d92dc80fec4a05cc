import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { DropZone, FileTrigger, isFileDropItem, type DropItem } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Icon } from "../ui/icons.tsx";
import { ProgressBar } from "../ui/marks.tsx";
import { Alert, useErrorSentence } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";
import { useBytes } from "./bytes.ts";
import { uploadFile, type Upload } from "./upload-file.ts";

interface Sending {
  file: File;
  sent: number;
}

/** Where a file is dropped or chosen, and its way to the server. */
export function UploadCard() {
  const { t } = useTranslation();
  const [problem, setProblem] = useState<{ title: string; body?: string } | undefined>();
  const { sending, send, cancel } = useUpload(setProblem);
  const take = (files: File[]) => {
    const [file] = files;
    if (!file) setProblem({ title: t("imports.drop.noFile") });
    else if (files.length > 1) setProblem({ title: t("imports.drop.two", { count: files.length }) });
    else send(file);
  };
  useMissedDrops();
  return (
    <Card label={t("imports.drop.title")} className="im-upload">
      {sending ? <Progress {...sending} onCancel={cancel} /> : <Drop onFiles={take} />}
      {problem && !sending && (
        <div className="im-problem">
          <Alert tone="det" title={problem.title}>
            {problem.body}
          </Alert>
        </div>
      )}
    </Card>
  );
}

function Drop({ onFiles }: { onFiles: (files: File[]) => void }) {
  const { t } = useTranslation();
  const take = async (items: DropItem[]) => {
    onFiles(await Promise.all(items.filter(isFileDropItem).map((item) => item.getFile())));
  };
  return (
    <DropZone
      className="im-drop"
      aria-label={t("imports.drop.label")}
      getDropOperation={() => "copy"}
      onDrop={({ items }) => void take(items)}
    >
      {({ isDropTarget }) => (
        <>
          <Icon name="upload" size={20} />
          <b>{t(isDropTarget ? "imports.drop.over" : "imports.drop.title")}</b>
          <p>{t("imports.drop.body")}</p>
          <FileTrigger
            acceptedFileTypes={[".csv", ".tsv", ".txt", "text/csv"]}
            onSelect={(files) => onFiles([...(files ?? [])])}
          >
            <Button variant="primary">{t("imports.drop.action")}</Button>
          </FileTrigger>
        </>
      )}
    </DropZone>
  );
}

function Progress({ file, sent, onCancel }: Sending & { onCancel: () => void }) {
  const { t } = useTranslation();
  const bytes = useBytes();
  const isThere = sent >= file.size;
  return (
    <div className="im-sending">
      <ProgressBar
        label={isThere ? t("imports.upload.reading") : t("imports.upload.label", { name: file.name })}
        value={isThere ? undefined : sent}
        max={file.size}
        detail={t("imports.upload.detail", { done: bytes(sent), all: bytes(file.size) })}
      />
      <Button size="sm" onPress={onCancel}>
        {t("imports.upload.cancel")}
      </Button>
    </div>
  );
}

function useUpload(onProblem: (problem: { title: string; body?: string } | undefined) => void) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const sentence = useErrorSentence();
  const upload = useRef<Upload | undefined>(undefined);
  const [sending, setSending] = useState<Sending | undefined>();
  // Leaving the page ends the upload: half a file is of no use to anybody.
  useEffect(() => () => upload.current?.cancel(), []);
  const follow = async (file: File) => {
    onProblem(undefined);
    setSending({ file, sent: 0 });
    upload.current = uploadFile(file, (sent) => setSending({ file, sent }));
    try {
      const made = await upload.current.done;
      upload.current = undefined;
      cache.setQueryData([slug, "import", made.id], made);
      void cache.invalidateQueries({ queryKey: [slug, "imports"] });
      await navigate({ href: `/${slug}/import/${made.id}` });
    } catch (error) {
      setSending(undefined);
      if (error instanceof DOMException) toast({ message: t("imports.upload.cancelled") });
      else onProblem({ title: t("imports.upload.failed", { name: file.name }), body: sentence(error) });
    }
  };
  return { sending, send: (file: File) => void follow(file), cancel: () => upload.current?.cancel() };
}

/** A file let go beside the zone would make the browser leave the page and show the file. */
function useMissedDrops() {
  useEffect(() => {
    const ignore = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
    };
    window.addEventListener("dragover", ignore);
    window.addEventListener("drop", ignore);
    return () => {
      window.removeEventListener("dragover", ignore);
      window.removeEventListener("drop", ignore);
    };
  }, []);
}
