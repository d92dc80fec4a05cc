import { useMutation, useQuery } from "@tanstack/react-query";
import type { InferResponseType } from "hono/client";
import { useTranslation } from "react-i18next";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { useWorkspace } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { Card } from "../ui/card.tsx";
import { useFormat } from "../ui/format.ts";
import { Avatar } from "../ui/marks.tsx";
import { ErrorCard, useErrorSentence } from "../ui/states.tsx";
import { toast } from "../ui/toast.tsx";

/** An invitation nobody has used yet. */
type OpenInvitation = InferResponseType<
  (typeof api.api.v1)["member-invitations"]["$get"],
  200
>["invitations"][number];

/** Invitations that are still open, each revocable. */
export function OpenInvitations() {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const invitations = useQuery({
    queryKey: [slug, "member-invitations"],
    queryFn: () => read(api.api.v1["member-invitations"].$get()),
  });
  if (invitations.isError) {
    return (
      <Card title={t("settings.members.invitations")}>
        <ErrorCard
          title={t("settings.loadFailed")}
          error={invitations.error}
          onRetry={() => void invitations.refetch()}
        />
      </Card>
    );
  }
  return (
    <Card flush title={t("settings.members.invitations")}>
      <ul className="row-list">
        {invitations.data?.invitations.length === 0 && (
          <li className="empty">{t("settings.members.invitationsEmpty")}</li>
        )}
        {invitations.data?.invitations.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </Card>
  );
}

function InvitationRow({ invitation }: { invitation: OpenInvitation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { slug } = useWorkspace();
  const sentence = useErrorSentence();
  const { id, email, role, expiresAt } = invitation;
  const revoke = useMutation({
    mutationFn: () => api.api.v1["member-invitations"][":id"].$delete({ param: { id } }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [slug, "member-invitations"] });
      toast({ message: t("settings.members.revoked", { email }) });
    },
    onError: (error) => toast({ message: sentence(error), tone: "warning" }),
  });
  return (
    <li>
      <Avatar name={email} />
      <div className="words">
        <b>{email}</b>
        <span>
          {t(`settings.members.roles.${role}`)} ·{" "}
          {t("settings.members.expires", { date: format.date(expiresAt) })}
        </span>
      </div>
      <Button
        size="sm"
        variant="quiet"
        aria-label={t("settings.members.revokeOf", { email })}
        isPending={revoke.isPending}
        onPress={() => revoke.mutate()}
      >
        {t("settings.members.revoke")}
      </Button>
    </li>
  );
}
