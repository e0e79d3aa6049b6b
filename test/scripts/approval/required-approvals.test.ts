import { expect, test } from "vitest";
import { readSource } from "../../../catalog/read-catalogue.ts";
import { type ApprovalCondition, readApprovalRules } from "../../../scripts/approval/approval-rules.ts";
import { requiredApprovals, roleLabel } from "../../../scripts/approval/required-approvals.ts";
import type { FindingResult, PlanResult, SystemResult } from "../../../scripts/plan/result.ts";
import { printUnderCaret, realTree, treeOf, withReplaced } from "../../tree.ts";
import { planned, wholeTreeWith } from "../plan/planned.ts";
import { scenarioBase, scenarioHead } from "../plan/scenario.ts";
import { ROOT } from "../run.ts";

/** Who must approve, by the program's own rules. */
const asked = (plan: PlanResult) =>
  requiredApprovals(plan, readApprovalRules(ROOT)).map((each) => `${roleLabel(each)}: ${each.because.map(({ en }) => en).join("; ")}`);
const OWN = "a bureau answers for its systems and what they cost";
const JOB_SERVICE = "stacks/tenants/hrss/job-service.yaml";
const BOOK = "catalog/price-books/2025-06-20.yaml";
const CLOSED = withReplaced(BOOK, "from: 2025-06-20\n", "from: 2025-06-20\nto: 2026-02-28\n");
const NEXT = (CLOSED[BOOK] ?? "").replace("from: 2025-06-20\nto: 2026-02-28\n", "from: 2026-03-01\n");
const NEW_BOOK = { ...CLOSED, "catalog/price-books/2026-03-01.yaml": NEXT };

test.each([
  { request: "nothing", head: {}, roles: [] },
  { request: "a comment", head: withReplaced(JOB_SERVICE, "name:", "# 说明\nname:", "first"), roles: [] },
  {
    request: "two cores more",
    head: withReplaced(JOB_SERVICE, "cpu: 4", "cpu: 6", "first"),
    roles: [`bureau hrss: ${OWN}: hrss/job-service`],
  },
  {
    request: "two bureaus' systems",
    head: {
      ...withReplaced(JOB_SERVICE, "cpu: 4", "cpu: 6", "first"),
      ...withReplaced("stacks/tenants/ecology/air-monitoring.yaml", "cpu: 2", "cpu: 3", "first"),
    },
    roles: [`bureau ecology: ${OWN}: ecology/air-monitoring`, `bureau hrss: ${OWN}: hrss/job-service`],
  },
  {
    request: "a port opened to the internet",
    head: withReplaced(JOB_SERVICE, "listens: [", "listens: [{ port: 8080, from: internet }, ", "first"),
    roles: [`bureau hrss: ${OWN}: hrss/job-service`, "security: opened to the internet: hrss/job-service"],
  },
  {
    request: "a price book that is closed and followed by another",
    head: NEW_BOOK,
    roles: [`centre: a price book is added, edited or closed: ${BOOK}, catalog/price-books/2026-03-01.yaml`],
  },
  { request: "a comment in the price book", head: withReplaced(BOOK, "prices:", "# 说明\nprices:", "first"), roles: [] },
  {
    request: "an annex that is edited",
    head: withReplaced("catalog/annex-2.yaml", "printed: ≥70%", "printed: ≥ 70%", "first"),
    roles: ["centre: the contract or an annex is edited: catalog/annex-2.yaml"],
  },
])("$request wants $roles", ({ head, roles }) => {
  expect(asked(planned(wholeTreeWith(head), realTree()))).toEqual(roles);
});

test("a request of many parts names each reason once, with the systems that it is about", () => {
  expect(asked(planned(scenarioHead(), scenarioBase()))).toMatchInlineSnapshot(`
    [
      "bureau civil-affairs: a bureau answers for its systems and what they cost: civil-affairs/elderly-care",
      "bureau housing: a bureau answers for its systems and what they cost: housing/property-archive",
      "bureau hrss: a bureau answers for its systems and what they cost: hrss/job-service, hrss/skills-archive, hrss/social-insurance",
      "centre: loses data or interrupts the service: civil-affairs/elderly-care, housing/property-archive, hrss/job-service; a system leaves or is retired: housing/property-archive; a system is removed from what is declared: civil-affairs/elderly-care",
      "security: a system of MLPS level 3: hrss/social-insurance",
    ]
  `);
});

const NOTHING = { before: "0.00", after: "0.00", delta: "0.00" };
function system(changes: Partial<SystemResult> = {}): SystemResult {
  const plain: SystemResult = {
    id: "hrss/a",
    tenant: "hrss",
    name: "a",
    stage: "production",
    stageBefore: "production",
    change: "changed",
    lines: [],
    monthly: NOTHING,
    resources: [],
    exposure: [],
    findings: [],
  };
  return { ...plain, ...changes };
}
const costs = (before: string, after: string, delta: string) => ({ monthly: { before, after, delta } });
const opened = (from: string, change: "opened" | "closed" = "opened") => ({
  exposure: [{ server: "a", protocol: "tcp", ports: "1", from, change }],
});
const harmed = (damage: "outage" | "data-lost") => ({
  resources: [{ address: "a", type: "a", action: "update" as const, damage: [damage], cause: [] }],
});
const finding = (level: "mandatory" | "advisory", isWaived: boolean): FindingResult => ({
  policy: "a/b",
  level,
  result: "violation",
  system: null,
  address: "a",
  attribute: "a",
  message: "a",
  remedy: "a",
  clause: "a",
  waiver: isWaived
    ? { reason: "a", owner: "a", approver: "a", expires: "2026-01-01", daysLeft: 1, location: { file: "a", line: 1, column: 1 } }
    : null,
  location: { file: "a", line: 1, column: 1 },
});

test("reasons of money tell that it is the sum of the systems that counts", () => {
  const half = costs("0.00", "25000.00", "25000.00");
  const systems = [system({ change: "added", ...half }), system({ id: "hrss/b", change: "added", ...half })];
  const [centre] = requiredApprovals({ systems, findings: [], catalogue: [] }, readApprovalRules(ROOT)).filter(
    ({ role }) => role === "centre",
  );
  expect(centre?.because).toEqual([
    {
      zh: "每月共增加 5,000 元及以上：hrss/a、hrss/b",
      en: "increases that come to 5,000 CNY a month or more together: hrss/a, hrss/b",
    },
    {
      zh: "所涉系统每月共 50,000 元及以上：hrss/a、hrss/b",
      en: "systems that come to 50,000 CNY a month or more together: hrss/a, hrss/b",
    },
  ]);
});

test.each<{ when: ApprovalCondition; systems: SystemResult[]; findings?: FindingResult[]; speaks: boolean }>([
  { when: { increaseFrom: "5000.00" }, systems: [system(costs("0.00", "4999.99", "4999.99"))], speaks: false },
  { when: { increaseFrom: "5000.00" }, systems: [system(costs("0.00", "5000.00", "5000.00"))], speaks: true },
  // Split over systems, or hidden behind a decrease elsewhere, it is the same money.
  {
    when: { increaseFrom: "5000.00" },
    systems: [system(costs("0.00", "2500.00", "2500.00")), system({ id: "hrss/b", ...costs("0.00", "2500.00", "2500.00") })],
    speaks: true,
  },
  {
    when: { increaseFrom: "5000.00" },
    systems: [system(costs("0.00", "5000.00", "5000.00")), system({ id: "hrss/b", ...costs("9000.00", "0.00", "-9000.00") })],
    speaks: true,
  },
  { when: { increaseFrom: "0" }, systems: [system(costs("2.00", "1.00", "-1.00"))], speaks: false },
  { when: { totalFrom: "50000.00" }, systems: [system(costs("49999.99", "50000.00", "0.01"))], speaks: true },
  { when: { totalFrom: "50000.00" }, systems: [system(costs("60000.00", "49999.99", "-10000.01"))], speaks: false },
  { when: { opened: ["internet"] }, systems: [system(opened("10.0.0.0/8"))], speaks: false },
  { when: { opened: ["network"] }, systems: [system(opened("10.0.0.0/8"))], speaks: true },
  { when: { opened: ["internet"] }, systems: [system(opened("anyone"))], speaks: true },
  { when: { opened: ["internet"] }, systems: [system(opened("::/0"))], speaks: true },
  { when: { opened: ["internet"] }, systems: [system(opened("unknown"))], speaks: true },
  { when: { opened: ["internet"] }, systems: [system(opened("internet", "closed"))], speaks: false },
  { when: { damage: ["data-lost"] }, systems: [system(harmed("data-lost"))], speaks: true },
  { when: { damage: ["data-lost"] }, systems: [system(harmed("outage"))], speaks: false },
  { when: { damage: ["data-lost"] }, systems: [system({ change: "added", ...harmed("data-lost") })], speaks: false },
  { when: { stage: ["retired"], change: ["changed"] }, systems: [system({ stage: "retired" })], speaks: true },
  { when: { stage: ["retired"] }, systems: [system({ stage: "retired", change: "unchanged" })], speaks: false },
  // Written together they must hold of one system.
  {
    when: { stage: ["retired"], damage: ["outage"] },
    systems: [system({ stage: "retired" }), system({ id: "hrss/b", ...harmed("outage") })],
    speaks: false,
  },
  { when: { platform: true }, systems: [system({ id: "platform", tenant: null })], speaks: true },
  { when: { platform: true }, systems: [system()], speaks: false },
  { when: { waiver: true }, systems: [system({ findings: [finding("mandatory", true)] })], speaks: true },
  { when: { waiver: true }, systems: [system({ findings: [finding("mandatory", false), finding("advisory", true)] })], speaks: false },
  { when: { waiver: true }, systems: [system()], findings: [finding("mandatory", true)], speaks: true },
  { when: { waiver: true }, systems: [], findings: [finding("mandatory", true)], speaks: true },
])("$when: $speaks", ({ when, systems, findings = [], speaks }) => {
  const rules = [{ role: "centre" as const, when, why: { zh: "a", en: "a" } }];
  expect(requiredApprovals({ systems, findings, catalogue: [] }, { rules }).map(roleLabel as never)).toHaveLength(speaks ? 1 : 0);
});

test("the bureau is that of the system's folder, whatever the plan calls its tenant", () => {
  const rules = [{ role: "bureau" as const, when: { change: ["changed" as const] }, why: { zh: "a", en: "a" } }];
  const required = requiredApprovals(
    { systems: [system({ tenant: "health" }), system({ id: "platform", tenant: null })], findings: [], catalogue: [] },
    { rules },
  );
  expect(required.map((each) => roleLabel(each))).toEqual(["bureau hrss"]);
});

test.each([
  ["a role that there is none of", "role: mayor\n    when: { platform: true }", /«mayor» not-allowed: .*wanted bureau, centre or security/],
  ["a rule without a condition", "role: centre\n    when: {}", /«\{\}»/],
  ["an amount that is no string", "role: centre\n    when: { increaseFrom: 5000 }", /«5000» wrong-type/],
  ["an amount below nothing", 'role: centre\n    when: { increaseFrom: "-1" }', /bad-format: .*wanted an amount in CNY/],
  ["a condition that nobody knows", "role: centre\n    when: { moon: full }", /«moon» unknown-key/],
])("refuses %s", (_, rule, wanted) => {
  const path = "policies/approvals.yaml";
  const name = "{ zh: 甲, en: a }";
  const words = `validDays: 30\nroles:\n  bureau: ${name}\n  centre: ${name}\n  security: ${name}\nrules:\n  - ${rule}\n    why: ${name}\n`;
  const read = readSource(treeOf({ [path]: words }), path, "approvals");
  expect(read.kind === "rejected" ? read.diagnostics.map(printUnderCaret) : []).toEqual([expect.stringMatching(wanted)]);
});
