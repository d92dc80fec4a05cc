import { useMutation, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { InferResponseType } from "hono/client";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { refreshSession, roles, useMayDo, useSession, useWorkspace, type Role } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { Select } from "../ui/choice.tsx";
import { Confirm } from "../ui/dialog.tsx";
import { useFormat } from "../ui/format.ts";
import { FormError } from "../ui/form.tsx";
import { Avatar } from "../ui/marks.tsx";
import { ErrorCard, Ghost, useErrorSentence } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { OpenInvitations } from "./open-invitations.tsx";

/** A person in this workspace. */
type Member = InferResponseType<typeof api.api.v1.members.$get, 200>["members"][number];

/** Who is in this workspace and what they may do; invitations that are still open. */
export function MembersPage() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const mayChange = useMayDo("admin");
  const search = useSearch({ strict: false }) as { do?: string };
  const navigate = useNavigate();
  const members = useQuery({
    queryKey: [slug, "members"],
    queryFn: () => read(api.api.v1.members.$get()),
  });
  const [isInviting, setInviting] = useState(false);
  const isOpen = isInviting || (mayChange && search.do === "invite");
  const close = () => {
    setInviting(false);
    void navigate({ href: `/${slug}/settings/members`, replace: true });
  };
  const invite = (
    <Button size="sm" icon="invite" onPress={() => setInviting(true)}>
      {t("settings.members.invite")}
    </Button>
  );
  return (
    <>
      <Card
        flush
        title={t("settings.members.title")}
        sub={members.data && t("settings.members.count", { count: members.data.members.length })}
        end={mayChange && invite}
      >
        {members.isPending && (
          <div className="card-body">
            <Ghost lines={[36, 36, 36]} />
          </div>
        )}
        {members.isError && (
          <div className="card-body">
            <ErrorCard
              title={t("settings.loadFailed")}
              error={members.error}
              onRetry={() => void members.refetch()}
            />
          </div>
        )}
        <ul className="row-list">
          {members.data?.members.map((member) => (
            <MemberRow key={member.id} member={member} />
          ))}
        </ul>
      </Card>
      {mayChange && <OpenInvitations />}
      <InviteDialog isOpen={isOpen} onClose={close} />
    </>
  );
}

function MemberRow({ member }: { member: Member }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { slug, role: ownRole } = useWorkspace();
  const { person } = useSession();
  const sentence = useErrorSentence();
  const [isRemoving, setRemoving] = useState(false);
  const isSelf = person?.id === member.id;
  const mayChange = useMayDo("admin") && !isSelf && (member.role !== "owner" || ownRole === "owner");
  const grantable = roles.filter((role) => role !== "owner" || ownRole === "owner");
  const refresh = () => queries.invalidateQueries({ queryKey: [slug, "members"] });
  const change = useMutation({
    mutationFn: (role: Role) =>
      api.api.v1.members[":id"].$patch({ param: { id: member.id }, json: { role } }),
    onSuccess: async (_, role) => {
      await refresh();
      toast({
        message: t("settings.members.roleChanged", {
          name: member.name,
          role: t(`settings.members.roles.${role}`),
        }),
      });
    },
    onError: (error) => toast({ message: sentence(error), tone: "warning" }),
  });
  const remove = useMutation({
    mutationFn: () => api.api.v1.members[":id"].$delete({ param: { id: member.id } }),
    onSuccess: async () => {
      setRemoving(false);
      await Promise.all([refresh(), refreshSession()]);
      toast({ message: t("settings.members.removed", { name: member.name }) });
    },
  });
  return (
    <li>
      <Avatar name={member.name || member.email} />
      <div className="words">
        <b>
          {member.name} {isSelf && <span>({t("settings.members.you")})</span>}
        </b>
        <span>
          {member.email} · {t("settings.members.since", { date: format.date(member.createdAt) })}
        </span>
      </div>
      {mayChange ? (
        <>
          <Select
            quiet
            size="sm"
            label={t("settings.members.roleOf", { name: member.name })}
            value={member.role}
            onChange={(role) => role !== member.role && change.mutate(role)}
            options={grantable.map((role) => ({ id: role, label: t(`settings.members.roles.${role}`) }))}
            isDisabled={change.isPending}
          />
          <Button
            size="sm"
            variant="quiet"
            aria-label={t("settings.members.removeOf", { name: member.name })}
            onPress={() => setRemoving(true)}
          >
            {t("settings.members.remove")}
          </Button>
        </>
      ) : (
        <span className="muted">{t(`settings.members.roles.${member.role}`)}</span>
      )}
      <Confirm
        title={t("settings.members.removeTitle", { name: member.name })}
        isOpen={isRemoving}
        onClose={() => setRemoving(false)}
        action={t("settings.members.remove")}
        isPending={remove.isPending}
        onConfirm={() => remove.mutate()}
      >
        <p className="muted">{t("settings.members.removeBody", { name: member.name })}</p>
        <FormError error={remove.error} />
      </Confirm>
    </li>
  );
}
