import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useWorkspace } from "../session.ts";
import { Select } from "../ui/choice.tsx";
import { TextField } from "../ui/field.tsx";
import { surveysQuery } from "./surveys-data.ts";

/** Stands for a survey that the import makes. */
export const newSurvey = "new";

/** Where the answers go: a survey there is, a new one by a name, or, by default, the server's choice. */
export interface Target {
  id: string | undefined;
  name: string;
}

/** Chooses the survey the answers go into. Nothing to choose where there is none yet. */
export function TargetFields({ target, onChange }: { target: Target; onChange: (target: Target) => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data: surveys = [] } = useQuery(surveysQuery(slug));
  const [first] = surveys;
  if (!first) return null;
  return (
    <>
      <Select
        label={t("imports.mapping.survey")}
        options={[
          ...surveys.map(({ id, name }) => ({ id, label: name })),
          { id: newSurvey, label: t("imports.mapping.newSurvey") },
        ]}
        value={target.id ?? first.id}
        onChange={(id) => onChange({ ...target, id })}
      />
      {target.id === newSurvey && (
        <TextField
          label={t("imports.mapping.newSurveyName")}
          value={target.name}
          onChange={(name) => onChange({ ...target, name })}
          isRequired
        />
      )}
    </>
  );
}
