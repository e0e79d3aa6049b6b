import { DOMParser, type Element } from "@xmldom/xmldom";
import { describe, expect, test } from "vitest";
import type { InvalidInput, InvalidRequest } from "../../../catalog/source/diagnostic.ts";
import { POLICIES } from "../../../policies/index.ts";
import { readDay } from "../../../scripts/options.ts";
import { buildPlan } from "../../../scripts/plan/build-plan.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { renderJunit } from "../../../scripts/render/findings-junit.ts";
import { allFindings, type FindingsReport } from "../../../scripts/render/findings-report.ts";
import { treeWith } from "../../tree.ts";
import {
  findingOf,
  HOSTILE,
  hostileReport,
  INVALID,
  MISCALLED,
  NAME,
  PATH,
  PLAN,
  planOf,
  report,
  reportInvalid,
  TENANT,
  WAIVED,
} from "./reports.ts";

describe("JUnit", () => {
  function parse(of: FindingsReport): Element {
    const xml = renderJunit(of);
    expect(xml).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    const root = new DOMParser({
      onError: (level, message) => {
        if (level !== "warning") throw new Error(`${level}: ${message}`);
      },
    }).parseFromString(xml, "text/xml").documentElement;
    if (root === null) throw new Error("wanted an element");
    return root;
  }
  const children = (element: Element, name: string) => [...element.childNodes].filter((node): node is Element => node.nodeName === name);
  const suiteOf = (root: Element, name: string): Element => {
    const suite = children(root, "testsuite").find((each) => each.getAttribute("name") === name);
    if (suite === undefined) throw new Error(`wanted the suite ${name}`);
    return suite;
  };
  const caseOf = (suite: Element, name: string) => children(suite, "testcase").find((each) => each.getAttribute("name") === name);

  // Elements with their attributes and children, as junit-10.xsd of Jenkins' xUnit plugin allows them and as far as they are used here.
  const ALLOWED: Readonly<Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>> = {
    testsuites: { attributes: ["name", "time", "tests", "failures", "errors"], children: ["testsuite"] },
    testsuite: { attributes: ["name", "time", "tests", "failures", "errors", "skipped"], children: ["properties", "testcase"] },
    properties: { attributes: [], children: ["property"] },
    property: { attributes: ["name", "value"], children: [] },
    testcase: { attributes: ["name", "time", "classname"], children: ["failure", "skipped"] },
    failure: { attributes: ["type", "message"], children: [] },
    skipped: { attributes: ["type", "message"], children: [] },
  };

  test.each([
    { what: "refused", of: report() },
    { what: "with waivers", of: report(WAIVED, "zh") },
    { what: "invalid", of: reportInvalid() },
    { what: "called wrongly", of: reportInvalid(MISCALLED) },
    { what: "partial", of: report(PLAN, "en", { select: ["price"], skip: [], judged: 1, of: 2 }) },
  ])("holds to the schema of its readers: $what", ({ of }) => {
    for (const element of [...parse(of).getElementsByTagName("*"), parse(of)]) {
      const allowed = ALLOWED[element.nodeName];
      expect(allowed, element.nodeName).toBeDefined();
      for (const { name } of [...element.attributes]) expect(allowed?.attributes, element.nodeName).toContain(name);
      for (const child of [...element.childNodes].filter(({ nodeType }) => nodeType === 1))
        expect(allowed?.children, element.nodeName).toContain(child.nodeName);
    }
  });

  test("has a suite per system and a case per finding and per policy that passes, each counted", () => {
    const root = parse(report());
    expect(children(root, "testsuite").map((suite) => suite.getAttribute("name"))).toEqual([
      "govcloud",
      "contract",
      "platform",
      "hrss/new-system",
    ]);
    const system = suiteOf(root, "hrss/new-system");
    const names = children(system, "testcase").map((each) => each.getAttribute("name"));
    for (const { id, scope } of POLICIES) if (scope === "system") expect(names).toContain(id);
    for (const element of [root, ...children(root, "testsuite")]) {
      const count = (name: string) => String(element.getElementsByTagName(name).length);
      expect([element.getAttribute("tests"), element.getAttribute("failures")]).toEqual([count("testcase"), count("failure")]);
      if (element !== root) expect(element.getAttribute("skipped")).toBe(count("skipped"));
    }
  });

  test("says what failed, where, and what to do; what passed is empty", () => {
    const suite = suiteOf(parse(report()), "hrss/new-system");
    const failed = caseOf(suite, "security/no-classified-system");
    expect(failed?.getAttribute("classname")).toBe("hrss/new-system");
    const [failure] = failed === undefined ? [] : children(failed, "failure");
    expect(failure?.getAttribute("type")).toBe("mandatory violation");
    expect(failure?.getAttribute("message")).toBe("Cannot host a classified system (classified: true)");
    expect(failure?.textContent).toBe(
      `${PATH}:5:13: Cannot host a classified system (classified: true). Remedy: Take a classified system through its own channel; if this was a slip, write classified: false · system hrss/new-system · address hrss/new-system · attribute classified · contract 8.2.5`,
    );
    expect(caseOf(suite, "price/require-every-resource-priced")?.childNodes).toHaveLength(0);
  });

  test("says what makes a request invalid, where, and what to do", () => {
    const told = (error: InvalidInput | InvalidRequest) => {
      const root = parse(reportInvalid(error));
      expect(root.getAttribute("failures")).toBe(root.getAttribute("tests"));
      return [...root.getElementsByTagName("testcase")].map((each) => [each.getAttribute("name"), each.textContent?.trim()]);
    };
    expect(told(INVALID)).toEqual([
      ["invalid-input/too-deep", `${PATH}:12:1: Cannot read more than 20 levels. Remedy: Nest less deep`],
      ["invalid-input/unknown-key", `${PATH}:9:3: Cannot use the key "familiy". Remedy: Did you mean: family`],
    ]);
    expect(told(MISCALLED)).toEqual([
      [
        "invalid-input/invalid-request",
        "Cannot find base x. Remedy: Mend the options or what is compared with, and call it again; --help shows how",
      ],
    ]);
  });

  test("shows what is waived as skipped", () => {
    const waived = caseOf(suiteOf(parse(report(WAIVED)), "hrss/new-system"), "size/require-server-within-limits");
    const [skipped] = waived === undefined ? [] : children(waived, "skipped");
    expect(skipped?.getAttribute("message")).toContain("Waived until 2026-01-15");
  });

  test("shows advice as skipped, and does not fail for it", () => {
    const plan = buildPlan(readCheckedTree(treeWith(TENANT)), { at: readDay("2026-07-01"), base: undefined, all: true });
    const root = parse(report(plan));
    const advice = caseOf(suiteOf(root, "contract"), "life-cycle/require-contract-in-force");
    expect(root.getAttribute("failures")).toBe("0");
    const [skipped] = advice === undefined ? [] : children(advice, "skipped");
    expect(skipped?.getAttribute("message")).toMatch(/^advice: Contract baotou-2025 ended/);
  });

  test("a policy on the whole contract that finds something in a system does not pass for the contract", () => {
    const files = Object.fromEntries(
      ["one", "two"].map((system) => [
        `stacks/tenants/hrss/${system}.yaml`,
        `name: 系统${system}\nstage: production\nmlps: 2\npool: gov\nclassified: false\ncolocation: { rackUnits: [{ rack: A01, from: 1, to: 2, powerW: 100 }] }\n`,
      ]),
    );
    const root = parse(report(planOf(files)));
    const overlap = children(root, "testsuite").filter((suite) => caseOf(suite, "capacity/no-rack-overlap") !== undefined);
    expect(overlap.map((suite) => suite.getAttribute("name"))).toEqual(["hrss/two"]);
  });

  test("says in every suite that a run is partial", () => {
    const partial = parse(report(PLAN, "en", { select: ["price"], skip: [], judged: 1, of: 2 }));
    for (const suite of children(partial, "testsuite")) {
      const properties = [...suite.getElementsByTagName("property")].map(
        (each) => `${each.getAttribute("name")}=${each.getAttribute("value")}`,
      );
      expect(properties).toContain("partial=PARTIAL: only 1 of 2 policies judged (--select price); this verdict accepts nothing");
    }
  });

  test("numbers the further findings of a policy, so that forges tell them apart", () => {
    const base = report();
    const one = findingOf(allFindings(base), "security/no-classified-system");
    const suites = [{ id: "a/b", name: "", judging: [], findings: [one, one, one] }];
    const cases = children(suiteOf(parse({ ...base, suites }), "a/b"), "testcase");
    expect(cases.map((each) => each.getAttribute("name"))).toEqual([
      "security/no-classified-system",
      "security/no-classified-system (2)",
      "security/no-classified-system (3)",
    ]);
  });

  test("carries a system's display name as it is", () => {
    const properties = suiteOf(parse(report()), "hrss/new-system").getElementsByTagName("property");
    expect([...properties].map((each) => `${each.getAttribute("name")}=${each.getAttribute("value")}`)).toContain(`name=${NAME}`);
  });

  test.each(HOSTILE)("keeps %j as text", (words) => {
    const root = parse(hostileReport(words));
    const suites = children(root, "testsuite");
    expect(suites).toHaveLength(1);
    expect(suites.flatMap((suite) => children(suite, "testcase"))).toHaveLength(1);
    expect(root.getElementsByTagName("failure")).toHaveLength(1);
  });
});
