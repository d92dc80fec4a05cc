import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { whenSignedOut } from "./api.ts";
import { queries } from "./queries.ts";
import { homeOf, sessionQuery } from "./session.ts";
import { NotFound, Page, Unreachable } from "./shell/outer-pages.tsx";

/** The title of a page, for the browser's tab and for screen readers. */
export type PageTitle =
  | "overview.title"
  | "surveys.title"
  | "editor.title"
  | "invitations.title"
  | "suppressions.title"
  | "responses.title"
  | "customers.title"
  | "segments.title"
  | "events.title"
  | "passives.title"
  | "library.title"
  | "codes.title"
  | "results.title"
  | "inbox.title"
  | "moves.title"
  | "plays.title"
  | "plays.editor.title"
  | "imports.title"
  | "settings.title"
  | "accounts.signIn.title"
  | "accounts.firstRun.own.title"
  | "accounts.reset.title";

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    title?: PageTitle;
  }
}

/** Search parameters are plain strings in the address: `?wave=2026-q3&score=7`. */
type Search = Partial<Record<string, string>>;
const asStrings = (search: Record<string, unknown>): Search =>
  Object.fromEntries(Object.entries(search).map(([key, value]) => [key, String(value)]));

const session = () => queries.ensureQueryData(sessionQuery);

const root = createRootRoute({ component: Page, notFoundComponent: NotFound, errorComponent: Unreachable });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: async () => {
    throw redirect({ href: homeOf(await session()) });
  },
});

const firstRun = createRoute({
  getParentRoute: () => root,
  path: "/first-run",
  staticData: { title: "accounts.firstRun.own.title" },
  beforeLoad: async () => {
    const found = await session();
    if (!found.firstRun) throw redirect({ href: homeOf(found) });
  },
  component: lazyRouteComponent(() => import("./accounts/first-run.tsx"), "FirstRun"),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: asStrings,
  staticData: { title: "accounts.signIn.title" },
  beforeLoad: async () => {
    const found = await session();
    if (found.firstRun || found.person) throw redirect({ href: homeOf(found) });
  },
  component: lazyRouteComponent(() => import("./accounts/sign-in.tsx"), "SignIn"),
});

const reset = createRoute({
  getParentRoute: () => root,
  path: "/reset-password",
  validateSearch: asStrings,
  staticData: { title: "accounts.reset.title" },
  beforeLoad: () => session().then(() => undefined),
  component: lazyRouteComponent(() => import("./accounts/reset-password.tsx"), "ResetPassword"),
});

const invitation = createRoute({
  getParentRoute: () => root,
  path: "/invitation/$token",
  beforeLoad: () => session().then(() => undefined),
  component: lazyRouteComponent(() => import("./accounts/accept-invitation.tsx"), "AcceptInvitation"),
});

const noWorkspace = createRoute({
  getParentRoute: () => root,
  path: "/workspaces",
  validateSearch: asStrings,
  beforeLoad: () => session().then(() => undefined),
  component: lazyRouteComponent(() => import("./accounts/no-workspace.tsx"), "NoWorkspace"),
});

const workspace = createRoute({
  getParentRoute: () => root,
  path: "/$workspace",
  beforeLoad: async ({ params, location }) => {
    const found = await session();
    if (found.firstRun) throw redirect({ href: "/first-run" });
    if (!found.person) throw redirect({ href: `/sign-in?to=${encodeURIComponent(location.href)}` });
    if (found.workspaces.some(({ slug }) => slug === params.workspace)) return;
    throw redirect({ href: `/workspaces?slug=${encodeURIComponent(params.workspace)}` });
  },
  component: lazyRouteComponent(() => import("./shell/shell.tsx"), "Shell"),
});

const workspaceHome = createRoute({
  getParentRoute: () => workspace,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ href: `/${params.workspace}/overview` });
  },
});

const overview = createRoute({
  getParentRoute: () => workspace,
  path: "/overview",
  validateSearch: asStrings,
  staticData: { title: "overview.title" },
  component: lazyRouteComponent(() => import("./identify/overview.tsx"), "Overview"),
});

const surveys = createRoute({
  getParentRoute: () => workspace,
  path: "/surveys",
  validateSearch: asStrings,
  staticData: { title: "surveys.title" },
  component: lazyRouteComponent(() => import("./collect/surveys/surveys.tsx"), "Surveys"),
});

const oneSurvey = createRoute({
  getParentRoute: () => workspace,
  path: "/surveys/$surveyId",
  validateSearch: asStrings,
  staticData: { title: "surveys.title" },
  component: lazyRouteComponent(() => import("./collect/surveys/one-survey.tsx"), "OneSurvey"),
});

const surveyEditor = createRoute({
  getParentRoute: () => workspace,
  path: "/surveys/$surveyId/edit",
  staticData: { title: "editor.title" },
  component: lazyRouteComponent(() => import("./collect/editor/editor.tsx"), "SurveyEditor"),
});

const invitations = createRoute({
  getParentRoute: () => workspace,
  path: "/invitations",
  validateSearch: asStrings,
  staticData: { title: "invitations.title" },
  component: lazyRouteComponent(() => import("./collect/invitations/invitations.tsx"), "Invitations"),
});

const unsubscribes = createRoute({
  getParentRoute: () => workspace,
  path: "/unsubscribes",
  validateSearch: asStrings,
  staticData: { title: "suppressions.title" },
  component: lazyRouteComponent(() => import("./collect/suppressions/suppressions.tsx"), "Suppressions"),
});

const responses = createRoute({
  getParentRoute: () => workspace,
  path: "/responses",
  validateSearch: asStrings,
  staticData: { title: "responses.title" },
  component: lazyRouteComponent(() => import("./collect/responses.tsx"), "Responses"),
});

const customers = createRoute({
  getParentRoute: () => workspace,
  path: "/customers",
  validateSearch: asStrings,
  staticData: { title: "customers.title" },
  component: lazyRouteComponent(() => import("./identify/customers/customers.tsx"), "Customers"),
});

const oneCustomer = createRoute({
  getParentRoute: () => workspace,
  path: "/customers/$customer",
  staticData: { title: "customers.title" },
  component: lazyRouteComponent(() => import("./identify/customers/customer.tsx"), "CustomerPage"),
});

const segments = createRoute({
  getParentRoute: () => workspace,
  path: "/segments",
  staticData: { title: "segments.title" },
  component: lazyRouteComponent(() => import("./identify/segments/segments.tsx"), "Segments"),
});

const library = createRoute({
  getParentRoute: () => workspace,
  path: "/library",
  staticData: { title: "library.title" },
  component: lazyRouteComponent(() => import("./act/library/library.tsx"), "Library"),
});

const codes = createRoute({
  getParentRoute: () => workspace,
  path: "/codes",
  staticData: { title: "codes.title" },
  component: lazyRouteComponent(() => import("./act/codes/codes.tsx"), "Codes"),
});

const segmentEditor = createRoute({
  getParentRoute: () => workspace,
  path: "/segments/$segment",
  validateSearch: asStrings,
  staticData: { title: "segments.title" },
  component: lazyRouteComponent(() => import("./identify/segments/segment-editor.tsx"), "SegmentEditor"),
});

const passives = createRoute({
  getParentRoute: () => workspace,
  path: "/passives",
  validateSearch: asStrings,
  staticData: { title: "passives.title" },
  component: lazyRouteComponent(() => import("./identify/passives/passives.tsx"), "Passives"),
});

const results = createRoute({
  getParentRoute: () => workspace,
  path: "/results",
  staticData: { title: "results.title" },
  component: lazyRouteComponent(() => import("./prove/results/results.tsx"), "Results"),
});

const inbox = createRoute({
  getParentRoute: () => workspace,
  path: "/inbox",
  validateSearch: asStrings,
  staticData: { title: "inbox.title" },
  component: lazyRouteComponent(() => import("./act/inbox/inbox.tsx"), "Inbox"),
});

const moves = createRoute({
  getParentRoute: () => workspace,
  path: "/moves",
  validateSearch: asStrings,
  staticData: { title: "moves.title" },
  component: lazyRouteComponent(() => import("./prove/moves/moves.tsx"), "Moves"),
});

const imports = createRoute({
  getParentRoute: () => workspace,
  path: "/import",
  staticData: { title: "imports.title" },
  component: lazyRouteComponent(() => import("./collect/imports.tsx"), "Imports"),
});

const oneImport = createRoute({
  getParentRoute: () => workspace,
  path: "/import/$importId",
  staticData: { title: "imports.title" },
  component: lazyRouteComponent(() => import("./collect/one-import.tsx"), "OneImport"),
});

const events = createRoute({
  getParentRoute: () => workspace,
  path: "/events",
  staticData: { title: "events.title" },
  component: lazyRouteComponent(() => import("./identify/events/events.tsx"), "Events"),
});

const plays = createRoute({
  getParentRoute: () => workspace,
  path: "/plays",
  validateSearch: asStrings,
  staticData: { title: "plays.title" },
  component: lazyRouteComponent(() => import("./act/plays/plays.tsx"), "Plays"),
});

const onePlay = createRoute({
  getParentRoute: () => workspace,
  path: "/plays/$play",
  staticData: { title: "plays.title" },
  component: lazyRouteComponent(() => import("./act/plays/play.tsx"), "PlayPage"),
});

const playEditor = createRoute({
  getParentRoute: () => workspace,
  path: "/plays/$play/edit",
  staticData: { title: "plays.editor.title" },
  component: lazyRouteComponent(() => import("./act/plays/editor/play-editor.tsx"), "PlayEditor"),
});

const settings = createRoute({
  getParentRoute: () => workspace,
  path: "/settings",
  staticData: { title: "settings.title" },
  component: lazyRouteComponent(() => import("./settings/frame.tsx"), "SettingsFrame"),
});

const settingsHome = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: ({ params }) => {
    throw redirect({ href: `/${params.workspace}/settings/workspace` });
  },
});

const workspaceSettings = createRoute({
  getParentRoute: () => settings,
  path: "/workspace",
  component: lazyRouteComponent(() => import("./settings/workspace.tsx"), "WorkspacePage"),
});

const members = createRoute({
  getParentRoute: () => settings,
  path: "/members",
  component: lazyRouteComponent(() => import("./settings/members.tsx"), "MembersPage"),
});

const apiKeys = createRoute({
  getParentRoute: () => settings,
  path: "/api-keys",
  component: lazyRouteComponent(() => import("./settings/api-keys.tsx"), "ApiKeysPage"),
});

const writeKeys = createRoute({
  getParentRoute: () => settings,
  path: "/write-keys",
  component: lazyRouteComponent(() => import("./settings/write-keys.tsx"), "WriteKeysPage"),
});

const playsSettings = createRoute({
  getParentRoute: () => settings,
  path: "/plays",
  component: lazyRouteComponent(() => import("./settings/plays.tsx"), "PlaysSettingsPage"),
});

const webhooks = createRoute({
  getParentRoute: () => settings,
  path: "/webhooks",
  component: lazyRouteComponent(() => import("./settings/webhooks.tsx"), "WebhooksPage"),
});

const alerts = createRoute({
  getParentRoute: () => settings,
  path: "/alerts",
  component: lazyRouteComponent(() => import("./settings/alerts.tsx"), "AlertsPage"),
});

const outbox = createRoute({
  getParentRoute: () => settings,
  path: "/outbox",
  component: lazyRouteComponent(() => import("./settings/outbox.tsx"), "OutboxPage"),
});

const audit = createRoute({
  getParentRoute: () => settings,
  path: "/audit-log",
  component: lazyRouteComponent(() => import("./settings/audit.tsx"), "AuditPage"),
});

const account = createRoute({
  getParentRoute: () => settings,
  path: "/account",
  component: lazyRouteComponent(() => import("./settings/account.tsx"), "AccountPage"),
});

const appearance = createRoute({
  getParentRoute: () => settings,
  path: "/appearance",
  component: lazyRouteComponent(() => import("./settings/appearance.tsx"), "AppearancePage"),
});

const routeTree = root.addChildren([
  home,
  firstRun,
  signIn,
  reset,
  invitation,
  noWorkspace,
  workspace.addChildren([
    workspaceHome,
    overview,
    surveys,
    oneSurvey,
    surveyEditor,
    invitations,
    unsubscribes,
    responses,
    customers,
    oneCustomer,
    segments,
    events,
    plays,
    onePlay,
    playEditor,
    segmentEditor,
    library,
    codes,
    passives,
    results,
    inbox,
    moves,
    imports,
    oneImport,
    settings.addChildren([
      settingsHome,
      workspaceSettings,
      members,
      apiKeys,
      writeKeys,
      playsSettings,
      alerts,
      webhooks,
      outbox,
      audit,
      account,
      appearance,
    ]),
  ]),
]);

/** Every page of the interface and its address. */
export const router = createRouter({
  routeTree,
  defaultPreload: "intent",
  scrollRestoration: true,
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== "");
    const text = new URLSearchParams(kept.map(([key, value]) => [key, String(value)])).toString();
    return text && `?${text}`;
  },
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

whenSignedOut(() => {
  // The cache may hold another person's numbers: forget all of it before anybody else signs in.
  queries.clear();
  if (!location.pathname.startsWith("/sign-in")) {
    void router.navigate({ href: `/sign-in?to=${encodeURIComponent(location.pathname + location.search)}` });
  }
});
