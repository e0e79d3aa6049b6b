import { describe, expect, test } from "vitest";
import { errorsOf, SERVER, SYSTEM, withSystem } from "./declared-files.ts";

describe("A bureau", () => {
  test("without its tenant.yaml is refused once, whatever its systems need of it", () => {
    expect(errorsOf({ "hrss/social.yaml": `${SYSTEM}subnet: 10.20.1.0/24\n`, "hrss/jobs.yaml": SYSTEM })).toEqual([
      "hrss/tenant.yaml:1:1+1 missing-file: Cannot do without tenant.yaml: it names the bureau of this folder",
    ]);
  });

  test("whose tenant.yaml is wrong is refused for that alone", () => {
    expect(
      errorsOf(
        withSystem(`${SERVER}    listens: [{ port: 443, from: tenant }]\nsubnet: 10.20.1.0/24\n`, "name: 人社局\nrange: 10.20.0.1/16\n"),
      ),
    ).toEqual([
      'hrss/tenant.yaml:2:8+12 bad-format: Cannot accept range: found the text "10.20.0.1/16", wanted a network such as 10.20.3.0/24, host bits zero',
    ]);
  });

  test.each([
    {
      what: "in no pool's range",
      range: "172.16.0.0/16",
      found: "2:8+13 out-of-range: Cannot accept range 172.16.0.0/16: it lies in no pool's range (gov 10.0.0.0/10, ps 10.128.0.0/10)",
    },
    {
      what: "wider than a pool's range",
      range: "10.0.0.0/9",
      found: "2:8+10 out-of-range: Cannot accept range 10.0.0.0/9: it lies in no pool's range (gov 10.0.0.0/10, ps 10.128.0.0/10)",
    },
    {
      what: "across the subnet pool, from which systems get theirs",
      range: "10.32.0.0/16",
      found: "2:8+12 contradiction: Cannot accept range 10.32.0.0/16: it overlaps the subnet pool 10.32.0.0/12 of pool gov",
    },
  ])("has no range $what", ({ range, found }) => {
    expect(errorsOf({ "hrss/tenant.yaml": `name: 人社局\nrange: ${range}\n` })).toContain(`hrss/tenant.yaml:${found}`);
  });

  test("has a range of its own, which overlaps no other bureau's", () => {
    expect(
      errorsOf({
        "a/tenant.yaml": "name: 甲\nrange: 10.20.0.0/16\n",
        "b/tenant.yaml": "name: 乙\nrange: 10.20.128.0/17\n",
        "c/tenant.yaml": "name: 丙\nrange: 10.21.0.0/16\n",
      }),
    ).toEqual(["b/tenant.yaml:2:8+14 contradiction: Cannot accept range 10.20.128.0/17: it overlaps 10.20.0.0/16 of bureau a"]);
  });

  test.each([
    { written: "15000", accepted: true },
    { written: '"15000.5"', accepted: true },
    { written: "0", accepted: true },
    { written: '"1.234"', accepted: false },
    { written: '"1e3"', accepted: false },
    { written: '"-1"', accepted: false },
    { written: "-1", accepted: false },
    { written: "15000.50", accepted: false },
    { written: "15,000", accepted: false },
  ])("whose budget is written $written: accepted is $accepted", ({ written, accepted }) => {
    expect(errorsOf({ "hrss/tenant.yaml": `name: 人社局\nmonthlyBudget: ${written}\n` }).length).toBe(accepted ? 0 : 1);
  });
});
