import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { problemOf } from "../accounts/problems.ts";
import { api, read } from "../api.ts";
import { queries } from "../queries.ts";
import { roles, useSession, useWorkspace, type Role } from "../session.ts";
import { Button } from "../ui/button.tsx";
import { RadioGroup } from "../ui/choice.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { TextField } from "../ui/field.tsx";
import { Form, FormError } from "../ui/form.tsx";
import { Secret } from "./secret.tsx";

/** Invites somebody: an address, a role, and then the link to pass on. */
export function InviteDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const { slug } = useWorkspace();
  const { mail } = useSession();
  const [role, setRole] = useState<Role>("editor");
  const invite = useMutation({
    mutationFn: ({ email = "" }: Record<string, string>) =>
      read(api.api.v1["member-invitations"].$post({ json: { email, role } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: [slug, "member-invitations"] }),
  });
  const leave = () => {
    invite.reset();
    onClose();
  };
  if (invite.data) {
    return (
      <Dialog
        title={t("settings.members.linkTitle")}
        isOpen={isOpen}
        onClose={leave}
        foot={
          <Button variant="primary" onPress={leave}>
            {t("settings.members.done")}
          </Button>
        }
      >
        <p className="muted">
          {t("settings.members.linkBody", { email: invite.variables["email"] ?? "" })}{" "}
          {mail === "smtp" && t("settings.members.linkSent")}
        </p>
        <Secret text={absolute(invite.data.link)} action={t("settings.members.copyLink")} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t("settings.members.inviteTitle")} isOpen={isOpen} onClose={leave}>
      <Form onSubmit={(values) => invite.mutate(values)}>
        <TextField
          name="email"
          type="email"
          label={t("accounts.email")}
          error={problemOf(invite.error, "email")}
          autoComplete="off"
          isRequired
          autoFocus
        />
        <RoleChoice role={role} onChange={setRole} />
        {!problemOf(invite.error, "email") && <FormError error={invite.error} />}
        <div className="form-foot">
          <Button variant="primary" type="submit" isPending={invite.isPending}>
            {t("settings.members.inviteSubmit")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

function RoleChoice({ role, onChange }: { role: Role; onChange: (role: Role) => void }) {
  const { t } = useTranslation();
  const { role: ownRole } = useWorkspace();
  const grantable = roles.filter((role) => role !== "owner" || ownRole === "owner");
  return (
    <RadioGroup
      label={t("settings.members.role")}
      value={role}
      onChange={onChange}
      options={grantable.map((id) => ({
        id,
        label: t(`settings.members.roles.${id}`),
        detail: t(`settings.members.roleDetails.${id}`),
      }))}
    />
  );
}

/** The server may give the link with or without its own address. */
function absolute(link: string) {
  return new URL(link, location.origin).href;
}
