import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../session.ts";
import { useErrorSentence } from "../../../ui/states.tsx";
import { dryRunQuery } from "../plays-data.ts";
import { usePromiseSentence } from "../promise-sentence.ts";
import { usePlayEditing } from "./play-editing.ts";

/** What the result of the draft will be able to say, counted anew after each save. */
export function PromiseNote() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { play, definition } = usePlayEditing();
  const errorSentence = useErrorSentence();
  const sentence = usePromiseSentence();
  const run = useQuery(dryRunQuery(slug, play.id, play.basedOn));
  return (
    <p className="note forecast" role="status" aria-busy={run.isFetching}>
      {run.isError
        ? errorSentence(run.error)
        : run.data
          ? sentence(run.data, definition)
          : t("editor.forecast.counting")}
    </p>
  );
}
