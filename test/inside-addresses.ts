/** IPv4 addresses that the Internet does not reach, by what they lead to. */
export const insideV4 = {
  "this network": ["0.0.0.0", "0.1.2.3"],
  "private networks": [
    "10.0.0.1",
    "10.255.255.255",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.0.1",
    "192.168.255.255",
  ],
  "carriers' networks": ["100.64.0.1", "100.100.100.200", "100.127.255.255"],
  "this machine": ["127.0.0.1", "127.255.255.254"],
  "clouds' secrets": ["168.63.129.16", "169.254.169.254", "169.254.170.2", "192.0.0.192"],
  "tests and documentation": [
    "192.0.2.1",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
  ],
  "many machines at once": ["224.0.0.1", "239.255.255.255"],
  "kept for later": ["240.0.0.1", "255.255.255.255"],
};

export const insideV6 = [
  "[::]",
  "[::1]",
  "[0:0:0:0:0:0:0:1]",
  "[fe80::1]",
  "[febf::1]",
  "[fec0::1]",
  "[fc00::1]",
  "[fd00:ec2::254]",
  "[ff02::1]",
  "[2001:db8::1]",
  "[2001::1]",
  "[3fff::1]",
  "[100::1]",
  "[5f00::1]",
  "[4000::1]",
];

export const insideNames = [
  "localhost",
  "LOCALHOST.",
  "a.localhost",
  "metadata",
  "metadata.google.internal",
  "printer.local",
  "router.lan",
  "db.internal.",
  "x.home.arpa",
  "ⓛocalhost",
];

/** Every way to write an IPv4 address as the host of a URL. */
export function spellings(address: string): string[] {
  return Object.values(namedSpellings(address)).flat();
}

/** Every way to write an IPv4 address as the host of a URL, by the name of the way. */
export function namedSpellings(address: string) {
  const bytes = address.split(".").map(Number) as [number, number, number, number];
  const [a, b, c, d] = bytes;
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0"));
  const groups = `${hex[0]}${hex[1]}:${hex[2]}${hex[3]}`;
  const wide = address
    .replaceAll(".", "。")
    .replaceAll(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit)));
  return {
    plain: [address, `${address}.`],
    decimal: [String(whole)],
    hexadecimal: [`0x${whole.toString(16)}`, hex.map((byte) => `0x${byte}`).join(".")],
    octal: [`0${whole.toString(8)}`, bytes.map((byte) => `0${byte.toString(8)}`).join(".")],
    short: [`${a}.${b}.${c * 256 + d}`, `${a}.${(b * 256 + c) * 256 + d}`],
    "other characters": [wide, encodeURIComponent(address).replaceAll(".", "%2e")],
    "mapped IPv6": [`[::ffff:${address}]`, `[::ffff:${groups}]`, `[0:0:0:0:0:ffff:${groups}]`],
    NAT64: [`[64:ff9b::${address}]`, `[64:ff9b::${groups}]`, `[64:ff9b:1::${groups}]`],
    "6to4": [`[2002:${groups}::1]`],
    "compatible IPv6": [`[::${address}]`],
  };
}
