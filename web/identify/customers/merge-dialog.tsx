import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Label, Radio, RadioGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { TypedSearch } from "../../collect/typed-search.tsx";
import { api, read } from "../../api.ts";
import { useWorkspace } from "../../session.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Avatar, ScoreChip } from "../../ui/marks.tsx";
import { ErrorCard } from "../../ui/states.tsx";
import { toast } from "../../ui/toast.tsx";
import { foundQuery, type ListedCustomer, nameOf, readAgain } from "./customers-data.ts";

type Person = Pick<ListedCustomer, "id" | "name" | "email" | "externalId" | "score">;

const mostFound = 8;

/** Merges two customers who are selected: who of them stays is asked. */
export function MergePair({
  pair,
  onClose,
  onDone,
}: {
  pair: readonly [Person, Person];
  onClose: () => void;
  onDone: (stays: string) => void;
}) {
  const { t } = useTranslation();
  const [stays, setStays] = useState(pair[0].id);
  const [into, from] = pair[0].id === stays ? pair : [pair[1], pair[0]];
  const merge = useMerge({ from, into }, { onClose, onDone });
  return (
    <Frame merge={merge} onClose={onClose} isReady>
      <People
        label={t("customers.merge.who")}
        people={pair}
        value={stays}
        onChange={setStays}
        detail={t("customers.merge.stays")}
      />
    </Frame>
  );
}

/** Merges another customer into this one: who that is is looked for. */
export function MergeInto({
  customer,
  onClose,
  onDone,
}: {
  customer: Person;
  onClose: () => void;
  onDone: (stays: string) => void;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const [text, setText] = useState<string>();
  const [chosen, setChosen] = useState<Person>();
  const { data = [], isFetched } = useQuery(foundQuery(slug, text ?? "", mostFound + 1));
  const found = data.filter(({ id }) => id !== customer.id).slice(0, mostFound);
  const merge = useMerge({ from: chosen, into: customer }, { onClose, onDone });
  const anonymous = t("customers.anonymous");
  return (
    <Frame merge={merge} onClose={onClose} isReady={chosen !== undefined}>
      <TypedSearch label={t("customers.merge.find")} value={text} onChange={setText} />
      {found.length > 0 && (
        <People
          label={t("customers.merge.other")}
          people={found}
          value={chosen?.id ?? null}
          onChange={(id) => setChosen(found.find((person) => person.id === id))}
        />
      )}
      {text && isFetched && found.length === 0 && <p className="faint">{t("customers.merge.nobody")}</p>}
      {chosen && (
        <p>
          {t("customers.merge.chosen", {
            from: nameOf(chosen) ?? anonymous,
            into: nameOf(customer) ?? anonymous,
          })}
        </p>
      )}
    </Frame>
  );
}

function useMerge(
  { from, into }: { from: Person | undefined; into: Person },
  { onClose, onDone }: { onClose: () => void; onDone: (stays: string) => void },
) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const anonymous = t("customers.anonymous");
  return useMutation({
    mutationFn: () =>
      read(
        api.api.v1.customers[":id"].merge.$post({ param: { id: into.id }, json: { from: from?.id ?? "" } }),
      ),
    onSuccess: async ({ id }) => {
      onDone(id);
      onClose();
      toast({
        message: t("customers.merge.done", {
          from: (from && nameOf(from)) ?? anonymous,
          into: nameOf(into) ?? anonymous,
        }),
      });
      await readAgain(slug);
    },
  });
}

function Frame({
  merge,
  isReady,
  onClose,
  children,
}: {
  merge: ReturnType<typeof useMerge>;
  isReady: boolean;
  onClose: () => void;
  children: React.ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t("customers.merge.title")}
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{t("ui.cancel")}</Button>
          <Button
            variant="primary"
            isPending={merge.isPending}
            isDisabled={!isReady}
            onPress={() => merge.mutate()}
          >
            {t("customers.merge.action")}
          </Button>
        </>
      }
    >
      <div className="form">
        <p className="muted">{t("customers.merge.intro")}</p>
        {children}
        {merge.error && <ErrorCard title={t("customers.merge.failed")} error={merge.error} />}
      </div>
    </Dialog>
  );
}

function People({
  label,
  people,
  value,
  onChange,
  detail,
}: {
  label: string;
  people: readonly Person[];
  value: string | null;
  onChange: (id: string) => void;
  /** Said of the one that is chosen. */
  detail?: string;
}) {
  const { t } = useTranslation();
  return (
    <RadioGroup className="field" value={value} onChange={onChange}>
      <Label className="lab">{label}</Label>
      <div className="cu-people">
        {people.map((person) => {
          const name = nameOf(person) ?? t("customers.anonymous");
          const more = [person.name && person.email, person.externalId].filter(Boolean).join(" · ");
          return (
            <Radio key={person.id} value={person.id} className="cu-person">
              <Avatar name={name} />
              <span className="cu-names">
                <b>{name}</b>
                <span className="cu-detail">{(value === person.id && detail) || more || person.id}</span>
              </span>
              {person.score !== null && <ScoreChip score={person.score} />}
            </Radio>
          );
        })}
      </div>
    </RadioGroup>
  );
}
