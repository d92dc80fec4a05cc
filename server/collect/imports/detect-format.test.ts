import { describe, expect, test } from "vitest";
import { detectFormat } from "./detect-format.ts";
import { previewFile } from "./preview.ts";
import { readRows } from "./read-rows.ts";

function look(text: string | Buffer) {
  const head = typeof text === "string" ? Buffer.from(text) : text;
  const format = detectFormat(head);
  const { guess, warnings, ...preview } = previewFile(head, format);
  const named = Object.fromEntries(
    Object.entries(guess).map(([field, value]) => [
      field,
      typeof value === "number" ? format.columns[value] : value,
    ]),
  );
  return { format, preview, guess: { ...named, traits: guess.traits.map(({ name }) => name) }, warnings };
}

async function cellsOf(bytes: Buffer) {
  const cells: string[][] = [];
  for await (const { rows } of readRows([bytes], detectFormat(bytes)))
    cells.push(...rows.map((row) => row.cells));
  return cells;
}

describe("what is no CSV file is refused with the way out", () => {
  test.each([
    ["an empty file", Buffer.alloc(0), "This file is empty."],
    ["a file of blanks", Buffer.from("\uFEFF \r\n\n"), "This file is empty."],
    [
      "a zip archive",
      Buffer.from("PK\u0003\u0004\u0014\u0000answers.csv"),
      "This is a zip archive, not a CSV file. Unpack it and choose the .csv inside.",
    ],
    [
      "a workbook",
      Buffer.from("PK\u0003\u0004\u0014\u0000xl/workbook.xml"),
      "This is an Excel workbook, not a CSV file.",
    ],
    ["a gzip archive", Buffer.from([0x1f, 0x8b, 8, 0]), "This is a gzip archive, not a CSV file."],
    ["a PDF", Buffer.from("%PDF-1.7"), "This is a PDF, not a CSV file."],
    [
      "a web page",
      Buffer.from("\n<!DOCTYPE html><html><body>Sign in</body>"),
      "This is a web page or XML, not a CSV file.",
    ],
    [
      "a program",
      Buffer.concat([Buffer.from("\u007fELF"), Buffer.alloc(300), Buffer.from("abc")]),
      "This is not a text file.",
    ],
  ])("%s", (_, bytes, sentence) => {
    expect(() => detectFormat(bytes)).toThrow(sentence);
  });
});

describe("encodings", () => {
  const text = "Punkte;Kommentar\n9;schön – süß\n7;gut\n";
  test.each([
    ["utf-8", Buffer.from(text)],
    ["utf-8", Buffer.from(`\uFEFF${text}`)],
    ["utf-16le", Buffer.from(`\uFEFF${text}`, "utf16le")],
    ["utf-16le", Buffer.from(text, "utf16le")],
    ["utf-16be", Buffer.from(`\uFEFF${text}`, "utf16le").swap16()],
    ["utf-16be", Buffer.from(text, "utf16le").swap16()],
  ])("%s", async (encoding, bytes) => {
    expect(detectFormat(bytes)).toMatchObject({ encoding, delimiter: ";", columns: ["Punkte", "Kommentar"] });
    expect(await cellsOf(bytes)).toEqual([
      ["9", "schön – süß"],
      ["7", "gut"],
    ]);
  });

  test("windows-1252", async () => {
    const bytes = Buffer.from("Punkte;Kommentar\n9;sch\xf6n \x96 s\xfc\xdf\n", "latin1");
    expect(detectFormat(bytes).encoding).toBe("windows-1252");
    expect(await cellsOf(bytes)).toEqual([["9", "schön – süß"]]);
  });

  test("a file that is plain ASCII for a megabyte may still be Latin-1 or UTF-8", async () => {
    const plain = "8,plain words\n".repeat(80_000);
    for (const tail of [Buffer.from("9,sch\xf6n\n", "latin1"), Buffer.from("9,schön\n")]) {
      const bytes = Buffer.concat([Buffer.from(`score,comment\n${plain}`), tail]);
      expect((await cellsOf(bytes)).at(-1)).toEqual(["9", "schön"]);
    }
  });
});

test.each([",", ";", "\t", "|"])(
  "the delimiter %j is found, also when comments hold the others",
  (delimiter) => {
    const rows = [
      ["score", "comment", "plan"],
      ["9", '"a, b; c | d\te, f"', "x"],
      ["7", '"one, two; three"', "y"],
    ];
    expect(detectFormat(Buffer.from(rows.map((row) => row.join(delimiter)).join("\n"))).delimiter).toBe(
      delimiter,
    );
  },
);

test("Excel's first line sep=; is obeyed and left out", () => {
  const { format, preview } = look("sep=;\nscore;comment\n9;a,b\n8;c\n");
  expect(format).toMatchObject({ delimiter: ";", headerRows: 2, columns: ["score", "comment"] });
  expect(preview.rows).toEqual([
    ["9", "a,b"],
    ["8", "c"],
  ]);
});

test("a file without a header gets numbered columns", () => {
  const { format, guess } = look("ada@example.com,9,2026-01-02\nbob@example.com,0,2026-01-03\n");
  expect(format).toMatchObject({ headerRows: 0, columns: ["Column 1", "Column 2", "Column 3"] });
  expect(guess).toMatchObject({ email: "Column 1", date: "Column 3" });
});

describe("exports of other tools", () => {
  test("Qualtrics: three header rows; technical columns are left out", () => {
    const { format, guess } = look(
      [
        "StartDate,EndDate,Status,IPAddress,Progress,Duration (in seconds),Finished,RecordedDate,ResponseId,RecipientLastName,RecipientFirstName,RecipientEmail,ExternalReference,LocationLatitude,LocationLongitude,DistributionChannel,UserLanguage,Q1_NPS_GROUP,Q1,Q2",
        'Start Date,End Date,Response Type,IP Address,Progress,Duration (in seconds),Finished,Recorded Date,Response ID,Recipient Last Name,Recipient First Name,Recipient Email,External Data Reference,Location Latitude,Location Longitude,Distribution Channel,User Language,"How likely are you to recommend us? - Group","How likely are you to recommend us?",Why?',
        '"{""ImportId"":""startDate"",""timeZone"":""Z""}",' +
          Array.from({ length: 19 }, (_, n) => `"{""ImportId"":""Q${n}""}"`).join(","),
        '2025-03-01 10:00:00,2025-03-01 10:01:00,IP Address,1.2.3.4,100,60,True,2025-03-01 10:01:02,R_1aBcD,Lovelace,Ada,ada@example.com,C-9,52.5,13.4,email,EN,Promoter,10,"Great, thanks"',
        "2025-03-02 10:00:00,2025-03-02 10:01:00,Survey Preview,1.2.3.4,100,60,True,2025-03-02 10:01:02,R_2aBcD,,,,,52.5,13.4,preview,EN,Passive,8,test",
        "2025-03-03 10:00:00,2025-03-03 10:01:00,IP Address,1.2.3.4,100,60,True,2025-03-03 10:01:02,R_3aBcD,,,,,52.5,13.4,email,DE,Detractor,3,",
      ].join("\n"),
    );
    expect(format).toMatchObject({ headerRows: 3, known: "qualtrics" });
    expect(guess).toMatchObject({
      score: "Q1 – How likely are you to recommend us?",
      comment: "Q2 – Why?",
      date: "RecordedDate",
      email: "RecipientEmail",
      externalId: "ExternalReference",
      name: "RecipientFirstName",
      lastName: "RecipientLastName",
      responseId: "ResponseId",
      channel: "DistributionChannel",
      language: "UserLanguage",
      dateFormat: "iso",
    });
    expect(guess.traits).not.toContain("IPAddress");
  });

  test("SurveyMonkey: two header rows, the second with parts of questions", () => {
    const { format, guess } = look(
      [
        "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,How likely is it that you would recommend this company to a friend or colleague?,What would have made it a 9?,What do you use?,",
        ",,,,,,,,,,Open-Ended Response,Reports,Exports",
        "114000000001,400000001,03/25/2025 09:10:00 AM,03/25/2025 09:12:00 AM,1.2.3.4,ada@example.com,Ada,Lovelace,pro,9,Faster exports,Reports,",
        "114000000002,400000001,03/26/2025 01:10:00 PM,03/26/2025 01:12:00 PM,1.2.3.4,bob@example.com,Bob,,free,10 - Extremely likely,,,Exports",
      ].join("\n"),
    );
    expect(format).toMatchObject({ headerRows: 2, known: "surveymonkey" });
    expect(format.columns.slice(-3)).toEqual([
      "What would have made it a 9?",
      "What do you use? – Reports",
      "What do you use? – Exports",
    ]);
    expect(guess).toMatchObject({
      score: "How likely is it that you would recommend this company to a friend or colleague?",
      comment: "What would have made it a 9?",
      email: "Email Address",
      date: "End Date",
      dateFormat: "mdy",
      responseId: "Respondent ID",
      name: "First Name",
      lastName: "Last Name",
    });
    expect(guess.traits).toEqual([
      "Start Date",
      "Custom Data 1",
      "What do you use? – Reports",
      "What do you use? – Exports",
    ]);
  });

  test("Typeform: questions are the columns, phone numbers have an apostrophe", () => {
    const { format, guess } = look(
      [
        "#,How likely are you to recommend us?,What is the main reason for your score?,Your phone number,Response Type,Start Date (UTC),Stage Date (UTC),Submit Date (UTC),Network ID,Tags,Ending",
        "l8z9x2q1abc,9,Love the reports,'+4930123456,completed,2025-04-01 08:00:00,,2025-04-01 08:01:00,f00d,,Thanks",
        "l8z9x2q1abd,4,Too slow for our daily work,'+4930123457,completed,2025-04-02 08:00:00,,2025-04-02 08:01:00,f00e,,Thanks",
      ].join("\n"),
    );
    expect(format.known).toBe("typeform");
    expect(guess).toMatchObject({
      score: "How likely are you to recommend us?",
      comment: "What is the main reason for your score?",
      phone: "Your phone number",
      date: "Submit Date (UTC)",
      responseId: "#",
    });
  });

  test("Delighted: by normalised names", () => {
    const { format, guess } = look(
      [
        "Score,Comment,Email,Name,Created At,ID,Permalink,Tags,Delighted Source,Plan",
        "9,Lovely,ada@example.com,Ada,2025-01-02 03:04:05 UTC,5435f1a2,https://example.com/r/1,vip,email,pro",
        "2,,bob@example.com,Bob,2025-01-03 03:04:05 UTC,5435f1a3,https://example.com/r/2,,web,free",
      ].join("\n"),
    );
    expect(format.known).toBe("delighted");
    expect(guess).toMatchObject({
      score: "Score",
      comment: "Comment",
      email: "Email",
      name: "Name",
      date: "Created At",
      responseId: "ID",
      channel: "Delighted Source",
      traits: ["Tags", "Plan"],
    });
  });

  test("Retently and HubSpot are told by their columns", () => {
    expect(look("Score,Feedback,Campaign Name,Email\n9,ok,Q1,a@b.co\n").format.known).toBe("retently");
    expect(look("Survey type,Rating,Sentiment,Contact email\nNPS,9,Promoter,a@b.co\n").format.known).toBe(
      "hubspot",
    );
  });
});

describe("any other file", () => {
  test("German headers", () => {
    const { guess, warnings } = look(
      [
        "Kundennummer;E-Mail-Adresse;Name;Firma;Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?;Begründung;Antwortdatum;Sprache;Gewichtung;Telefon;Tarif",
        "K-1;ada@example.com;Ada;Acme GmbH;9;Sehr gut, danke;13.10.2025;de;0,75;+49 30 1234567;Pro",
        "K-2;bob@example.com;Bob;Beta AG;6;Zu langsam;07.11.2025 14:30;de;1,25;+49 30 7654321;Basis",
      ].join("\n"),
    );
    expect(guess).toMatchObject({
      score: "Wie wahrscheinlich ist es, dass Sie uns weiterempfehlen?",
      comment: "Begründung",
      email: "E-Mail-Adresse",
      externalId: "Kundennummer",
      name: "Name",
      accountName: "Firma",
      date: "Antwortdatum",
      dateFormat: "dmy",
      language: "Sprache",
      weight: "Gewichtung",
      decimalComma: true,
      phone: "Telefon",
      traits: ["Tarif"],
    });
    expect(warnings).toEqual([]);
  });

  test("codes outside 0 to 10 are proposed as no answer", () => {
    const scores = [0, 3, 7, 8, 9, 10, 11, 11, 99];
    expect(look(`NETPRO,X\n${scores.map((score) => `${score},1`).join("\n")}`).guess).toMatchObject({
      score: "NETPRO",
      noAnswer: ["11", "99"],
    });
    expect(look("nps,x\n9,1\nN/A,2\n-1,3\n8,2").guess).toMatchObject({ noAnswer: ["-1", "N/A"] });
  });

  test("a scale that goes further than 10 is no score", () => {
    const { guess, warnings } = look(
      `satisfaction,x\n${[55, 60, 70, 83, 91].map((n) => `${n},a`).join("\n")}`,
    );
    expect(guess).not.toHaveProperty("score");
    expect(warnings.map(({ reason }) => reason)).toContain("no_score_column");
  });

  test("a date that can be read both ways is warned about", () => {
    const { guess, warnings } = look("score,date\n9,03/04/2025\n8,05/06/2025\n");
    expect(guess).toMatchObject({ dateFormat: "mdy" });
    expect(warnings.map(({ reason }) => reason)).toContain("date_ambiguous");
    expect(look("score,date\n9,03/04/2025\n8,25/06/2025\n").guess).toMatchObject({ dateFormat: "dmy" });
    expect(look("score,timestamp\n9,1735689600\n8,1735776000\n").guess).toMatchObject({ dateFormat: "unix" });
    expect(look("score,timestamp\n9,1735689600000\n8,1735776000000\n").guess).toMatchObject({
      dateFormat: "unixms",
    });
    expect(look("score,created\n9,13 Oct 2025\n8,14. März 2025\n").guess).toMatchObject({
      dateFormat: "named",
    });
  });

  test("running numbers are no identity of an answer, for the next file has the same", () => {
    expect(look("id,score\n1,9\n2,8\n3,7\n").guess).not.toHaveProperty("responseId");
  });

  test("a header alone is warned about", () => {
    expect(look("score,comment\n").warnings.map(({ reason }) => reason)).toContain("no_rows");
  });
});
