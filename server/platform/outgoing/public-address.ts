import { BlockList, isIPv4, isIPv6 } from "node:net";

// What reaches machines that the Internet does not: IANA's special-purpose registries, and the address at which Azure
// answers every machine with its secrets though it looks like any other.
const closed = new BlockList();
for (const range of [
  "0.0.0.0/8",
  "10.0.0.0/8",
  "100.64.0.0/10",
  "127.0.0.0/8",
  "168.63.129.16/32",
  "169.254.0.0/16",
  "172.16.0.0/12",
  "192.0.0.0/24",
  "192.0.2.0/24",
  "192.88.99.0/24",
  "192.168.0.0/16",
  "198.18.0.0/15",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/4",
  "240.0.0.0/4",
])
  add(range, "ipv4");
// Within 2000::/3: Teredo and other protocols, documentation, 6to4.
for (const range of ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]) add(range, "ipv6");

function add(range: string, family: "ipv4" | "ipv6"): void {
  const [net = "", bits] = range.split("/");
  closed.addSubnet(net, Number(bits), family);
}

/** Whether everybody on the Internet could reach this address. What is no address is not public. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed.check(address, "ipv4");
  // A zone (fe80::1%eth0) names an interface of this machine.
  if (!isIPv6(address) || address.includes("%")) return false;
  const groups = groupsOf(address);
  const embedded = embeddedIn(groups);
  if (embedded !== undefined) return isPublicAddress(embedded);
  const isGlobal = (groups[0]! & 0xe000) === 0x2000;
  return isGlobal && !closed.check(address, "ipv6");
}

/** The IPv4 address that a mapped (::ffff:0:0/96) or NAT64 (64:ff9b::/96) address stands for. */
function embeddedIn(groups: readonly number[]): string | undefined {
  const start = groups
    .slice(0, 6)
    .map((group) => group.toString(16))
    .join(":");
  if (start !== "0:0:0:0:0:ffff" && start !== "64:ff9b:0:0:0:0") return undefined;
  return groups
    .slice(6)
    .flatMap((group) => [group >> 8, group & 255])
    .join(".");
}

function groupsOf(address: string): number[] {
  // The URL parser writes every spelling in one way, without dots.
  const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
  const read = (text: string) =>
    text === "" ? [] : text.split(":").map((group) => Number.parseInt(group, 16));
  if (tail === undefined) return read(head);
  const [before, after] = [read(head), read(tail)];
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after];
}
