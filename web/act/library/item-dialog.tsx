import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { CheckboxGroup, Label } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { isShownAtFields, problemOf } from "../../accounts/problems.ts";
import { namesQuery } from "../../identify/events/events-data.ts";
import { queries } from "../../queries.ts";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox, Select } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { DateRange, TextField } from "../../ui/field.tsx";
import { Form, FormError } from "../../ui/form.tsx";
import { toast } from "../../ui/toast.tsx";
import { dayOf, momentOf } from "../days.ts";
import { LanguageTexts } from "./language-texts.tsx";
import {
  contentKinds,
  type ContentItem,
  type ContentKind,
  type ContentTexts,
  saveItem,
} from "./library-data.ts";

/** Writes an item of the library: what it is, its texts by language, for whom it is chosen, and when. */
export function ItemDialog({ item, onClose }: { item: ContentItem | undefined; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { slug } = useWorkspace();
  const [kind, setKind] = useState<ContentKind>(item?.kind ?? "article");
  const [texts, setTexts] = useState<ContentTexts>(
    item?.languages ?? { [i18n.language]: { title: "", text: "", link: null } },
  );
  const [features, setFeatures] = useState<string[]>(item?.features ?? []);
  const [offered, setOffered] = useState<{ from?: string; until?: string }>(rangeOf(item));
  const save = useMutation({
    mutationFn: ({ name = "", products = "" }: Record<string, string>) =>
      saveItem(item?.id, {
        kind,
        name,
        languages: texts,
        features,
        products: products.split("\n").flatMap((line) => line.trim() || []),
        startsAt: momentOf(offered.from),
        endsAt: momentOf(offered.until, { after: true }),
      }),
    onSuccess: async ({ name }) => {
      onClose();
      await queries.invalidateQueries({ queryKey: [slug, "library"] });
      toast({ message: t("library.form.saved", { name }) });
    },
  });
  const isEmpty = Object.keys(texts).length === 0;
  return (
    <Dialog title={t(item ? "library.form.edit" : "library.form.new")} isOpen onClose={onClose} shape="wide">
      <Form onSubmit={(values) => !isEmpty && save.mutate(values)}>
        <Select
          label={t("library.form.kind")}
          options={contentKinds.map((id) => ({ id, label: t(`library.kind.${id}`) }))}
          value={kind}
          onChange={setKind}
        />
        <TextField
          name="name"
          label={t("library.form.name")}
          hint={t("library.form.nameHint")}
          defaultValue={item?.name ?? ""}
          error={problemOf(save.error, "name")}
          autoComplete="off"
          isRequired
          autoFocus
        />
        <LanguageTexts texts={texts} onChange={setTexts} error={save.error} />
        {isEmpty && (
          <span className="field-error" role="alert">
            {t("library.form.languageMissing")}
          </span>
        )}
        <Features chosen={features} onChange={setFeatures} />
        <TextField
          name="products"
          label={t("library.form.products")}
          hint={t("library.form.productsHint")}
          defaultValue={item?.products.join("\n") ?? ""}
          rows={3}
        />
        <div className="field">
          <span className="lab">{t("library.form.dates")}</span>
          <DateRange {...offered} onChange={setOffered} />
          <span className="hint">{t("library.form.datesHint")}</span>
        </div>
        {!isShownAtFields(save.error, ["name", "title", "text", "link"]) && <FormError error={save.error} />}
        <div className="form-foot">
          <Button variant="primary" type="submit" isPending={save.isPending}>
            {t("library.form.save")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

function Features({ chosen, onChange }: { chosen: string[]; onChange: (features: string[]) => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { data = [] } = useQuery({ ...namesQuery(slug), refetchInterval: false });
  const counted = data.filter(({ countsAs }) => countsAs === "feature").map(({ name }) => name);
  // What no event is called any more stays, until somebody takes it off.
  const names = [...counted, ...chosen.filter((name) => !counted.includes(name))];
  return (
    <CheckboxGroup className="field" value={chosen} onChange={onChange}>
      <Label className="lab">{t("library.form.features")}</Label>
      <div className="checks lib-features">
        {names.map((name) => (
          <Checkbox key={name} value={name}>
            {name}
          </Checkbox>
        ))}
      </div>
      <span className="hint">
        {t(names.length === 0 ? "library.form.noFeatures" : "library.form.featuresHint")}
      </span>
    </CheckboxGroup>
  );
}

function rangeOf(item: ContentItem | undefined): { from?: string; until?: string } {
  const from = dayOf(item?.startsAt ?? null);
  const until = dayOf(item?.endsAt ?? null, { before: true });
  return { ...(from && { from }), ...(until && { until }) };
}
