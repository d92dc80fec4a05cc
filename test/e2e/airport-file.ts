/**
 * A file as an airport's survey gives it: no dates, no customers, weights, blanks, 11 for "left blank", two broken rows.
 * 60 promoters, 50 passives (20 and 30), 20 detractors: NPS (60 − 20) / 130 = +30.8, passives 38.5 %.
 */
export function airportFile(): string {
  const counts: [answer: string, rows: number][] = [
    ["10", 30],
    ["9", 30],
    ["8", 30],
    ["7", 20],
    ["6", 10],
    ["3", 10],
    ["", 5],
    ["11", 7],
    ["ten", 1],
    ['"8,5"', 1],
  ];
  const answers = counts.flatMap(([answer, rows]) => Array<string>(rows).fill(answer));
  // Promoters count one and a half, everybody else a half: the weighted score lies far above the raw one.
  const lines = answers.map((answer, index) => {
    const weight = answer === "9" || answer === "10" ? "1.5" : "0.5";
    return [index + 1, index % 3 === 0 ? "EN" : "DE", answer, weight, `Gate ${index % 7}`].join(",");
  });
  return ["RESPNUM,LANG,NETPRO,WEIGHT,GATE", ...lines].join("\n");
}

/** What a page takes as a chosen file. */
export function asUpload(name: string, text: string | Buffer) {
  return { name, mimeType: "text/csv", buffer: Buffer.from(text) };
}
