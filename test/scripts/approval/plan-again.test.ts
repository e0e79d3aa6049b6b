import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import type { ApproveResult } from "../../../scripts/approval/approve-result.ts";
import type { FindingResult, PlanResult } from "../../../scripts/plan/result.ts";
import { withReplaced } from "../../tree.ts";
import { ENGINE, environmentIn, fixtureEngine, scratch } from "../engine/fixtures.ts";
import { approver } from "./keys.ts";
import { type Program, program } from "./program.ts";

// Options by which a plan says more than its trees do: what was measured, and what the engine plans. Of that nothing is found out again.

const officer = approver({ role: "security", holder: "officer@bigdata.example.org" });
const USAGE = [
  "system,server,index,from,to,cpuPercent,memoryPercent,diskUsedGb,coverage",
  "hrss/job-service,app,1,2025-12-01,2025-12-31,20,50,40,1",
  "hrss/job-service,app,2,2025-12-01,2025-12-31,22,50,40,1",
  "",
].join("\n");

/** Servers under a new name, which a bureau asks for beside those that idle. */
const MORE = `  more:
    family: general
    cpu: 4
    memoryGb: 8
    image: openeuler-22.03-sp4
    systemDisk: { type: sas, sizeGb: 60 }
    listens: [{ port: 8080, from: internet }]
`;

let own: Program;
let environment: NodeJS.ProcessEnv;
beforeAll(() => {
  own = program([officer]);
  own.commit("clerk@hrss.example.org", withReplaced("stacks/tenants/hrss/job-service.yaml", "servers:\n", `servers:\n${MORE}`, "first"));
  writeFileSync(join(own.folder, "key.pem"), officer.privatePem, { mode: 0o600 });
  writeFileSync(join(own.folder, "usage.csv"), USAGE);
  const folder = scratch();
  environment = ENGINE.reason === undefined ? environmentIn(folder, { GOVCLOUD_ENGINE: fixtureEngine(folder) }) : {};
});

function planned(...args: readonly string[]): PlanResult {
  const { code, stdout, stderr } = own.run(["plan", "--base", "HEAD~1", "--at", "2026-01-15", "--format", "json", ...args], environment);
  if (code !== 0) throw new Error(`${stdout}${stderr}`);
  return JSON.parse(stdout) as PlanResult;
}

/** Why the security officer may not sign a file: the first reason, or none. */
function refusal(plan: object): readonly (string | undefined)[] {
  writeFileSync(join(own.folder, "plan.json"), JSON.stringify(plan));
  const args = ["--role", "security", "--key", "key.pem", "--out", "approval.json", "--format", "json"];
  const { code, stdout, stderr } = own.run(["approve", "--plan", "plan.json", ...args]);
  if (stdout === "") throw new Error(stderr);
  return [String(code), (JSON.parse(stdout) as ApproveResult).refusals[0]?.message];
}

const EDITED = "The plan is not what its fingerprint names: the file was edited";
const again = (words: string) => ["2", expect.stringContaining(words)];
const first = (plan: PlanResult, edit: (system: PlanResult["systems"][number]) => object) => ({
  ...plan,
  systems: plan.systems.map((each, index) => (index === 0 ? { ...each, ...edit(each) } : each)),
});
const finding = (policy: string, level: "advisory" | "mandatory"): FindingResult => ({
  ...{ policy, level, result: "violation", system: "hrss/job-service", address: "servers.app", attribute: "cpu" },
  ...{ message: "m", remedy: "r", clause: "c", waiver: null, location: { file: "a.yaml", line: 1, column: 1 } },
});
/** What anybody might edit of either plan. */
const SUMS: readonly (readonly [string, (plan: PlanResult) => object, readonly unknown[]])[] = [
  ["the file as it was made", (plan) => plan, ["0", undefined]],
  [
    "a total",
    (plan) => ({ ...plan, total: { ...plan.total, list: { ...plan.total.list, after: "1.00" } } }),
    again('says "1.00" at total.list.after, planned again it is "592719.70"'),
  ],
  ["a system's sum", (plan) => first(plan, ({ monthly }) => ({ monthly: { ...monthly, after: "1.00" } })), ["2", EDITED]],
  ["what is opened", (plan) => first(plan, () => ({ exposure: [] })), ["2", EDITED]],
  ["what is changed", (plan) => first(plan, () => ({ resources: [] })), ["2", EDITED]],
  [
    "a mandatory finding more",
    (plan) => first(plan, ({ findings }) => ({ findings: [...findings, finding("size/require-server-within-limits", "mandatory")] })),
    ["2", EDITED],
  ],
  ["who must approve", (plan) => ({ ...plan, approvals: [] }), again('"none" at approvals.0, planned again it is "{')],
];

describe("a plan that holds growth against a month's use", () => {
  let measured: PlanResult;
  beforeAll(() => {
    measured = planned("--usage", "usage.csv", "--month", "2025-12");
    expect(measured.notes).toContain("Sizing was judged by the use of 2025-12 (Annex 2 §7)");
    // Of its own figures, which no planning again finds out.
    const sizing = measured.systems.flatMap(({ findings }) => findings).filter(({ policy }) => policy.startsWith("sizing/"));
    expect(sizing.map(({ policy, result, address, attribute }) => `${policy} ${result} ${address}#${attribute}`)).toEqual([
      "sizing/no-new-servers-beside-idle violation servers#more",
    ]);
  });

  test.each([
    ...SUMS,
    [
      "an advisory finding that is not on sizing",
      (plan: PlanResult) => first(plan, ({ findings }) => ({ findings: [...findings, finding("network/no-world-open-ssh", "advisory")] })),
      again("at systems.0.findings."),
    ],
    [
      "no word of what was measured, so that its findings are out of place",
      (plan: PlanResult) => ({ ...plan, notes: [] }),
      again('at systems.0.findings.0, planned again it is "none"'),
    ],
  ] as typeof SUMS)("%s", (_, edit, wanted) => {
    expect(refusal(edit(measured))).toEqual(wanted);
  });
});

const title = ENGINE.reason === undefined ? "a plan of the engine's" : `a plan of the engine's (skipped: ${ENGINE.reason})`;
describe.skipIf(ENGINE.reason !== undefined)(title, () => {
  let online: PlanResult;
  beforeAll(() => {
    online = planned("--online");
    expect(Object.keys(online.parts).filter((name) => /^(engine|state) /.test(name))).toEqual([
      "engine hrss--job-service",
      "state hrss--job-service",
    ]);
  });

  test.each([
    ...SUMS,
    [
      "what the engine planned",
      (plan: PlanResult) => ({ ...plan, parts: { ...plan.parts, "engine hrss--job-service": `sha256:${"0".repeat(64)}` } }),
      ["2", EDITED],
    ],
    [
      "the state's serial",
      (plan: PlanResult) => ({ ...plan, parts: { ...plan.parts, "state hrss--job-service": "lineage#7" } }),
      ["2", EDITED],
    ],
    ["a name", (plan: PlanResult) => first(plan, () => ({ name: "x" })), again('says "x" at systems.0.name')],
    ["lines of the contract", (plan: PlanResult) => ({ ...plan, lines: [] }), again('"none" at lines.1')],
    [
      "an advisory finding of the contract",
      (plan: PlanResult) => ({ ...plan, findings: [...plan.findings, { ...finding("price/none", "advisory"), system: null }] }),
      again(" at findings."),
    ],
  ] as typeof SUMS)("%s", (_, edit, wanted) => {
    expect(refusal(edit(online))).toEqual(wanted);
  });
});
