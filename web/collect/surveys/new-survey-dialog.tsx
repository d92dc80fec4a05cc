import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../../accounts/problems.ts";
import { api, read } from "../../api.ts";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Select, Switch } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { Form, FormError } from "../../ui/form.tsx";
import { useFormat } from "../../ui/format.ts";
import { languageName } from "../language-name.ts";
import { surveysQuery } from "../surveys-data.ts";
import { shippedLanguagesQuery } from "./survey-data.ts";

const fresh = "fresh";

/** Name, languages, anonymity: what must be known before there is a survey. The rest is written in the editor. */
export function NewSurveyDialog({ copyOf, onClose }: { copyOf: string | undefined; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const surveys = useQuery(surveysQuery(useWorkspace().slug)).data ?? [];
  const [source, setSource] = useState(copyOf ?? fresh);
  const [language, setLanguage] = useState(i18n.language);
  const [others, setOthers] = useState<string[]>([]);
  const [anonymous, setAnonymous] = useState(false);
  const create = useCreate();
  const submit = ({ name = "" }: Record<string, string>) =>
    create.mutate({
      name,
      anonymous,
      ...(source === fresh
        ? { language, languages: [language, ...others.filter((tag) => tag !== language)] }
        : { copyOf: source }),
    });
  return (
    <Dialog title={t("surveys.create.title")} isOpen onClose={onClose}>
      <Form onSubmit={submit}>
        <TextField
          name="name"
          label={t("surveys.create.name")}
          hint={t("surveys.create.nameHint")}
          error={problemOf(create.error, "name")}
          autoComplete="off"
          maxLength={200}
          isRequired
          autoFocus
        />
        {surveys.length > 0 && (
          <Select
            label={t("surveys.create.from")}
            value={source}
            onChange={setSource}
            options={[
              { id: fresh, label: t("surveys.create.fresh"), detail: t("surveys.create.freshDetail") },
              ...surveys.map(({ id, name }) => ({ id, label: t("surveys.create.copyOf", { name }) })),
            ]}
          />
        )}
        {source === fresh && (
          <Languages {...{ language, others }} onLanguage={setLanguage} onOthers={setOthers} />
        )}
        <div>
          <Switch isSelected={anonymous} onChange={setAnonymous} detail={t("surveys.create.anonymousDetail")}>
            {t("surveys.create.anonymous")}
          </Switch>
          {anonymous && <p className="sv-means">{t("surveys.create.anonymousMeans")}</p>}
        </div>
        {!problemOf(create.error, "name") && <FormError error={create.error} />}
        <div className="form-foot">
          <Button variant="primary" type="submit" isPending={create.isPending}>
            {t("surveys.create.submit")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

function Languages({
  language,
  others,
  onLanguage,
  onOthers,
}: {
  language: string;
  others: string[];
  onLanguage: (tag: string) => void;
  onOthers: (tags: string[]) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const shipped = useQuery(shippedLanguagesQuery()).data ?? [{ tag: language, name: language }];
  const options = shipped
    .map(({ tag }) => ({ id: tag, label: languageName(format, tag) }))
    .toSorted((a, b) => a.label.localeCompare(b.label));
  return (
    <>
      <Select
        label={t("surveys.create.language")}
        hint={t("surveys.create.languageHint")}
        value={language}
        onChange={onLanguage}
        options={options}
      />
      {options.length > 1 && (
        <fieldset className="field sv-more-languages">
          <legend className="lab">{t("surveys.create.languages")}</legend>
          <div className="sv-languages">
            {options
              .filter(({ id }) => id !== language)
              .map(({ id, label }) => (
                <Checkbox
                  key={id}
                  isSelected={others.includes(id)}
                  onChange={(isOn) => onOthers(isOn ? [...others, id] : others.filter((tag) => tag !== id))}
                >
                  {label}
                </Checkbox>
              ))}
          </div>
        </fieldset>
      )}
    </>
  );
}

interface NewSurvey {
  name: string;
  anonymous: boolean;
  language?: string;
  languages?: string[];
  copyOf?: string;
}

/** Creates the survey and opens the editor on it. */
function useCreate() {
  const { slug } = useWorkspace();
  const router = useRouter();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (json: NewSurvey) => read(api.api.v1.surveys.$post({ json })),
    onSuccess: async (made) => {
      cache.setQueryData([slug, "survey", made.id], made);
      void cache.invalidateQueries({ queryKey: [slug, "surveys"] });
      await router.navigate({ href: `/${slug}/surveys/${made.id}/edit` });
    },
  });
}
