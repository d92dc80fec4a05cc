import { useTranslation } from "react-i18next";
import { Part } from "../../../collect/editor/part.tsx";
import { RadioGroup } from "../../../ui/choice.tsx";
import { useFormat } from "../../../ui/format.ts";
import { Slider } from "../../../ui/slider.tsx";
import { usePlayEditing } from "./play-editing.ts";
import { PlayField, PlayProblemNote } from "./play-field.tsx";
import { PromiseNote } from "./promise-note.tsx";

/** How it will be known whether a play worked: who is left alone, and who is assigned as one. */
export function ProofPart() {
  const { t } = useTranslation();
  const format = useFormat();
  const { definition, change } = usePlayEditing();
  const { holdout, assign } = definition;
  return (
    <Part id="proof" title={t("plays.proof.title")} sub={t("plays.proof.sub")}>
      <div data-path="holdout.share">
        <Slider
          label={t("plays.proof.holdout")}
          value={Math.min(50, Math.round(100 * holdout.share))}
          min={0}
          max={50}
          step={5}
          written={format.percent(holdout.share)}
          onChange={(percent) =>
            change((play) => ({ ...play, holdout: { ...play.holdout, share: percent / 100 } }))
          }
        />
        <p className="hint">
          {holdout.share === 0 ? t("plays.proof.nobody") : t("plays.proof.holdoutDetail")}
        </p>
        <PlayProblemNote path="holdout.share" />
      </div>
      {holdout.share === 0 && (
        <div className="ed-gap">
          <PlayField
            label={t("plays.proof.reason")}
            hint={t("plays.proof.reasonHint")}
            path="holdout.reason"
            value={holdout.reason ?? ""}
            rows={2}
            onChange={(reason) =>
              change((play) => ({
                ...play,
                holdout: { ...play.holdout, reason: reason.trim() === "" ? null : reason },
              }))
            }
          />
        </div>
      )}
      <PromiseNote />
      <div className="ed-gap">
        <RadioGroup
          label={t("plays.proof.assign")}
          value={assign}
          options={(["customer", "account"] as const).map((id) => ({
            id,
            label: t(`plays.proof.assigns.${id}`),
            detail: t(`plays.proof.assignDetails.${id}`),
          }))}
          onChange={(next) => change((play) => ({ ...play, assign: next }))}
        />
      </div>
    </Part>
  );
}
