import { useTranslation } from "react-i18next";
import { useReason } from "../../ui/reason.ts";
import type { EventErrorShown } from "./events-data.ts";

const wanted = [
  "text",
  "number",
  "time",
  "currency",
  "language",
  "timezone",
  "email",
  "phone",
  "plain",
] as const;

/** What was wrong with a message, in the interface's language. */
export function useProblemSentence(): (
  problem: Pick<EventErrorShown, "reason" | "values" | "message">,
) => string {
  const { t } = useTranslation();
  const sentence = useReason();
  return ({ reason, values, message }) => {
    const kind = wanted.find((each) => each === values.wanted);
    const said = kind ? { ...values, wanted: t(`events.wanted.${kind}`) } : values;
    return sentence({ reason: `events.${reason}`, values: said, message });
  };
}
