import { environment } from "../server/platform/config.ts";

/** The environment of this process without any setting of Nines: neither the developer's, nor Vite's own BASE_URL. */
export function environmentWithoutSettings(): NodeJS.ProcessEnv {
  const settings = new Set(Object.keys(environment.shape));
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !settings.has(name)));
}
