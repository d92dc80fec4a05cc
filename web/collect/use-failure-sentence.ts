import { useTranslation } from "react-i18next";
import { useReason } from "../ui/reason.ts";
import type { ImportFailure } from "./imports-data.ts";

const dateFormats = ["iso", "ymd", "dmy", "mdy", "named", "unix", "unixms"] as const;

/** Why a row was not stored, in the interface's language. */
export function useFailureSentence(): (failure: ImportFailure) => string {
  const { t } = useTranslation();
  const sentence = useReason();
  return ({ reason, values, message }) => {
    const format = dateFormats.find((format) => format === values.format);
    const said = format ? { ...values, format: t(`imports.mapping.dateFormats.${format}`) } : values;
    return sentence({ reason, values: said, message });
  };
}
