/**
 * A request of 100 events as the SDK of Segment for Node sends it: one of 50,000 customers each, by their id, with five
 * properties. Made of text, so that making it costs less than sending it.
 */
export function eventBatch(run: string, number: number): string {
  const now = new Date().toISOString();
  const messages: string[] = [];
  for (let i = 0; i < 100; i++) {
    const n = number * 100 + i;
    messages.push(
      `{"type":"track","event":"${names[n % names.length]}","userId":"customer-${(n * 7_919) % 50_000}","properties":{"plan":"pro","amount":${n % 997},"source":"dashboard","seats":${n % 40},"path":"/projects/${n % 5_000}"},"context":{"library":{"name":"@segment/analytics-node","version":"3.1.0"}},"integrations":{},"timestamp":"${now}","_metadata":{"nodeVersion":"24.21.0","jsRuntime":"node"},"messageId":"node-next-${run}-${n}"}`,
    );
  }
  return `{"batch":[${messages.join(",")}],"sentAt":"${now}"}`;
}

const names = [
  "Login",
  "Report opened",
  "Report exported",
  "Invoice sent",
  "Invoice paid",
  "Project created",
  "Member invited",
  "Search used",
  "Dashboard viewed",
  "Comment added",
  "File uploaded",
  "Template used",
];
