import { useState } from "react";
import { useTranslation } from "react-i18next";
import { queries } from "../../queries.ts";
import { useMayDo, useTimeZone, useWorkspace } from "../../session.ts";
import { Button, Link } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { decide, enoughResults, type PlayResult } from "./results-data.ts";
import { useVerdict } from "./use-verdict.ts";
import { VerdictChart } from "./verdict-chart.tsx";

/** The finding, the figures it stands on, and the one decision to take. */
export function VerdictCard({ result }: { result: PlayResult }) {
  const { t } = useTranslation();
  const { headline, detail } = useVerdict();
  const { verdict, plan, arms } = result;
  const hasChart = Math.min(arms.treated.results, arms.holdout.results) >= enoughResults && result.difference;
  return (
    <Card span={12} className={hasChart ? "pr-verdict" : "pr-verdict alone"} label={t("results.verdict")}>
      <div>
        <h2>{headline(verdict, plan?.goal ?? null)}</h2>
        <p className="muted">{detail(verdict, plan?.worth)}</p>
        <Decide result={result} />
        <When result={result} />
      </div>
      {hasChart && <VerdictChart result={result} />}
    </Card>
  );
}

function Decide({ result: { play, verdict } }: { result: PlayResult }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayEdit = useMayDo("editor");
  const sentence = useErrorSentence();
  const [isSending, setSending] = useState(false);
  const isTold = verdict.decision !== "cannot tell";
  if (!mayEdit || play.state === "ended" || play.state === "draft") return null;
  const send = async (decision: "keep" | "stop") => {
    setSending(true);
    try {
      await decide(play.id, decision);
      toast({ message: t(`results.decided.${decision}`, { name: play.name }) });
      await queries.invalidateQueries({ queryKey: [slug, "results"] });
      await queries.invalidateQueries({ queryKey: [slug, "plays"] });
      await queries.invalidateQueries({ queryKey: [slug, "play", play.id] });
    } catch (error) {
      toast({ message: sentence(error), tone: "warning" });
    } finally {
      setSending(false);
    }
  };
  const isStop = verdict.decision === "stop";
  return (
    <div className="actions">
      <Button
        variant={isTold && !isStop ? "primary" : "default"}
        isDisabled={isSending || play.decision === "keep"}
        onPress={() => void send("keep")}
      >
        {t("results.keep")}
      </Button>
      <Button
        variant={isStop ? "primary" : "default"}
        isDisabled={isSending || play.decision === "stop"}
        onPress={() => void send("stop")}
      >
        {t("results.stop")}
      </Button>
      <Link className="link small" href="#how">
        {t("results.how.link")}
      </Link>
    </div>
  );
}

/** When it was read, what a member decided, and how many have come in since. */
function When({ result: { verdict, arms, play } }: { result: PlayResult }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const now = arms.treated.results + arms.holdout.results;
  const then = verdict.arms.treated.n + verdict.arms.holdout.n;
  const sentences = [
    verdict.decision !== "cannot tell" &&
      t("results.readAt", { date: format.date(verdict.at), count: then, written: format.count(then) }),
    verdict.decision !== "cannot tell" &&
      now > then &&
      t("results.since", { count: now - then, written: format.count(now - then) }),
    play.decision !== null &&
      play.decidedAt !== null &&
      t(`results.decision.${play.decision}`, {
        who: play.decidedBy ?? t("results.somebody"),
        date: format.date(play.decidedAt),
      }),
  ].filter(Boolean);
  return sentences.length > 0 ? <p className="note">{sentences.join(" ")}</p> : null;
}
