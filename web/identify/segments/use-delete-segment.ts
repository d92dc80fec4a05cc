import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { holdBack } from "../../collect/hold-back.ts";
import { useWorkspace } from "../../session.ts";
import { useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { deleteSegment } from "./segments-data.ts";

/** Deletes a segment when the time to undo is over. */
export function useDeleteSegment() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const cache = useQueryClient();
  const sentence = useErrorSentence();
  return ({ id, name }: { id: string; name: string }) =>
    holdBack({
      id,
      message: t("segments.actions.removed", { name }),
      work: async () => {
        try {
          await deleteSegment(id);
        } catch (error) {
          toast({ message: `${t("segments.actions.failed", { name })} ${sentence(error)}`, tone: "warning" });
        }
        await cache.invalidateQueries({ queryKey: [slug, "segments"] });
      },
    });
}
