import fc from "fast-check";
import { expect, test } from "vitest";
import { checkTemplate, renderText } from "./render-text.ts";

const allowed = ["company", "customer.name", "customer.traits.*"];
const reasonOf = (template: string) => checkTemplate(template, allowed)[0]?.reason;

test("variables, conditions and filters for text are filled in", () => {
  const values = { company: "Lark", customer: { name: "Ana", traits: { seats: 12, vip: true, none: null } } };
  expect(renderText("{{ company }}: {{ customer.name | upcase }}", values)).toBe("Lark: ANA");
  expect(renderText("{{ customer.traits.seats }} {{ customer.traits.vip }}", values)).toBe("12 true");
  expect(renderText("{{ customer.traits.none | default: 'no' }}{{ customer.missing }}", values)).toBe("no");
  expect(renderText("{% if customer.name == 'Ana' %}yes{% else %}no{% endif %}", values)).toBe("yes");
});

test("a text that names what is not known is told which", () => {
  expect(checkTemplate("{{ customer.email }} {{ company }}", allowed)).toMatchObject([
    { reason: "template_variable", values: { name: "customer.email" } },
  ]);
  for (const name of ["customer.traits", "customer.traits.a.b", "customer[company]", "company.size", "x"])
    expect(reasonOf(`{{ ${name} }}`), name).toBe("template_variable");
  expect(reasonOf("{{ 'a' | append: customer.secret }}")).toBe("template_variable");
  expect(reasonOf("{% if customer.secret %}{% endif %}")).toBe("template_variable");
  expect(checkTemplate("{{ customer.traits.plan }} {{ customer['name'] }}", allowed)).toEqual([]);
});

test.each([
  "{{ company",
  "{% if company %}",
  "{% nothing %}",
  "{{ company | nothing }}",
  "{% for i in (1..1000000000) %}x{% endfor %}",
  "{% tablerow i in (1..1000000000) %}x{% endtablerow %}",
  "{% include '/etc/passwd' %}",
  "{% render '/etc/passwd' %}",
  "{% layout '/etc/passwd' %}",
  "{% capture x %}{% endcapture %}",
  "{% assign company = 'x' %}",
  "{% increment company %}",
  "{{ 'now' | date: '%s' }}",
  "{{ company | json }}",
])("%s is refused and never rendered", (template) => {
  expect(reasonOf(template)).toBe("template_broken");
  expect(() => renderText(template, { company: "x" })).toThrow(/./);
});

test("no object of ours can be reached", () => {
  const values = { company: "Lark", customer: { name: "Ana" } };
  for (const path of ["constructor", "__proto__", "toString", "hasOwnProperty", "constructor.constructor"]) {
    expect(renderText(`[{{ customer.${path} }}{{ company.${path} }}{{ ${path} }}]`, values)).toBe("[]");
  }
});

test("what grows past the limits ends", () => {
  expect(() => renderText("{{ (1..100000000) }}", {})).toThrow(/memory/);
  const grow = "| replace: '', company ".repeat(6);
  expect(() => renderText(`{{ company ${grow}}}`, { company: "x".repeat(1000) })).toThrow(/memory/);
  expect(reasonOf("x".repeat(5_001))).toBe("template_too_long");
  expect(renderText("{{ company }}", { company: "x".repeat(5_000) })).toHaveLength(1_000);
});

test("values stay on one line and are not read as Liquid", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200 }), (name) => {
      const text = renderText("{{ customer.name }}", { customer: { name } });
      // oxlint-disable-next-line no-control-regex -- that none is left is the point
      expect(text).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/);
      expect(text.replace(/\s/g, "")).toBe(name.replace(/[\p{Cc}\s]/gu, ""));
    }),
  );
  expect(renderText("{{ company }}", { company: "{{ customer.name }}", customer: { name: "Ana" } })).toBe(
    "{{ customer.name }}",
  );
  expect(renderText("{{ company }}", { company: "A\r\nBcc: evil@x.example" })).toBe("A Bcc: evil@x.example");
});

test("any text is either rendered or found fault with", () => {
  const pieces = fc.constantFrom(
    "{{",
    "}}",
    "{%",
    "%}",
    "company",
    " ",
    "if",
    "endif",
    "|",
    "upcase",
    "'",
    "x",
    ".",
    "[",
    "]",
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 14 }), (words) => {
      const template = words.join("");
      if (checkTemplate(template, ["company"]).length === 0)
        expect(typeof renderText(template, { company: "Lark" })).toBe("string");
    }),
    { numRuns: 500 },
  );
});

test("a text that is read but cannot be filled in is found before anybody gets it", () => {
  for (const template of [
    "{{ company | append }}",
    "{{ company | slice: -1, 1000000000 }}",
    "{{ (1..1000000000) | size }}",
    "{% if customer.name %}{{ company | prepend }}{% endif %}",
    "{% unless customer.name %}{{ company | prepend }}{% endunless %}",
  ])
    expect(reasonOf(template), template).toBe("template_broken");
});
