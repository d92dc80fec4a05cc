import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { queries } from "../../queries.ts";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/field.tsx";
import { Form, FormError } from "../../ui/form.tsx";
import { useFormat } from "../../ui/format.ts";
import { type AddedCodes, type CodePool, sendCodes } from "./codes-data.ts";

const shown = 5;

/** Takes codes, pasted or from a file, and says what became of them. */
export function AddCodesDialog({ pool: { id, name }, onClose }: { pool: CodePool; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const [text, setText] = useState("");
  const add = useMutation({
    mutationFn: () => sendCodes(id, text),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, "code-pools"] }),
  });
  const title = t("codes.add.title", { name });
  if (add.data) {
    return (
      <Dialog
        title={title}
        isOpen
        onClose={onClose}
        foot={
          <Button variant="primary" onPress={onClose}>
            {t("codes.add.done")}
          </Button>
        }
      >
        <Outcome added={add.data} />
      </Dialog>
    );
  }
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      <Form onSubmit={() => add.mutate()}>
        <TextField
          name="codes"
          label={t("codes.add.text")}
          hint={t("codes.add.textHint")}
          value={text}
          onChange={setText}
          rows={8}
          isRequired
          autoFocus
        />
        <FormError error={add.error} />
        <div className="form-foot">
          <FileTrigger
            acceptedFileTypes={[".csv", ".txt", "text/csv", "text/plain"]}
            onSelect={(files) => void files?.[0]?.text().then(setText)}
          >
            <Button icon="upload">{t("codes.add.file")}</Button>
          </FileTrigger>
          <Button variant="primary" type="submit" isPending={add.isPending}>
            {t("codes.add.submit")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

function Outcome({ added: { added, known, knownCodes, faulty } }: { added: AddedCodes }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className="cd-outcome" role="status">
      <p>
        <b>{t("codes.add.added", { count: added, written: format.count(added) })}</b>
      </p>
      {known > 0 && (
        <p className="muted">
          {t("codes.add.known", {
            written: format.count(known),
            codes: knownCodes.slice(0, shown).join(", ") + (known > shown ? " …" : ""),
          })}
        </p>
      )}
      {faulty[0] && (
        <p className="muted">
          {t("codes.add.faulty", { written: format.count(faulty.length), line: faulty[0].line })}
        </p>
      )}
    </div>
  );
}
