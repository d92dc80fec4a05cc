import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { surveysQuery } from "../../collect/surveys-data.ts";
import { api, read } from "../../api.ts";
import { useWorkspace } from "../../session.ts";
import { Button, ButtonLink } from "../../ui/button.tsx";
import { Select } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Alert, Ghost, useErrorSentence } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { type Customer, nameOf, readAgain } from "./customers-data.ts";

/** Whether a survey can be sent to them at all: somebody known, with an address, who may be written to. */
export function canBeAsked({ email, verified, unsubscribedAt }: Customer): boolean {
  return email !== null && verified && unsubscribedAt === null;
}

/** Sends the invitation of a live survey now. Whoever rests or has complained is left in peace, and the dialog says so. */
export function AskDialog({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const sentence = useErrorSentence();
  const { data } = useQuery(surveysQuery(slug));
  const live = data?.filter(({ state }) => state === "live") ?? [];
  const [chosen, setChosen] = useState<string>();
  const surveyId = chosen ?? live[0]?.id;
  const ask = useMutation({
    mutationFn: () =>
      read(
        api.api.v1.invitations.$post({
          json: {
            surveyId: surveyId ?? "",
            channel: "email",
            // By the address, which is theirs alone: it finds them and says nothing new.
            customer: { email: customer.email },
          },
        }),
      ),
    onSuccess: async () => {
      onClose();
      toast({ message: t("customers.ask.done", { name: nameOf(customer) ?? "" }) });
      await readAgain(slug);
    },
  });
  return (
    <Dialog
      title={t("customers.ask.title", { name: nameOf(customer) ?? "" })}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button
            variant="primary"
            isPending={ask.isPending}
            isDisabled={surveyId === undefined}
            onPress={() => ask.mutate()}
          >
            {t("customers.ask.action")}
          </Button>
        </>
      }
    >
      <div className="form">
        {!data && <Ghost lines={[36]} />}
        {data && live.length === 0 && (
          <>
            <p className="muted">{t("customers.ask.noSurvey")}</p>
            <ButtonLink href={`/${slug}/surveys`}>{t("customers.ask.toSurveys")}</ButtonLink>
          </>
        )}
        {live.length > 0 && (
          <>
            <p className="muted">{t("customers.ask.body", { email: customer.email ?? "" })}</p>
            <Select
              label={t("responses.survey")}
              options={live.map(({ id, name }) => ({ id, label: name }))}
              value={surveyId ?? null}
              onChange={setChosen}
            />
          </>
        )}
        {ask.error && (
          <Alert tone="pas" title={t("customers.ask.refused")}>
            {sentence(ask.error)}
          </Alert>
        )}
      </div>
    </Dialog>
  );
}
