import { describe, expect, test } from "vitest";
import { renderGithub } from "../../../scripts/render/findings-github.ts";
import { allFindings } from "../../../scripts/render/findings-report.ts";
import { findingOf, HOSTILE, hostileReport, PATH, report, WAIVED } from "./reports.ts";

describe("GitHub annotations", () => {
  test("have one line per finding, at its place", () => {
    const lines = renderGithub(report()).trimEnd().split("\n");
    expect(lines).toHaveLength(1 + allFindings(report()).length);
    expect(lines.at(-1)).toMatch(/^::notice title=govcloud::Nothing was compared, /);
    expect(lines).toContain(
      `::error file=${PATH},line=5,col=13,endColumn=17,title=security/no-classified-system::Cannot host a classified system (classified: true)%0ARemedy: Take a classified system through its own channel; if this was a slip, write classified: false%0Asystem hrss/new-system · address hrss/new-system · attribute classified%0Acontract 8.2.5`,
    );
  });

  test("put the gravest first and alike ones together, for GitHub shows ten of a kind", () => {
    const base = report();
    const grave = findingOf(allFindings(base), "security/no-classified-system");
    const advice = { ...grave, level: "advisory" as const };
    const findings = [advice, { ...grave, address: "b", fingerprint: "2" }, grave];
    const written = renderGithub({ ...base, notices: [], suites: [{ id: "a/b", name: "", judging: [], findings }] });
    expect(written.split("\n").map((line) => line.split(" ")[0])).toEqual(["::error", "::warning", ""]);
    expect(written).toContain("address b, hrss/new-system (2 places)");
  });

  test("what is waived is a notice, and nothing found is nothing written", () => {
    const waived = renderGithub(report(WAIVED)).split("\n");
    expect(waived.filter((line) => line.includes("title=size/require-server-within-limits")).join()).toMatch(/^::notice .*Waived until/);
    expect(renderGithub({ ...report(), notices: [], suites: [] })).toBe("");
  });

  test("escape what separates, in properties more than in the message", () => {
    const base = report();
    const one = findingOf(allFindings(base), "security/no-classified-system");
    const finding = {
      ...one,
      message: "50% a:b,c\r\nd",
      remedy: "r",
      clause: "c",
      place: { file: "a:b,c%.yaml", line: 5, column: 13, endColumn: undefined },
    };
    const written = renderGithub({ ...base, notices: [], suites: [{ id: "a/b", name: "", judging: [], findings: [finding] }] });
    expect(written).toBe(
      "::error file=a%3Ab%2Cc%25.yaml,line=5,col=13,title=security/no-classified-system::50%25 a:b,c��d%0ARemedy: r%0Asystem hrss/new-system · address hrss/new-system · attribute classified%0Ac\n",
    );
  });

  test.each(HOSTILE)("keep %j in their one line", (words) => {
    const written = renderGithub(hostileReport(words));
    expect(written.split("\n")).toEqual([expect.stringMatching(/^::error file=[^:]*::/), ""]);
    expect(written.slice(0, -1)).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(written.match(/%(?!25|0D|0A|3A|2C)/g)).toBeNull();
  });
});
