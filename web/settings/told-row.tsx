import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { useWorkspace } from "../session.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Confirm } from "../ui/dialog.tsx";
import { FormError } from "../ui/form.tsx";
import { Badge } from "../ui/marks.tsx";
import { Menu, type MenuLine } from "../ui/menu.tsx";
import type { Reasoned } from "../ui/reason.ts";
import { useErrorSentence } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";
import { sentenceOfFailure } from "./sentence-of-failure.ts";
import { ToldLog } from "./told-log.tsx";

/** Who is told at once, as far as webhooks, addresses and Slack channels are alike. */
export interface Told {
  id: string;
  name: string;
  state: "active" | "paused" | "disabled";
  failingSince: string | null;
  failure: Reasoned | null;
}

/** Under which address of the API they are. */
export type ToldKind = "webhooks" | "receivers";

/** One who is told: what it is, whether it works, its log, and what can be done with it. */
export function ToldRow({
  kind,
  told,
  more = [],
  mayChange = true,
  children,
}: {
  kind: ToldKind;
  told: Told;
  /** What else can be done with it. */
  more?: readonly MenuLine[];
  mayChange?: boolean;
  /** Below its name. */
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const sentence = useErrorSentence();
  const [open, setOpen] = useState<"log" | "delete">();
  const close = () => {
    setOpen(undefined);
    // A try that the log showed may have disabled it.
    void queries.invalidateQueries({ queryKey: [slug, kind] });
  };
  const { id, name, state, failingSince, failure } = told;
  const routes = api.api.v1[kind][":id"];
  const onError = (error: Error) => toast({ message: sentence(error) });
  const test = useMutation({
    mutationFn: () => read(routes.test.$post({ param: { id } })),
    onSuccess: () => setOpen("log"),
    onError,
  });
  const change = useMutation({
    mutationFn: (to: "active" | "paused") => routes.$patch({ param: { id }, json: { state: to } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, kind] }),
    onError,
  });
  return (
    <li>
      <div className="words">
        <b>{name}</b>
        {children}
        {state === "disabled" && failure && (
          <p className="field-error">
            {t("settings.webhooks.disabledBody", { reason: sentenceOfFailure(failure) })}
          </p>
        )}
      </div>
      {state !== "active" && (
        <Badge tone={state === "disabled" ? "detractor" : "line"}>
          {t(`settings.webhooks.states.${state}`)}
        </Badge>
      )}
      {state === "active" && failingSince !== null && (
        <Badge tone="detractor">{t("settings.webhooks.failing")}</Badge>
      )}
      {mayChange && (
        <>
          <Button
            size="sm"
            variant="quiet"
            aria-label={t("settings.webhooks.logOf", { name })}
            onPress={() => setOpen("log")}
          >
            {t("settings.webhooks.log")}
          </Button>
          <Menu
            label={t("settings.webhooks.more", { name })}
            placement="bottom end"
            trigger={<IconButton icon="more" label={t("settings.webhooks.more", { name })} />}
            sections={[
              {
                lines: [
                  {
                    id: "test",
                    label: t("settings.webhooks.test"),
                    icon: "send",
                    isDisabled: state !== "active",
                    onAction: () => test.mutate(),
                  },
                  {
                    id: "state",
                    label: t(state === "active" ? "settings.webhooks.pause" : "settings.webhooks.activate"),
                    icon: state === "active" ? "minus" : "retry",
                    onAction: () => change.mutate(state === "active" ? "paused" : "active"),
                  },
                  ...more,
                ],
              },
              {
                lines: [
                  {
                    id: "delete",
                    label: t("settings.webhooks.delete"),
                    icon: "trash",
                    danger: true,
                    onAction: () => setOpen("delete"),
                  },
                ],
              },
            ]}
          />
        </>
      )}
      {open === "log" && <ToldLog kind={kind} told={told} onClose={close} />}
      {open === "delete" && <DeleteTold kind={kind} told={told} onClose={close} />}
    </li>
  );
}

function DeleteTold({
  kind,
  told: { id, name },
  onClose,
}: {
  kind: ToldKind;
  told: Told;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const remove = useMutation({
    mutationFn: () => api.api.v1[kind][":id"].$delete({ param: { id } }),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: [slug, kind] });
      toast({ message: t("settings.webhooks.deleted", { name }) });
    },
  });
  return (
    <Confirm
      title={t("settings.webhooks.deleteTitle", { name })}
      isOpen
      onClose={onClose}
      action={t("settings.webhooks.delete")}
      isPending={remove.isPending}
      onConfirm={() => remove.mutate()}
    >
      <p className="muted">{t("settings.webhooks.deleteBody")}</p>
      <FormError error={remove.error} />
    </Confirm>
  );
}
