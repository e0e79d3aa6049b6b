import { describe, expect, test } from "vitest";
import { printDiagnostic } from "../../tree.ts";
import { errorsOf, resultOf, SERVER, SYSTEM, TENANT, withSystem } from "./declared-files.ts";

describe("What a schema cannot see is refused:", () => {
  test.each([
    {
      what: "a pool that does not exist",
      more: SERVER,
      pool: "gvo",
      found: ['4:7+3 unknown-reference: Cannot find pool "gvo": wanted one of gov, ps → gov'],
    },
    {
      what: "an image that does not exist",
      more: SERVER.replace("rocky-9", "rocky9"),
      found: [
        '11:12+6 unknown-reference: Cannot find image "rocky9": wanted one of kylin-v10-sp3, openeuler-22.03-sp4, uos-server-20, rocky-9 → rocky-9',
      ],
    },
    {
      what: "an image that the pool does not have",
      more: SERVER,
      pool: "ps",
      found: ['11:12+7 unknown-reference: Cannot find image "rocky-9": wanted one of kylin-v10-sp3, openeuler-22.03-sp4, uos-server-20'],
    },
    {
      what: "an image of another processor",
      more: SERVER.replace("rocky-9", "kylin-v10-sp3-arm"),
      found: [
        "11:12+17 contradiction: Cannot run image kylin-v10-sp3-arm on family general: wanted one of kylin-v10-sp3, openeuler-22.03-sp4, uos-server-20, rocky-9",
      ],
    },
    {
      what: "an image named like a property of every object",
      more: SERVER.replace("rocky-9", "valueOf"),
      found: [
        '11:12+7 unknown-reference: Cannot find image "valueOf": wanted one of kylin-v10-sp3, openeuler-22.03-sp4, uos-server-20, rocky-9',
      ],
    },
    {
      what: "a rack that does not exist",
      more: "colocation:\n  rackUnits: [{ rack: Z99, from: 1, to: 2, powerW: 900 }]\n",
      found: [
        '7:23+3 unknown-reference: Cannot find rack "Z99": wanted one of A01, A02, A03, A04, A05, A06, A07, A08, B01, B02, B03, B04, H01, H02, H03, H04',
      ],
    },
    {
      what: "a rack named like a property of every object",
      more: "colocation: { cabinets: [toString] }\n",
      found: [
        '6:26+8 unknown-reference: Cannot find rack "toString": wanted one of A01, A02, A03, A04, A05, A06, A07, A08, B01, B02, B03, B04, H01, H02, H03, H04',
      ],
    },
    {
      what: "units that end below their start",
      more: "colocation:\n  rackUnits: [{ rack: A01, from: 5, to: 4, powerW: 900 }]\n",
      found: ["7:41+1 contradiction: Cannot end at U 4 below the start at U 5"],
    },
    {
      what: "units above the rack's top",
      more: "colocation:\n  rackUnits: [{ rack: A01, from: 41, to: 43, powerW: 900 }]\n",
      found: ["7:42+2 out-of-range: Cannot reach U 43: rack A01 has 42U"],
    },
    {
      what: "a GPU server with the name of a server",
      more: `${SERVER}gpuServers: { app: { box: 1 } }\n`,
      found: ["13:15+3 contradiction: Cannot name a GPU server app: a server has that name"],
    },
    {
      what: "a node listed twice",
      more: "managedNodes:\n  - { name: n1, serial: A1 }\n  - { name: n1, serial: A1 }\n",
      found: ["8:13+2 contradiction: Cannot list n1 twice", "8:25+2 contradiction: Cannot list A1 twice"],
    },
    {
      what: "a port listed twice, once with its default written out",
      more: `${SERVER}    listens: [{ port: 443, from: self }, { port: 443, protocol: tcp, from: self }]\n`,
      found: ["13:42+40 contradiction: Cannot list the same port and source twice"],
    },
    {
      what: "a subnet outside the bureau's range",
      more: "subnet: 10.21.0.0/24\n",
      found: ["6:9+12 out-of-range: Cannot accept subnet 10.21.0.0/24: it lies outside the bureau's range 10.20.0.0/16"],
    },
    {
      what: "a subnet too small for a server",
      more: "subnet: 10.20.0.0/30\n",
      found: ["6:9+12 out-of-range: Cannot accept subnet 10.20.0.0/30: the smallest is a /29"],
    },
    {
      what: "a subnet of another pool than the system's",
      more: "subnet: 10.20.0.0/24\n",
      pool: "ps",
      found: ["6:9+12 out-of-range: Cannot accept subnet 10.20.0.0/24: it lies outside the range 10.128.0.0/10 of pool ps"],
    },
    {
      what: "retirement of a system in production",
      more: "retirement: { on: 2026-03-31, attestation: 已返还 }\n",
      found: ["6:1+10 contradiction: Cannot accept retirement: only the stages exiting and retired have one"],
    },
    {
      what: "an exit without its date",
      more: "",
      stage: "exiting",
      found: ["2:8+7 missing-key: Cannot be exiting without retirement: wanted its date (on) and attestation"],
    },
    {
      what: "a retired system without attestation",
      more: "",
      stage: "retired",
      found: ["2:8+7 missing-key: Cannot be retired without retirement: wanted its date (on) and attestation"],
    },
    {
      what: "a trial's date in production",
      more: "trialSince: 2025-07-01\n",
      found: ["6:1+10 contradiction: Cannot accept trialSince: only the stage trial has one"],
    },
    {
      what: "a contradiction beside a pool that does not exist, both in one run",
      more: "trialSince: 2025-07-01\n",
      pool: "xx",
      found: [
        "6:1+10 contradiction: Cannot accept trialSince: only the stage trial has one",
        '4:7+2 unknown-reference: Cannot find pool "xx": wanted one of gov, ps',
      ],
    },
  ])("$what", ({ more, pool, stage, found }) => {
    const system = SYSTEM.replace("pool: gov", `pool: ${pool ?? "gov"}`).replace("production", stage ?? "production");
    const result = resultOf({ "hrss/tenant.yaml": TENANT, "hrss/social.yaml": system + more });
    expect(result.diagnostics.map((each) => printDiagnostic(each).replace("stacks/tenants/hrss/social.yaml:", ""))).toEqual(found);
    expect(result.declarations.systems).toEqual([]);
  });

  test("tenant as a source, and a subnet, where the bureau has no range", () => {
    expect(errorsOf(withSystem(`${SERVER}    listens: [{ port: 443, from: tenant }]\nsubnet: 10.20.1.0/24\n`, "name: 人社局\n"))).toEqual([
      "hrss/social.yaml:14:9+12 contradiction: Cannot place the subnet: tenant.yaml of this bureau has no range",
      "hrss/social.yaml:13:34+6 contradiction: Cannot listen to tenant: tenant.yaml of this bureau has no range",
    ]);
  });
});
