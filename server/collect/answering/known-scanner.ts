const scanners: [name: string, pattern: RegExp][] = [
  ["proofpoint", /proofpoint|urldefense|ppstmt/i],
  ["mimecast", /mimecast/i],
  ["barracuda", /barracuda|linkprotect/i],
  ["microsoft", /safelinks|ms-?office|microsoft office|bingpreview|skypeuripreview|msexchange/i],
  ["cisco", /ironport|cisco/i],
  ["google", /googleimageproxy|google-safety|googlebot|feedfetcher/i],
  ["symantec", /symantec|messagelabs|clicktime/i],
  ["trend micro", /trend ?micro|tmase/i],
  ["other scanner", /sophos|fireeye|trellix|forcepoint|zscaler|fortinet|avanan|ironscales|vade|libra ?esva/i],
  [
    "preview",
    /slackbot|facebookexternalhit|whatsapp\/|telegrambot|twitterbot|linkedinbot|discordbot|preview/i,
  ],
  ["automated browser", /headlesschrome|phantomjs|puppeteer|playwright|selenium|electron/i],
  ["program", /^(curl|wget|python|go-http-client|java|okhttp|axios|node|undici|libwww|ruby|perl|php)\b/i],
  ["bot", /bot\b|crawl|spider|scanner|urlscan|virustotal|monitor|\bcheck/i],
];

/**
 * The kind of machine that a request says it comes from; undefined where it may be a person's browser. Only the kind is
 * kept, never the agent itself.
 */
export function knownScanner(headers: Pick<Headers, "get">): string | undefined {
  const agent = headers.get("user-agent") ?? "";
  if (agent.trim() === "") return "no agent";
  const purpose = ["purpose", "sec-purpose", "x-purpose", "x-moz"].map((name) => headers.get(name) ?? "");
  if (purpose.some((said) => /prefetch|preview|prerender/i.test(said))) return "prefetch";
  return scanners.find(([, pattern]) => pattern.test(agent))?.[0];
}
