import { FieldError, Text } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { useReason } from "../../ui/reason.ts";
import type { SurveyProblem } from "./editor-data.ts";

const gaps = new Set(["text_missing", "driver_label_missing"]);

/** What is wrong with a field, inside it: an error where it stops publishing, a quiet word where it does not. */
export function ProblemNote({ problem }: { problem: SurveyProblem | undefined }) {
  const { t } = useTranslation();
  const sentence = useReason();
  if (!problem) return null;
  if (problem.blocking) return <FieldError className="field-error">{sentence(problem)}</FieldError>;
  return (
    <Text slot="errorMessage" className="field-warning">
      {gaps.has(problem.reason) ? t("editor.missing") : sentence(problem)}
    </Text>
  );
}
