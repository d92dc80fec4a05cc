import { useMutation, useQuery } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { useState } from "react";
import { CheckboxGroup, Label, Text } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { isShownAtFields, problemOf } from "../accounts/problems.ts";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { useMayDo, useTimeZone, useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Card, Note } from "../ui/card.tsx";
import { Checkbox, Select, Switch } from "../ui/choice.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { ErrorCard, Ghost } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";

type Settings = InferResponseType<(typeof api.api.v1)["inbox-settings"]["$get"], 200>;
type Member = InferResponseType<typeof api.api.v1.members.$get, 200>["members"][number];

const week = [1, 2, 3, 4, 5, 6, 7];
const fields = ["hours.from", "hours.to", "hours.days", "replyHours", "ownerTrait"];

/** Business hours, who gets cases, and what opens them. */
export function InboxCard() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const settings = useQuery({
    queryKey: [slug, "inbox-settings"],
    queryFn: () => read(api.api.v1["inbox-settings"].$get()),
  });
  const members = useQuery({
    queryKey: [slug, "members"],
    queryFn: () => read(api.api.v1.members.$get()),
  });
  const failed = settings.error ?? members.error;
  return (
    <Card title={t("alerts.inbox.title")}>
      <p className="settings-lead">{t("alerts.inbox.lead")}</p>
      {failed && (
        <ErrorCard
          title={t("settings.loadFailed")}
          error={failed}
          onRetry={() => void Promise.all([settings.refetch(), members.refetch()])}
        />
      )}
      {!failed && (settings.isPending || members.isPending) && <Ghost lines={[36, 36, 36, 36]} />}
      {settings.data && members.data && (
        <InboxForm
          settings={settings.data}
          members={members.data.members.filter(({ role }) => role !== "viewer")}
        />
      )}
    </Card>
  );
}

function InboxForm({ settings, members }: { settings: Settings; members: readonly Member[] }) {
  const { t, i18n } = useTranslation();
  const { slug } = useWorkspace();
  const timeZone = useTimeZone();
  const mayChange = useMayDo("admin");
  const [draft, setDraft] = useState(settings);
  const set = (change: Partial<Settings>) => setDraft((before) => ({ ...before, ...change }));
  const rule = <Name extends keyof Settings["rules"]>(name: Name, change: Partial<Settings["rules"][Name]>) =>
    setDraft((before) => ({
      ...before,
      rules: { ...before.rules, [name]: { ...before.rules[name], ...change } },
    }));
  const save = useMutation({
    mutationFn: (values: Record<string, string>) =>
      read(
        api.api.v1["inbox-settings"].$put({
          json: {
            ...draft,
            hours: {
              ...draft.hours,
              from: values.from ?? "",
              to: values.to === "00:00" ? "24:00" : (values.to ?? ""),
            },
            replyHours: Number(values.replyHours),
            ownerTrait: values.ownerTrait ?? draft.ownerTrait,
          },
        }),
      ),
    onSuccess: (saved) => {
      queries.setQueryData([slug, "inbox-settings"], saved);
      toast({ message: t("settings.saved") });
    },
  });
  const names = new Intl.DateTimeFormat(i18n.language, { weekday: "short", timeZone: "UTC" });
  // The first of January 2024 was a Monday.
  const weekday = (day: number) => names.format(Date.UTC(2024, 0, day));
  const disabled = { isDisabled: !mayChange };
  return (
    <Form onSubmit={(values) => save.mutate(values)}>
      <div className="field-pair">
        <TextField
          name="from"
          type="time"
          label={t("alerts.inbox.from")}
          defaultValue={settings.hours.from}
          error={problemOf(save.error, "hours.from")}
          {...disabled}
          isRequired
        />
        <TextField
          name="to"
          type="time"
          label={t("alerts.inbox.to")}
          defaultValue={settings.hours.to === "24:00" ? "00:00" : settings.hours.to}
          error={problemOf(save.error, "hours.to")}
          {...disabled}
          isRequired
        />
      </div>
      <CheckboxGroup
        className="field"
        value={draft.hours.days.map(String)}
        onChange={(days) => set({ hours: { ...draft.hours, days: days.map(Number) } })}
        {...disabled}
      >
        <Label className="lab">{t("alerts.inbox.days")}</Label>
        <div className="checks across">
          {week.map((day) => (
            <Checkbox key={day} value={String(day)}>
              {weekday(day)}
            </Checkbox>
          ))}
        </div>
        <Text slot="description" className="hint">
          {t("alerts.inbox.daysHint", { timeZone: timeZone ?? "UTC" })}
        </Text>
        {draft.hours.days.length === 0 && (
          <span className="field-error" role="alert">
            {t("alerts.inbox.dayMissing")}
          </span>
        )}
      </CheckboxGroup>
      <TextField
        name="replyHours"
        type="number"
        inputMode="decimal"
        label={t("alerts.inbox.replyHours")}
        hint={t("alerts.inbox.replyHoursHint")}
        defaultValue={String(settings.replyHours)}
        error={problemOf(save.error, "replyHours")}
        {...disabled}
        isRequired
      />
      <Select
        label={t("alerts.inbox.owner")}
        value={draft.owner}
        onChange={(owner) => set({ owner })}
        options={(["account_owner", "in_turn", "nobody"] as const).map((id) => ({
          id,
          label: t(`alerts.inbox.owners.${id}`),
        }))}
        {...disabled}
      />
      {draft.owner === "account_owner" && (
        <TextField
          name="ownerTrait"
          label={t("alerts.inbox.ownerTrait")}
          hint={t("alerts.inbox.ownerTraitHint")}
          defaultValue={settings.ownerTrait}
          error={problemOf(save.error, "ownerTrait")}
          {...disabled}
          isRequired
        />
      )}
      {draft.owner !== "nobody" && (
        <CheckboxGroup
          className="field"
          value={draft.turn.length > 0 ? draft.turn : members.map(({ id }) => id)}
          onChange={(turn) => set({ turn: turn.length === members.length ? [] : turn })}
          {...disabled}
        >
          <Label className="lab">{t("alerts.inbox.turn")}</Label>
          <div className="checks">
            {members.map(({ id, name }) => (
              <Checkbox key={id} value={id}>
                {name}
              </Checkbox>
            ))}
          </div>
          <Text slot="description" className="hint">
            {t("alerts.inbox.turnHint")}
          </Text>
        </CheckboxGroup>
      )}
      <span className="lab">{t("alerts.inbox.rules")}</span>
      <Switch
        isSelected={draft.rules.detractor.enabled}
        onChange={(enabled) => rule("detractor", { enabled })}
        detail={t("alerts.inbox.detractorDetail", { upTo: draft.rules.detractor.upTo })}
        {...disabled}
      >
        {t("alerts.inbox.detractor")}
      </Switch>
      <Switch
        isSelected={draft.rules.cooling.enabled}
        onChange={(enabled) => rule("cooling", { enabled })}
        detail={t("alerts.inbox.coolingDetail", {
          share: Math.round(draft.rules.cooling.top * 100),
          most: draft.rules.cooling.mostADay,
        })}
        {...disabled}
      >
        {t("alerts.inbox.cooling")}
      </Switch>
      <Switch
        isSelected={draft.rules.reply.enabled}
        onChange={(enabled) => rule("reply", { enabled })}
        detail={t("alerts.inbox.replyDetail")}
        {...disabled}
      >
        {t("alerts.inbox.reply")}
      </Switch>
      {!isShownAtFields(save.error, fields) && <FormError error={save.error} />}
      {mayChange ? (
        <div className="form-foot">
          <Button
            variant="primary"
            type="submit"
            isPending={save.isPending}
            isDisabled={draft.hours.days.length === 0}
          >
            {t("settings.save")}
          </Button>
        </div>
      ) : (
        <Note>{t("settings.noPermission")}</Note>
      )}
    </Form>
  );
}
