import { readFileSync } from "node:fs";
import { DOMParser } from "@xmldom/xmldom";
import { describe, expect, test } from "vitest";
import { readDay } from "../../catalog/day.ts";
import { checkSchema, type SchemaName } from "../../catalog/source/check-schema.ts";
import { parseSource } from "../../catalog/source/source-file.ts";
import { buildPlan } from "../../scripts/plan/build-plan.ts";
import { planResult } from "../../scripts/plan/put-into-words.ts";
import { type CheckedTree, readCheckedTree } from "../../scripts/plan/read-tree.ts";
import { FINDINGS_FORMATS, renderFindings } from "../../scripts/render/findings-formats.ts";
import { type FindingsReport, findingsReport } from "../../scripts/render/findings-report.ts";
import { renderPlanMarkdown } from "../../scripts/render/plan-markdown.ts";
import { renderPlanText } from "../../scripts/render/plan-text.ts";
import { plain } from "../../scripts/render/style.ts";
import { bytesOf, treeWith } from "../tree.ts";
import { BARE, BUREAU, SYSTEM, server, TENANT } from "./input.ts";

const AT = readDay("2026-01-15");

/** What a person may write, and what a table, a page, a spreadsheet, a shell or a runner would take for more. */
const ACCEPTED = [
  "`id`",
  "$(id)",
  "a|b",
  "| - | - |",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "</failure></testcase>",
  "]]>",
  "&lt;b&gt; &#60;",
  "=cmd()",
  "=HYPERLINK(1)",
  "+1+cmd",
  "-1+cmd",
  "@SUM(1)",
  "[click](https://evil.example)",
  "![x](//evil.example/x.png)",
  "https://evil.example",
  "www.evil.example",
  "@all #1 !1 ~x",
  "**b** _i_ ~~s~~ # h",
  "::error::forged",
  "%0A::set-output name=x::y",
  "##vso[task.complete]",
  "{0} {{1}}",
  "{{ .Values.x }}",
  "\\u202e \\n \\",
  "'; DROP TABLE x; --",
  "!!js x",
  "⚠️ 𠮷",
];
/** What the readers refuse: should they ever fail to, no output obeys it. */
const REFUSED = [
  "\u001b[31mred\u001b[0m",
  "\u001b]0;title\u0007",
  "\u001b]8;;https://evil.example\u001b\\x",
  "\u009b31m",
  "a\u202eb",
  "a\nb",
  "a\rb",
  "a\u2028b",
  "a\u0000b",
  "${path.root}",
  "%{ if true }",
  "\ud800",
];

/** Every text of the schemas with the keys that lead to it; `*` for any name, `[]` for a place in a list. */
function textsOf(name: SchemaName): { readonly path: string; readonly format: string }[] {
  const root = JSON.parse(readFileSync(new URL(`../../catalog/schema/${name}.schema.json`, import.meta.url), "utf8"));
  // biome-ignore lint/suspicious/noExplicitAny: a schema has many shapes
  const walk = (schema: any, path: string): { path: string; format: string }[] => {
    if (schema.$ref !== undefined) return walk(root.$defs[schema.$ref.split("/").at(-1)], path);
    const own =
      schema.type === "string" ? [{ path, format: schema.format ?? (schema.pattern === undefined ? "anything" : "pattern") }] : [];
    return [
      ...own,
      ...(schema.anyOf ?? []).flatMap((each: unknown) => walk(each, path)),
      ...Object.entries(schema.properties ?? {}).flatMap(([key, inner]) => walk(inner, path === "" ? key : `${path}.${key}`)),
      ...(typeof schema.additionalProperties === "object" ? walk(schema.additionalProperties, `${path}.*`) : []),
      ...(schema.items === undefined ? [] : walk(schema.items, `${path}[]`)),
    ];
  };
  return walk(root, "");
}

/** A document in which these words stand at that path alone. */
function documentWith(path: string, words: string): unknown {
  const [, key = "", list, rest = ""] = /^([^.[]+)(\[\])?\.?(.*)$/.exec(path) ?? [];
  const inner = rest === "" ? words : documentWith(rest, words);
  return { [key === "*" ? "x" : key]: list === undefined ? inner : [inner] };
}

describe("No text of a schema takes what moves a terminal or opens a template:", () => {
  const texts = (["system", "tenant", "waivers"] as const).flatMap((name) => textsOf(name).map((each) => ({ name, ...each })));

  test("the texts are found, and none is free of any form", () => {
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter(({ format }) => format === "anything")).toEqual([]);
  });

  test.each(texts)("$name $path", ({ name, path }) => {
    for (const words of REFUSED) {
      const parsed = parseSource("f.yaml", bytesOf(JSON.stringify(documentWith(path, words))));
      const told = parsed.kind === "rejected" ? parsed.diagnostics : checkSchema(parsed.file, name);
      expect(
        told.filter(({ code }) => ["forbidden-yaml", "bad-format", "not-allowed"].includes(code)).length,
        JSON.stringify(words),
      ).toBeGreaterThan(0);
    }
  });
});

/** A system that is told of at length: every free text of it and of its bureau is these words. */
const READ = readCheckedTree(
  treeWith({
    ...BUREAU,
    [SYSTEM]: `${BARE.replace("classified: false", "classified: true")}servers: { s: ${server({ cpu: "999" })} }\nchangeReason: x\n`,
    "stacks/tenants/a/t.yaml": BARE,
  }),
);
function treeSaying(words: string): CheckedTree {
  const { tenants, systems } = READ.declarations;
  return {
    ...READ,
    declarations: {
      tenants: new Map([...tenants].map(([id, tenant]) => [id, { ...tenant, name: words }])),
      systems: systems.map((system) => ({ ...system, name: words, changeReason: words })),
    },
  };
}

/** A report in which every text of every finding is these words, with the waiver that lets it stand. */
function reportSaying(words: string, report: FindingsReport): FindingsReport {
  const waiver = {
    reason: words,
    owner: words,
    approver: words,
    expires: "2026-03-31",
    daysLeft: 75,
    location: { file: TENANT, line: 1, column: 1 },
  };
  return {
    ...report,
    notices: [],
    suites: report.suites.map((suite) => ({
      ...suite,
      findings: suite.findings.flatMap((finding) => {
        const said = { ...finding, address: words, attribute: words, message: words };
        return [said, { ...said, waiver, fingerprint: `${said.fingerprint}w` }];
      }),
    })),
  };
}

/** A table that is itself safe to look at. */
function visible(words: string): string {
  return words.replace(/[\u007f-\u009f\u2028-\u202e]/g, (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\ufeff]|\p{Surrogate}/u;

describe("Text stays text in every format:", () => {
  test.each([...ACCEPTED, ...REFUSED])("%j", async (words) => {
    const plan = buildPlan(treeSaying(words), { at: AT, base: undefined, all: true });
    const result = planResult(plan, "en");
    const terminal = renderPlanText(result, { lang: "en", paint: plain, detailed: true });
    const markdown = renderPlanMarkdown(result, "en");
    expect(terminal).not.toMatch(OBEYED);
    expect(markdown).not.toMatch(OBEYED);
    // Of HTML only what the page itself is made of.
    expect(
      // What stands in a fenced block is text: here an entry to paste, of which a request gives the address alone.
      [...markdown.replace(/^```yaml$[\s\S]*?^```$/gm, "").matchAll(/<\/?([a-z]+)/gi)]
        .map(([, tag]) => tag)
        .filter((tag) => !/^(?:code|details|summary|br|sub|b|strong)$/.test(tag ?? "")),
    ).toEqual([]);
    for (const part of ["](https://evil", "`id`", "<script", "<img", "](//evil", "https://evil", "www.evil", "@all"])
      expect(markdown).not.toContain(part);
    // A table has as many borders in the rows that show the words as in its head.
    const rows = markdown.split("\n").filter((line) => line.startsWith("|"));
    for (const [index, row] of rows.entries()) {
      if (/^\|[-:| ]+\|$/.test(row)) expect(row.split("|").length).toBe(rows[index - 1]?.split("|").length);
    }
    const report = reportSaying(words, findingsReport(plan, { command: "plan", lang: "en", selection: undefined }));
    for (const format of FINDINGS_FORMATS) {
      const written = await renderFindings(report, format);
      expect(written, format).not.toMatch(OBEYED);
      if (format === "junit") {
        const page = new DOMParser().parseFromString(written, "text/xml");
        const tags = [...page.getElementsByTagName("*")].map(({ tagName }) => tagName);
        expect(tags.filter((tag) => !/^(?:testsuites?|propert(?:y|ies)|testcase|failure|skipped)$/.test(tag))).toEqual([]);
      } else if (format === "github") {
        for (const line of written.trimEnd().split("\n")) expect(line).toMatch(/^::(?:error|warning|notice) file=[^:]+::/);
      } else JSON.parse(written);
    }
  });

  const message = async (words: string, format: (typeof FINDINGS_FORMATS)[number]): Promise<string> => {
    const plan = buildPlan(treeSaying("x"), { at: AT, base: undefined, all: true });
    const written = await renderFindings(
      reportSaying(words, findingsReport(plan, { command: "plan", lang: "en", selection: undefined })),
      format,
    );
    if (format === "sarif") return JSON.parse(written).runs[0].results[0].message.text;
    if (format === "codequality") return JSON.parse(written)[0].description.split(". Remedy:")[0];
    if (format === "junit") return /message="([^"]*)"/.exec(written)?.[1] ?? "";
    return /^::[^:]*::(.*?)%0ARemedy/m.exec(written)?.[1] ?? "";
  };

  test("as the table says", async () => {
    const lines: string[] = [];
    for (const words of [...ACCEPTED, ...REFUSED]) {
      const plan = planResult(buildPlan(treeSaying(words), { at: AT, base: undefined, all: true }), "en");
      const row = renderPlanMarkdown(plan, "en")
        .split("\n")
        .find((line) => /^\|.*a\/t.*production/.test(line));
      const terminal = renderPlanText(plan, { lang: "en", paint: plain, detailed: false })
        .split("\n")
        .find((line) => /^a\/t /.test(line));
      lines.push(visible(JSON.stringify(words)), `  terminal     ${terminal?.replace(/ {2,}/g, "  ")}`, `  markdown     ${row}`);
      for (const format of FINDINGS_FORMATS) lines.push(`  ${format.padEnd(11)}  ${await message(words, format)}`);
    }
    await expect(`${lines.join("\n")}\n`).toMatchFileSnapshot("text.txt");
  });
});
