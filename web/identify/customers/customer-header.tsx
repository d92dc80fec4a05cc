import { useRouter } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useMayDo, useTimeZone, useWorkspace } from "../../session.ts";
import { Button, Link } from "../../ui/button.tsx";
import { useFormat } from "../../ui/format.ts";
import { Icon } from "../../ui/icons.tsx";
import { Avatar, Badge } from "../../ui/marks.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Alert } from "../../ui/states.tsx";
import { AskDialog, canBeAsked } from "./ask-dialog.tsx";
import { Unsubscribe, useCloseComplaints } from "./bulk-bar.tsx";
import { customerAddress, customersAddress } from "./customer-filter.ts";
import { type Customer, nameOf } from "./customers-data.ts";
import { EraseDialog } from "./erase-dialog.tsx";
import { MergeInto } from "./merge-dialog.tsx";

type Open = "ask" | "unsubscribe" | "merge" | "erase" | undefined;

/** Who it is, what is to be known before they are written to, and what can be done. */
export function CustomerHeader({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const router = useRouter();
  const { slug } = useWorkspace();
  const [open, setOpen] = useState<Open>();
  const close = () => setOpen(undefined);
  const mayEdit = useMayDo("editor");
  const name = nameOf(customer) ?? t("customers.anonymous");
  const person = { ...customer, score: customer.standing?.score ?? null };
  const isSuppressed = customer.unsubscribedAt !== null;
  return (
    <>
      <nav className="crumb">
        <Link className="crumb-link" href={customersAddress(slug)}>
          {t("customers.title")}
        </Link>
        <Icon name="arrowRight" size={12} />
        <span className="cu-crumb">{name}</span>
      </nav>
      <header className="page-h cu-head">
        <div className="cu-title">
          <Avatar name={name} large />
          <div>
            <h1>{name}</h1>
            <p>
              <Details customer={customer} />
            </p>
          </div>
        </div>
        <div className="actions">
          {isSuppressed && <Badge tone="line">{t("customers.marks.unsubscribed")}</Badge>}
          {customer.bouncedAt !== null && <Badge tone="line">{t("customers.marks.bounced")}</Badge>}
          <Actions customer={customer} onOpen={setOpen} />
          {mayEdit && canBeAsked(customer) && (
            <Button variant="primary" icon="send" onPress={() => setOpen("ask")}>
              {t("customers.ask.open")}
            </Button>
          )}
        </div>
      </header>
      <Notices customer={customer} />
      <Unsubscribe chosen={[customer]} isOpen={open === "unsubscribe"} onClose={close} />
      {open === "ask" && <AskDialog customer={customer} onClose={close} />}
      {open === "merge" && (
        <MergeInto
          customer={person}
          onClose={close}
          onDone={(id) => void router.navigate({ href: customerAddress(slug, id), replace: true })}
        />
      )}
      {open === "erase" && (
        <EraseDialog
          customers={[customer]}
          onClose={close}
          onDone={() => void router.navigate({ href: customersAddress(slug), replace: true })}
        />
      )}
    </>
  );
}

function Details({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const { account, standing, knownSince, activeAt, name, email, traits } = customer;
  const began = String(traits.find((trait) => trait.name === "createdAt")?.value ?? "");
  const isCustomerSince = /^\d{4}-\d\d-\d\d/.test(began) && !Number.isNaN(Date.parse(began));
  const said = [
    name ? email : null,
    account?.name ?? account?.key,
    standing?.plan,
    isCustomerSince
      ? t("customers.one.since", { month: format.monthOfYear(began) })
      : t("customers.one.knownSince", { month: format.monthOfYear(knownSince) }),
    activeAt && t("customers.one.lastActive", { day: format.shortDate(activeAt) }),
  ].filter((each) => typeof each === "string");
  return said.map((each, index) => (
    <span key={each}>
      {index > 0 && " · "}
      <span className="cu-part">{each}</span>
    </span>
  ));
}

function Actions({ customer, onOpen }: { customer: Customer; onOpen: (open: Open) => void }) {
  const { t } = useTranslation();
  const mayEdit = useMayDo("editor");
  const mayErase = useMayDo("admin");
  if (!mayEdit) return null;
  return (
    <Menu
      trigger={
        <Button iconEnd="chevronDown" aria-label={t("customers.one.actions")}>
          <Icon name="more" size={16} />
        </Button>
      }
      label={t("customers.one.actions")}
      placement="bottom end"
      sections={[
        {
          lines: [
            {
              id: "merge",
              label: t("customers.one.merge"),
              icon: "link",
              onAction: () => onOpen("merge"),
            },
            {
              id: "unsubscribe",
              label: t("customers.one.unsubscribe"),
              icon: "mail",
              isDisabled: customer.email === null || customer.unsubscribedAt !== null,
              onAction: () => onOpen("unsubscribe"),
            },
            ...(mayErase
              ? [
                  {
                    id: "erase",
                    label: t("customers.one.erase"),
                    icon: "trash" as const,
                    danger: true,
                    onAction: () => onOpen("erase"),
                  },
                ]
              : []),
          ],
        },
      ]}
    />
  );
}

function Notices({ customer }: { customer: Customer }) {
  const { t } = useTranslation();
  const format = useFormat(useTimeZone());
  const closing = useCloseComplaints();
  const mayEdit = useMayDo("editor");
  return (
    <div className="cu-notices">
      {customer.complaints.map(({ id, openedAt, note }) => (
        <Alert
          key={id}
          tone="pas"
          icon="warning"
          title={t("customers.one.complaintOpen", { day: format.shortDate(openedAt) })}
          actions={
            mayEdit && (
              <Button size="sm" isPending={closing.isPending} onPress={() => closing.mutate([customer.id])}>
                {t("customers.one.closeComplaint")}
              </Button>
            )
          }
        >
          {note && <span className="strong">{note} </span>}
          {t("customers.one.complaintQuiet")}
        </Alert>
      ))}
      {!customer.verified && (
        <Alert tone="pas" icon="person" title={t("customers.one.unverifiedTitle")}>
          {t("customers.one.unverifiedBody")}
        </Alert>
      )}
      {customer.anonymous && (
        <Alert tone="pas" icon="person" title={t("customers.one.anonymousTitle")}>
          {t("customers.one.anonymousBody")}
        </Alert>
      )}
    </div>
  );
}
