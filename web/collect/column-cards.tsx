import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Card } from "../ui/card.tsx";
import { Checkbox, Select } from "../ui/choice.tsx";
import { TextField } from "../ui/field.tsx";
import { useNow } from "../ui/now.ts";
import { answerRoles, customerRoles, withRole, type Role } from "./mapping-draft.ts";
import type { Drafting } from "./mapping-page.tsx";

const notIn = "none";
const dateFormats = ["iso", "dmy", "mdy", "named", "unix", "unixms"] as const;

/** Which columns hold the answer. Beside each that is missing stands what to use instead. */
export function AnswerColumns(props: Drafting) {
  const { t } = useTranslation();
  return (
    <Card title={t("imports.mapping.columns")}>
      <div className="im-roles">
        {answerRoles.map((role) => (
          <RoleSelect key={role} role={role} {...props}>
            <Instead role={role} {...props} />
          </RoleSelect>
        ))}
      </div>
    </Card>
  );
}

/** What belongs to a role: how its values are written, or one value for all answers where no column has it. */
function Instead({ role, ...props }: Drafting & { role: Role }) {
  const isIn = props.draft[role] !== undefined;
  if (role === "date") return isIn ? <DateFormat {...props} /> : <DefaultDate {...props} />;
  if (role === "language" && !isIn) return <DefaultLanguage {...props} />;
  if (role === "channel" && !isIn) return <DefaultChannel {...props} />;
  if (role === "weight" && isIn) return <DecimalComma {...props} />;
  return null;
}

/** Which columns say who answered. */
export function CustomerColumns(props: Drafting) {
  const { t } = useTranslation();
  const shown = customerRoles.filter((role) => role !== "lastName" || props.draft.name !== undefined);
  return (
    <Card title={t("imports.mapping.customer")} sub={t("imports.mapping.customerSub")}>
      <div className="im-roles">
        {shown.map((role) => (
          <RoleSelect key={role} role={role} {...props} />
        ))}
      </div>
    </Card>
  );
}

function RoleSelect({
  role,
  preview,
  draft,
  onChange,
  children,
}: Drafting & { role: Role; children?: ReactNode }) {
  const { t } = useTranslation();
  const isScore = role === "score";
  const hint = role === "responseId" || role === "weight" ? t(`imports.mapping.hints.${role}`) : undefined;
  const columns = preview.columns.map(({ index, name, samples }) => ({
    id: String(index),
    label: name || `${index + 1}`,
    detail: (samples[0] ?? "").slice(0, 24),
  }));
  return (
    <div className="im-role-cell">
      <Select
        label={t(`imports.mapping.roles.${role}`)}
        options={isScore ? columns : [{ id: notIn, label: t("imports.mapping.notIn") }, ...columns]}
        value={draft[role] === undefined ? (isScore ? null : notIn) : String(draft[role])}
        onChange={(id) => onChange(withRole(draft, preview, role, id === notIn ? undefined : Number(id)))}
        {...(isScore && { placeholder: t("imports.mapping.required") })}
        {...(hint && { hint })}
      />
      {children}
    </div>
  );
}

function DateFormat({ draft, onChange }: Drafting) {
  const { t } = useTranslation();
  return (
    <div className="im-else">
      <Select
        label={t("imports.mapping.dateFormat")}
        options={dateFormats.map((id) => ({ id, label: t(`imports.mapping.dateFormats.${id}`) }))}
        value={draft.dateFormat === "ymd" ? "iso" : (draft.dateFormat ?? "iso")}
        onChange={(dateFormat) => onChange({ ...draft, dateFormat })}
      />
    </div>
  );
}

function DefaultDate({ draft, onChange }: Drafting) {
  const { t } = useTranslation();
  const today = new Intl.DateTimeFormat("en-CA", { dateStyle: "short" }).format(useNow());
  return (
    <div className="im-else">
      <TextField
        type="date"
        label={t("imports.mapping.defaultDate")}
        hint={t("imports.mapping.defaultDateHint")}
        value={draft.defaultDate ?? today}
        onChange={(day) => onChange({ ...draft, defaultDate: day || undefined })}
      />
    </div>
  );
}

function DefaultLanguage({ draft, onChange }: Drafting) {
  const { t } = useTranslation();
  return (
    <div className="im-else">
      <TextField
        label={t("imports.mapping.defaultLanguage")}
        hint={t("imports.mapping.defaultLanguageHint")}
        value={draft.defaultLanguage ?? ""}
        maxLength={35}
        onChange={(tag) => onChange({ ...draft, defaultLanguage: tag.trim() || undefined })}
      />
    </div>
  );
}

function DefaultChannel({ draft, onChange }: Drafting) {
  const { t } = useTranslation();
  return (
    <div className="im-else">
      <TextField
        label={t("imports.mapping.defaultChannel")}
        placeholder="import"
        value={draft.defaultChannel ?? ""}
        maxLength={50}
        onChange={(channel) => onChange({ ...draft, defaultChannel: channel || undefined })}
      />
    </div>
  );
}

function DecimalComma({ draft, onChange }: Drafting) {
  const { t } = useTranslation();
  return (
    <div className="im-else">
      <Checkbox
        isSelected={draft.decimalComma ?? false}
        onChange={(decimalComma) => onChange({ ...draft, decimalComma })}
      >
        {t("imports.mapping.decimalComma")}
      </Checkbox>
    </div>
  );
}
