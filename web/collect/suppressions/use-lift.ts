import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api } from "../../api.ts";
import { useWorkspace } from "../../session.ts";
import { useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { holdBack } from "../hold-back.ts";
import type { Suppression } from "./suppressions-data.ts";

/** Lets an address that had bounced be asked again, once the time to undo is over. */
export function useLift() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const cache = useQueryClient();
  const sentence = useErrorSentence();
  return ({ key, address }: Suppression) =>
    holdBack({
      id: key,
      message: t("suppressions.lift.done", { address }),
      work: async () => {
        try {
          await api.api.v1.suppressions[":address"].$delete({
            param: { address: encodeURIComponent(address) },
          });
        } catch (error) {
          toast({
            message: `${t("suppressions.lift.failed", { address })} ${sentence(error)}`,
            tone: "warning",
          });
        }
        await cache.invalidateQueries({ queryKey: [slug, "suppressions"] });
      },
    });
}
