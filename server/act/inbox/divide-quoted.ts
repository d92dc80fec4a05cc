/** Lines that mail programs put before what they quote, in the languages that mail mostly comes in. */
const introductions = [
  /^(on|am|le|el|il|op|em|w dniu|den)\b.{5,200}\b(wrote|schrieb|écrit|escribió|scritto|schreef|escreveu|napisał\(?a?\)?|skrev)\b.{0,80}:\s*$/iu,
  /^.{0,120}<[^<>\s]+@[^<>\s]+>\s*(wrote|schrieb|a écrit|escribió|ha scritto|schreef)?\s*:\s*$/iu,
  /^-{2,}\s*(original message|ursprüngliche nachricht|message d'origine|mensaje original|messaggio originale|forwarded message|weitergeleitete nachricht)\s*-{2,}\s*$/iu,
  /^_{20,}\s*$/,
  /^(from|von|de|da|van|od)\s*:\s.*@.*$/iu,
];

/**
 * Divides a mail into what it says and what it quotes of earlier ones, for showing; the whole is kept. What is not
 * recognised stays with what it says, and where nothing would be left, nothing is divided.
 */
export function divideQuoted(
  text: string,
  direction: "in" | "out" = "in",
): { text: string; quoted: string | null } {
  const lines = text.replaceAll("\r\n", "\n").split("\n");
  const at = direction === "out" ? -1 : lines.findIndex((_, n) => beginsQuote(lines, n));
  const said = (at < 0 ? lines : lines.slice(0, at)).join("\n").trim();
  if (at < 0 || said === "") return { text: text.trim(), quoted: null };
  return { text: said, quoted: lines.slice(at).join("\n").trim() };
}

function beginsQuote(lines: readonly string[], at: number): boolean {
  const line = lines[at]!.trim();
  // Some programs break this line in two.
  const two = `${line} ${lines[at + 1]?.trim() ?? ""}`;
  if (introductions.some((pattern) => pattern.test(line))) return true;
  if (
    /^(on|am|le|el|il|op|em)\b/iu.test(line) &&
    introductions.slice(0, 1).some((pattern) => pattern.test(two))
  )
    return true;
  // An answer between the lines stays whole: only what is quoted to the end goes.
  return (
    line.startsWith(">") && lines.slice(at).every((each) => each.trim() === "" || each.trim().startsWith(">"))
  );
}
