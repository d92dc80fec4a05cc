import { useTranslation } from "react-i18next";
import { useWorkspace } from "../../../session.ts";
import { Link } from "../../../ui/button.tsx";
import { Checkbox, RadioGroup, Select } from "../../../ui/choice.tsx";
import type { StepOf } from "../steps/step-ways.ts";
import { usePlayEditing } from "./play-editing.ts";
import { PlayProblemNote } from "./play-field.tsx";

type Email = StepOf<"email">;
type Choice = NonNullable<Email["choose"]>;

const ways = ["nothing", "most_used", "usage_gap", "browsed", "item"] as const;
const kinds = ["article", "webinar", "training", "offer", "product"] as const;

/** What a mail puts in for each customer: by what it is chosen, among what, and what happens where nothing fits. */
export function ContentFields({ step, set }: { step: Email; set: (step: Email) => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { choices } = usePlayEditing();
  const { choose } = step;
  const change = (next: Partial<Choice>) => choose && set({ ...step, choose: { ...choose, ...next } });
  const path = `steps.${step.id}.choose`;
  return (
    <>
      <Select
        label={t("plays.content.by")}
        value={choose?.by ?? "nothing"}
        options={ways.map((id) => ({ id, label: t(`plays.content.ways.${id}`) }))}
        onChange={(by) =>
          set({
            ...step,
            choose:
              by === "nothing"
                ? null
                : {
                    by,
                    kinds: choose?.kinds ?? [...kinds],
                    item: by === "item" ? (choose?.item ?? choices.content[0]?.id ?? null) : null,
                    without: choose?.without ?? "skip",
                  },
          })
        }
        hint={t(`plays.content.hints.${choose?.by ?? "nothing"}`)}
      />
      {choose?.by === "item" && (
        <div data-path={`${path}.item`}>
          <Select
            label={t("plays.content.item")}
            value={choose.item}
            placeholder={t("plays.steps.choose")}
            options={choices.content.map(({ id, name, kind }) => ({
              id,
              label: name,
              detail: t(`plays.content.kinds.${kind as "article"}`),
            }))}
            onChange={(item) => change({ item })}
          />
          {choices.content.length === 0 && (
            <p className="hint">
              {t("plays.content.none")} <Link href={`/${slug}/library`}>{t("plays.content.toLibrary")}</Link>
            </p>
          )}
          <PlayProblemNote path={`${path}.item`} />
        </div>
      )}
      {choose !== null && choose.by !== "item" && (
        <>
          <div className="field" data-path={`${path}.kinds`}>
            <div className="checks pl-row" role="group" aria-label={t("plays.content.among")}>
              {kinds.map((kind) => (
                <Checkbox
                  key={kind}
                  isSelected={choose.kinds.includes(kind)}
                  isDisabled={choose.kinds.length === 1 && choose.kinds.includes(kind)}
                  onChange={(on) =>
                    change({
                      kinds: kinds.filter((each) => (each === kind ? on : choose.kinds.includes(each))),
                    })
                  }
                >
                  {t(`plays.content.kinds.${kind}`)}
                </Checkbox>
              ))}
            </div>
            <PlayProblemNote path={`${path}.kinds`} />
          </div>
          <RadioGroup
            label={t("plays.content.without")}
            value={choose.without}
            options={(["skip", "send"] as const).map((id) => ({
              id,
              label: t(`plays.content.withouts.${id}`),
            }))}
            onChange={(without) => change({ without })}
          />
        </>
      )}
    </>
  );
}
