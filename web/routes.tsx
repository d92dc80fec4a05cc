import { createRootRoute, createRouter, Outlet } from "@tanstack/react-router";

const root = createRootRoute({ component: Outlet });

/** Every page of the interface and its address. */
export const router = createRouter({ routeTree: root, defaultPreload: "intent" });

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
