import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { api, read } from "../../api.ts";
import { useWorkspace } from "../../session.ts";
import { useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { holdBack } from "../hold-back.ts";
import type { SurveyState } from "./survey-data.ts";

type Named = { id: string; name: string; state: SurveyState };
type SetState = Exclude<SurveyState, "draft">;

const routes = api.api.v1.surveys[":id"];

/** What can be done to a survey from its list and its page; all of it can be undone for eight seconds. */
export function useSurveyActions() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const cache = useQueryClient();
  const sentence = useErrorSentence();
  const refresh = async () => {
    await Promise.all(
      ["surveys", "survey", "survey-results"].map((name) =>
        cache.invalidateQueries({ queryKey: [slug, name] }),
      ),
    );
  };
  const failed = (name: string, error: unknown) =>
    toast({ message: `${t("surveys.actions.failed", { name })} ${sentence(error)}`, tone: "warning" });
  const set = async ({ id, name }: Named, state: SetState) => {
    try {
      await read(routes.state.$post({ param: { id }, json: { state } }));
      return true;
    } catch (error) {
      failed(name, error);
      return false;
    } finally {
      await refresh();
    }
  };
  const changeState = async (survey: Named, state: SetState) => {
    const before = survey.state;
    if (!(await set(survey, state))) return;
    toast({
      message: t(`surveys.actions.${state}`, { name: survey.name }),
      ...(before !== "draft" && { undo: () => void goBack(survey, state, before) }),
    });
  };
  const goBack = async (survey: Named, from: SetState, to: SetState) => {
    // What comes out of the archive is paused first.
    if (from === "archived" && to === "live" && !(await set(survey, "paused"))) return;
    await set(survey, to);
  };
  const remove = ({ id, name }: Named) =>
    holdBack({
      id,
      message: t("surveys.actions.removed", { name }),
      work: async () => {
        try {
          await routes.$delete({ param: { id } });
        } catch (error) {
          failed(name, error);
        }
        await refresh();
      },
    });
  return { changeState: (survey: Named, state: SetState) => void changeState(survey, state), remove };
}
