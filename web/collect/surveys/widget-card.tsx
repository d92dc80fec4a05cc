import { useMutation, useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useMayDo, useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { copyText } from "../../ui/copy.ts";
import { useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { linkQuery, readWidgetKey, type SurveyDetails } from "./survey-data.ts";

/** The line that brings the widget into a page. */
export function WidgetCard({ survey }: { survey: SurveyDetails }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { published } = survey;
  const isOn = published?.settings.channels.widget ?? false;
  const mayEdit = useMayDo("editor");
  const sentence = useErrorSentence();
  const copying = useMutation({
    mutationFn: async () => copyText(await readWidgetKey(survey.id)),
    onError: (error) => toast({ message: sentence(error), tone: "warning" }),
  });
  // The server may be known to the world under another address than the one this page came from.
  const { data } = useQuery(linkQuery(slug, survey.id));
  const { origin } = data ? new URL(data.url) : location;
  const snippet = `<script async src="${origin}/widget.js" data-survey="${survey.id}"></script>`;
  return (
    <Card span={5} title={t("surveys.widget.title")} sub={t("surveys.widget.sub")}>
      <p className="muted">{t(isOn ? "surveys.widget.body" : "surveys.widget.off")}</p>
      <code className="sv-box" aria-label={t("surveys.widget.snippet")}>
        {snippet}
      </code>
      <Button size="sm" icon="copy" onPress={() => void copyText(snippet)}>
        {t("surveys.widget.copy")}
      </Button>
      {mayEdit && (
        <div className="sv-sign">
          <p className="muted">{t("surveys.widget.sign")}</p>
          <Button size="sm" icon="copy" isPending={copying.isPending} onPress={() => copying.mutate()}>
            {t("surveys.widget.copyKey")}
          </Button>
        </div>
      )}
    </Card>
  );
}
