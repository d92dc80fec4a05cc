import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../session.ts";
import { useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { changePlayState, forgetPlays, type PlayDetails, type SettableState } from "./plays-data.ts";

/** Pauses a play, lets it go on, closes or ends it; all but ending can be taken back for a moment. */
export function usePlayActions(
  { id, name, state }: Pick<PlayDetails, "id" | "name" | "state">,
  onChanged?: (play: PlayDetails) => void,
) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const sentence = useErrorSentence();
  const change = useMutation({
    mutationFn: (to: SettableState) => changePlayState(id, to),
    onSuccess: (play, to) => {
      onChanged?.(play);
      forgetPlays(slug);
      const before = state;
      toast({
        message: t(`plays.state.done.${to}`, { name }),
        ...(to !== "ended" &&
          before !== "draft" &&
          before !== "ended" && { undo: () => change.mutate(before) }),
      });
    },
    onError: (error) => toast({ message: sentence(error), tone: "warning" }),
  });
  return change;
}
