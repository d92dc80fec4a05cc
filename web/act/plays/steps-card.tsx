import { Fragment } from "react";
import { useTranslation } from "react-i18next";
import { useDescribe } from "../../identify/segments/describe.ts";
import { useWorkspace } from "../../session.ts";
import { Link } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { useFormat } from "../../ui/format.ts";
import { Icon } from "../../ui/icons.tsx";
import { ArmsBar } from "./arms-bar.tsx";
import { nameIn, usePlayChoices, type PlayChoices } from "./play-choices.ts";
import type { PlayDefinition, PlayDetails } from "./plays-data.ts";
import { daysOf } from "./steps/step-days.ts";
import { stepIcons } from "./steps/step-kinds.ts";
import { outlineOf } from "./steps/step-outline.ts";
import type { PlayStep, Side } from "./steps/step-ways.ts";
import { useStepWords } from "./steps/step-words.ts";

/** For whom a play is, how they are divided, and what happens, with how many came how far. */
export function StepsCard({ play }: { play: PlayDetails }) {
  const { t } = useTranslation();
  const format = useFormat();
  const choices = usePlayChoices();
  const definition = play.definition ?? play.draft;
  if (!definition) return null;
  const { treated, holdout } = play.counts;
  const { share, reason } = definition.holdout;
  return (
    <Card flush span={12} title={t("plays.page.audience")} sub={t("plays.page.audienceSub")}>
      <div className="card-body pl-audience">
        <Audience definition={definition} choices={choices} />
        {treated + holdout > 0 ? (
          <>
            <ArmsBar treated={treated} holdout={holdout} />
            <p className="note">
              {t(definition.assign === "account" ? "plays.page.assignedAccounts" : "plays.page.assigned")}
            </p>
          </>
        ) : (
          <p className="note">
            {share > 0
              ? t("plays.page.willHold", { share: format.percent(share) })
              : t("plays.page.noHoldout", { reason: reason ?? "–" })}
          </p>
        )}
      </div>
      <Columns play={play} definition={definition} choices={choices} />
    </Card>
  );
}

function Audience({ definition, choices }: { definition: PlayDefinition; choices: PlayChoices }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const describe = useDescribe();
  const { segment, filter, again } = definition.audience;
  return (
    <p className="pl-who">
      {segment !== null && (
        <Link className="pl-chip" href={`/${slug}/segments/${segment}`}>
          {nameIn(choices.segments, segment) ?? "…"}
        </Link>
      )}
      {filter !== null && (
        <span>{segment === null ? describe(filter) : t("plays.page.and", { what: describe(filter) })}</span>
      )}
      {segment === null && filter === null && t("plays.page.nobody")}
      <span className="faint">
        {again === null ? t("plays.page.once") : t("plays.page.again", { count: again.afterDays })}
      </span>
    </p>
  );
}

interface Column {
  step: PlayStep;
  number: number;
  /** Of which sides of branches it is, outermost first. */
  sides: { of: PlayStep; side: Side }[];
}

/** The steps from left to right, with the sides of branches they are on. */
function columnsOf(definition: PlayDefinition): Column[] {
  const sides: Column["sides"] = [];
  return outlineOf(definition).lines.flatMap((line) => {
    if (line.kind === "side") {
      sides.splice(line.depth, sides.length, { of: line.of, side: line.side });
      return [];
    }
    if (line.kind !== "step") return [];
    sides.splice(line.depth);
    return [{ step: line.step, number: line.number, sides: [...sides] }];
  });
}

function Columns({
  play,
  definition,
  choices,
}: {
  play: PlayDetails;
  definition: PlayDefinition;
  choices: PlayChoices;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const words = useStepWords(choices);
  const days = daysOf(definition);
  const columns = columnsOf(definition);
  const numbers = new Map(columns.map(({ step, number }) => [step.id, number]));
  if (columns.length === 0) return <p className="card-body note">{t("plays.page.noSteps")}</p>;
  return (
    <ol
      className={columns.length > 4 ? "steps many" : "steps"}
      style={{ "--columns": columns.length } as React.CSSProperties}
    >
      {columns.map(({ step, sides }) => {
        const counts = play.counts.steps.find((each) => each.step === step.id);
        const side = sides.at(-1);
        return (
          <li className="step" key={step.id}>
            <span className="k">
              <Icon name={stepIcons[step.kind]} size={14} />
              {words.days(days.get(step.id))}
            </span>
            {side && (
              <span className="pl-on">
                {t("plays.page.side", {
                  number: numbers.get(side.of.id) ?? "",
                  side: words.side(side.of, side.side),
                })}
              </span>
            )}
            <b>{words.title(step)}</b>
            <p>{words.detail(step)}</p>
            {counts && (
              <dl>
                {(["done", "due", "skipped", "failed"] as const)
                  .filter((key) => key === "done" || counts[key] > 0)
                  .map((key) => (
                    <Fragment key={key}>
                      <div>
                        <dt>
                          {t(key === "done" ? `plays.page.did.${step.kind}` : `plays.page.counts.${key}`)}
                        </dt>
                        <dd className={key === "failed" ? "det" : ""}>{format.count(counts[key])}</dd>
                      </div>
                      {key === "skipped" && <Why reasons={counts.why} />}
                    </Fragment>
                  ))}
              </dl>
            )}
          </li>
        );
      })}
    </ol>
  );
}

/** Why a step was skipped, with how many each. */
function Why({ reasons }: { reasons: PlayDetails["counts"]["steps"][number]["why"] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return reasons.map(({ reason, n }) => (
    <div key={reason} className="pl-why">
      <dt>
        {t([
          `customers.timeline.plays.reasons.${reason as "rest"}`,
          "customers.timeline.plays.reasons.other",
        ])}
      </dt>
      <dd>{format.count(n)}</dd>
    </div>
  ));
}
