import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, test } from "vitest";
import { type Approval, signApproval } from "../../../scripts/approval/approval.ts";
import type { ApproveResult } from "../../../scripts/approval/approve-result.ts";
import type { PlanResult } from "../../../scripts/plan/result.ts";
import { withReplaced } from "../../tree.ts";
import { ROOT } from "../run.ts";
import { approver } from "./keys.ts";
import { type Program, program } from "./program.ts";

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile<ApproveResult>(
  JSON.parse(readFileSync(`${ROOT}/scripts/schema/approve.schema.json`, "utf8")) as object,
);

const JOB_SERVICE = "stacks/tenants/hrss/job-service.yaml";
const grown = withReplaced(JOB_SERVICE, "listens: [", "listens: [{ port: 8080, from: internet }, ", "first");
const hrss = approver({ role: "bureau", bureau: "hrss", holder: "head@hrss.example.org" }, "ed25519");
const writer = approver({ role: "bureau", bureau: "hrss", holder: "clerk@hrss.example.org" });
const security = approver({ role: "security", holder: "officer@bigdata.example.org" });
const expired = approver({ role: "security", holder: "former@bigdata.example.org", until: "2026-02-01" });
const unasked = approver({ role: "bureau", bureau: "health", holder: "head@health.example.org" });
const stranger = approver();

let own: Program;
/** Writes somebody's private key into the checkout, for its owner alone unless said otherwise. */
function keyOf({ privatePem }: { readonly privatePem: string }, mode = 0o600): string {
  const name = join(own.folder, `key-${mode.toString(8)}.pem`);
  writeFileSync(name, privatePem);
  chmodSync(name, mode);
  return name;
}
function approve(...args: string[]) {
  const { code, stdout, stderr } = own.run(["approve", "--format", "json", ...args]);
  const result: unknown = stdout === "" ? undefined : JSON.parse(stdout);
  if (result !== undefined && !validate(result)) throw new Error(JSON.stringify(validate.errors));
  return { code, stderr, result: result as ApproveResult };
}
const planTo = (file: string, ...args: string[]) =>
  own.run(["plan", "--base", "HEAD~1", "--at", "2026-01-15", "--format", "json", "--out", file, ...args]);

beforeAll(() => {
  own = program([hrss, writer, security, expired, unasked]);
  own.commit("clerk@hrss.example.org", grown);
  expect(planTo("plan.json")).toMatchObject({ code: 0, stderr: "" });
});

describe("npm run approve", () => {
  test("signs what the role looked at, says what that is, and --verify says that it holds", () => {
    const key = keyOf(security);
    const { code, stdout } = own.run(["approve", "--plan", "plan.json", "--role", "security", "--key", key, "--out", "security.json"]);
    expect(code).toBe(0);
    for (const words of [
      "The plan: list price 4,957.20 → 4,957.20 CNY a month (—)",
      "hrss/job-service  changed",
      "tcp 8080: not reachable before, reachable from the internet after",
      "Who must approve",
      "security officer (security): opened to the internet: hrss/job-service",
      "! This is an offline plan",
      "! The plan was made for 2026-01-15, today is ",
      "✔ APPROVED by officer@bigdata.example.org (security), written to security.json",
    ])
      expect(stdout).toContain(words);
    const verified = approve("--plan", "plan.json", "--verify", "security.json");
    expect([verified.code, verified.result.kind, verified.result.refusals]).toEqual([0, "holds", []]);
  });

  test("by default writes <fingerprint>.<role>.json, whose signature openssl and jq agree with", () => {
    const { fingerprint } = JSON.parse(readFileSync(join(own.folder, "plan.json"), "utf8")) as PlanResult;
    const { code, result } = approve("--plan", "plan.json", "--role", "bureau", "--bureau", "hrss", "--key", keyOf(hrss));
    const name = `${fingerprint.slice(7)}.bureau-hrss.json`;
    expect([code, result.file, existsSync(join(own.folder, name))]).toEqual([0, name, true]);
    const approval = JSON.parse(readFileSync(join(own.folder, name), "utf8")) as Approval;
    expect(approval).toMatchObject({
      role: "bureau",
      bureau: "hrss",
      holder: "head@hrss.example.org",
      commit: own.git("rev-parse", "HEAD"),
    });
    const { status, stdout: payload } = spawnSync("jq", ["-cjS", "del(.signature)", join(own.folder, name)]);
    if (status !== 0) return;
    for (const [file, bytes] of [
      ["payload", payload],
      ["sig", Buffer.from(approval.signature, "base64")],
      ["pub.pem", hrss.publicPem],
    ] as const)
      writeFileSync(join(own.folder, file), bytes);
    const args = ["pkeyutl", "-verify", "-pubin", "-inkey", "pub.pem", "-rawin", "-in", "payload", "-sigfile", "sig"];
    expect(spawnSync("openssl", args, { cwd: own.folder, encoding: "utf8" }).stdout).toContain("Signature Verified Successfully");
  });

  test.each([
    [
      "a key that is not in the list",
      stranger,
      ["--role", "centre"],
      /^This key \(sha256:\w{12}\) is not in policies\/approval-keys\.yaml$/,
    ],
    ["a key that expired", expired, ["--role", "security"], /^Cannot sign: the key of former@bigdata\.example\.org expired on 2026-02-01 /],
    ["a key of another role", security, ["--role", "centre"], /^This key is that of security, it cannot approve as centre$/],
    [
      "a key of another bureau",
      hrss,
      ["--role", "bureau", "--bureau", "health"],
      /^This key is that of bureau hrss, it cannot approve as bureau health$/,
    ],
    [
      "who wrote the request",
      writer,
      ["--role", "bureau", "--bureau", "hrss"],
      /clerk@hrss\.example\.org had a hand in this request, and nobody approves their own$/,
    ],
  ])("refuses %s", (_, who, args, refusal) => {
    const { code, result } = approve("--plan", "plan.json", "--key", keyOf(who), "--out", "never.json", ...args);
    expect([code, result.kind, result.file, existsSync(join(own.folder, "never.json"))]).toEqual([2, "refused", null, false]);
    expect(result.refusals.map(({ message }) => message)).toEqual([expect.stringMatching(refusal)]);
  });

  test.each([
    ["refused by policy", (plan: PlanResult) => ({ ...plan, verdict: "refused" }), "Policy refused this plan"],
    ["judged in part", (plan: PlanResult) => ({ ...plan, verdict: "partial" }), "Not every policy judged this plan (--select, --skip)"],
    [
      "edited",
      (plan: PlanResult) => ({ ...plan, systems: plan.systems.map((each) => ({ ...each, exposure: [] })) }),
      "The plan is not what its fingerprint names: the file was edited",
    ],
  ])("refuses a plan %s", (_, edit, refusal) => {
    const plan = JSON.parse(readFileSync(join(own.folder, "plan.json"), "utf8")) as PlanResult;
    writeFileSync(join(own.folder, "edited.json"), JSON.stringify(edit(plan)));
    const { code, result } = approve("--plan", "edited.json", "--role", "security", "--key", keyOf(security), "--out", "never.json");
    expect([code, result.refusals.map(({ message }) => message)]).toEqual([2, [refusal]]);
  });

  const praise: PlanResult["findings"][number] = {
    ...{ policy: "network/no-world-open-ssh", level: "advisory", result: "violation", system: null, address: "a", attribute: "b" },
    ...{ message: "All is well", remedy: "Sign", clause: "9.4.1", waiver: null, location: { file: "a.yaml", line: 1, column: 1 } },
  };
  const first = (plan: PlanResult, changes: object) => plan.systems.map((each, index) => (index === 0 ? { ...each, ...changes } : each));
  test.each<[string, (plan: PlanResult) => object, string]>([
    [
      "a total",
      (plan) => ({ ...plan, total: { ...plan.total, list: { ...plan.total.list, delta: "-90000.00" } } }),
      '"-90000.00" at total.list.delta, planned again it is "0.00"',
    ],
    ["findings", (plan) => ({ ...plan, findings: [praise] }), 'at findings.0, planned again it is "none"'],
    ["notes", (plan) => ({ ...plan, notes: [] }), '"none" at notes.0, planned again it is "'],
    ["who must approve", (plan) => ({ ...plan, approvals: [] }), '"none" at approvals.0, planned again it is "{'],
    ["no word of who must approve", ({ approvals: _, ...plan }) => plan, '"none" at approvals, planned again it is "['],
    ["lines of the contract", (plan) => ({ ...plan, lines: [] }), '"none" at lines.1, planned again it is "{'],
    [
      "a name with an escape sequence",
      (plan) => ({ ...plan, systems: first(plan, { name: "\u001b[2Jshown" }) }),
      '"\ufffd[2Jshown" at systems.0.name, planned again it is "',
    ],
    ["a day that there is none of", (plan) => ({ ...plan, at: "2026-13-15" }), "Cannot plan again to compare: "],
    ["a day of another price book", (plan) => ({ ...plan, at: "2025-03-15" }), "Cannot plan again to compare: "],
    [
      "an engine that planned nothing",
      (plan) => ({ ...plan, engine: { kind: "OpenTofu", version: "1.10.0", cloud: true, failures: [] } }),
      " at engine, ",
    ],
    ["a budget", (plan) => ({ ...plan, budget: { ...plan.budget, estimate: "1.00" } }), '"1.00" at budget.estimate, planned again it is "'],
  ])("refuses a plan with another %s, which its fingerprint does not cover", (_, edit, refusal) => {
    const plan = JSON.parse(readFileSync(join(own.folder, "plan.json"), "utf8")) as PlanResult;
    writeFileSync(join(own.folder, "edited.json"), JSON.stringify(edit(plan)));
    const { code, result } = approve("--plan", "edited.json", "--role", "security", "--key", keyOf(security), "--out", "never.json");
    expect([code, result.kind, existsSync(join(own.folder, "never.json"))]).toEqual([2, "refused", false]);
    expect(result.refusals[0]?.message).toContain(refusal);
  });

  test.each([
    ["in Chinese", ["--lang", "zh"]],
    ["with all systems", ["--all"]],
    ["with one system shown", ["--system", "hrss/job-service"]],
    ["with an untouched system beside", ["--system", "hrss/job-service", "housing/provident-fund"]],
  ])("signs a plan made %s as one made anew", (_, args) => {
    expect(planTo("other.json", ...args).code).toBe(0);
    const { code, result } = approve(
      "--plan",
      "other.json",
      "--role",
      "security",
      "--key",
      keyOf(security),
      "--out",
      "other.approval.json",
    );
    expect([code, result.refusals]).toEqual([0, []]);
  });

  test("signs the plan of a pipeline's job, which judged its own systems alone", () => {
    writeFileSync(join(own.folder, "systems.txt"), "hrss/job-service\n");
    expect(planTo("job.json", "--systems-from", "systems.txt").code).toBe(0);
    const { code, result } = approve("--plan", "job.json", "--role", "security", "--key", keyOf(security), "--out", "job.approval.json");
    expect([code, result.refusals]).toEqual([0, []]);
  });

  test("is not led astray by a base that an edited plan names", () => {
    const plan = JSON.parse(readFileSync(join(own.folder, "plan.json"), "utf8")) as PlanResult;
    // Between HEAD and itself nobody wrote anything.
    writeFileSync(join(own.folder, "edited.json"), JSON.stringify({ ...plan, base: "HEAD" }));
    const { code, result } = approve("--plan", "edited.json", "--role", "bureau", "--bureau", "hrss", "--key", keyOf(writer));
    expect([code, result.refusals.map(({ message }) => message)]).toEqual([
      2,
      ["cannot tell that the approver did not write the request: HEAD is not what was compared with: name that commit with --base"],
    ]);
  });

  test("warns of a key that others can read", () => {
    const { code, result } = approve("--plan", "plan.json", "--role", "security", "--key", keyOf(security, 0o644), "--out", "warned.json");
    expect(code).toBe(0);
    expect(result.warnings[0]).toMatch(/key-644\.pem can be read by others: chmod 600/);
  });

  test.each([
    ["no such file", "nothing.pem", /^Cannot use nothing\.pem: there is no such file$/],
    ["no private key", "plan.json", /^Cannot use plan\.json: (wanted a private key in PEM|it is no file of a private key in PEM)$/],
  ])("says what is wrong with a key file: %s", (_, name, message) => {
    const { code, stderr } = approve("--plan", "plan.json", "--role", "security", "--key", name);
    expect([code, stderr.trim()]).toEqual([3, expect.stringMatching(message)]);
  });

  test("makes keys: the private one for its owner alone, the public one as an entry that the list takes", () => {
    const made = own.run(["approve", "--new-key", "--key", "new.pem", "--role", "centre", "--holder", "director@bigdata.example.org"], {
      GOVCLOUD_KEY_PASSPHRASE: "documentation 7",
    });
    expect([made.code, statSync(join(own.folder, "new.pem")).mode & 0o777]).toEqual([0, 0o600]);
    expect(readFileSync(join(own.folder, "new.pem"), "utf8")).toMatch(/^-----BEGIN ENCRYPTED PRIVATE KEY-----/);
    const list = join(own.folder, "policies/approval-keys.yaml");
    const before = readFileSync(list, "utf8");
    writeFileSync(list, `${before}${made.stdout}`);
    const sign = (passphrase: string) =>
      own.run(["approve", "--plan", "plan.json", "--role", "centre", "--key", "new.pem", "--out", "centre.json"], {
        GOVCLOUD_KEY_PASSPHRASE: passphrase,
      });
    // The list takes the key, and the rules want no such approval.
    expect(sign("documentation 7")).toMatchObject({
      code: 2,
      stdout: expect.stringContaining(
        "✘ No rule wants centre to approve this plan (policies/approvals.yaml), so that it counts for nothing\n",
      ),
    });
    expect(existsSync(join(own.folder, "centre.json"))).toBe(false);
    expect(sign("another").stderr.trim()).toBe("Cannot use new.pem: the passphrase in GOVCLOUD_KEY_PASSPHRASE is wrong");
    expect(sign("").stderr.trim()).toBe("Cannot use new.pem: it has a passphrase: set GOVCLOUD_KEY_PASSPHRASE");
    writeFileSync(list, before);
    const again = own.run(["approve", "--new-key", "--key", "new.pem"]);
    expect([again.code, again.stderr.trim()]).toEqual([3, "Cannot write new.pem: it is there already, and keys are not overwritten"]);
  });
});

test.each([
  ["bureau without saying which", ["--role", "bureau"]],
  ["the centre with a bureau", ["--role", "centre", "--bureau", "hrss"]],
])("refuses to make a key for %s, as the list would", (_, args) => {
  const { code, stdout, stderr } = own.run(["approve", "--new-key", "--key", "none.pem", ...args]);
  expect([code, stdout, stderr.trim(), existsSync(join(own.folder, "none.pem"))]).toEqual([
    3,
    "",
    "Cannot make an entry for this role so: bureau needs --bureau (--bureau hrss), no other role has one (--help shows how)",
    false,
  ]);
});

test("signs a request that changes more than data: the files that no plan judges are told again", () => {
  const centre = approver({ role: "centre", holder: "director@bigdata.example.org" });
  const operator = program([centre]);
  writeFileSync(join(operator.folder, "centre.pem"), centre.privatePem, { mode: 0o600 });
  const path = "catalog/price-books/2025-06-20.yaml";
  const book = readFileSync(join(operator.folder, path), "utf8");
  operator.commit("operator@cloud.example.org", {
    [path]: book.replace("from: 2025-06-20\n", "from: 2025-06-20\nto: 2026-02-28\n"),
    "catalog/price-books/2026-03-01.yaml": book.replace("from: 2025-06-20\n", "from: 2026-03-01\n"),
    "policies/house-rules.txt": "Look twice\n",
  });
  const { code } = operator.run(["plan", "--base", "HEAD~1", "--at", "2026-01-15", "--format", "json", "--out", "plan.json"]);
  const { notes } = JSON.parse(readFileSync(join(operator.folder, "plan.json"), "utf8")) as PlanResult;
  expect([code, notes.filter((note) => note.includes("does not judge"))]).toEqual([
    0,
    [
      "The request also changes a file that the plan does not judge (program, rules or pipelines): policies/house-rules.txt; those whom CODEOWNERS names have to",
    ],
  ]);
  const command = "approve --plan plan.json --role centre --key centre.pem --format json";
  const approved = operator.run(command.split(" "));
  expect([approved.code, (JSON.parse(approved.stdout) as ApproveResult).refusals]).toEqual([0, []]);
});

test("--verify does not count an approval of a role that no rule wants", () => {
  const plan = JSON.parse(readFileSync(join(own.folder, "plan.json"), "utf8")) as PlanResult;
  const by = { key: unasked.secret, instant: new Date(), commit: null };
  writeFileSync(join(own.folder, "unasked.json"), JSON.stringify(signApproval(plan, unasked.listed, by)));
  const { code, result } = approve("--plan", "plan.json", "--verify", "unasked.json");
  expect([code, result.kind, result.refusals]).toEqual([
    2,
    "does-not-hold",
    [
      {
        message: "No rule wants bureau health to approve this plan (policies/approvals.yaml), so that it counts for nothing",
        remedy: "wanted are those of bureau hrss, security",
      },
    ],
  ]);
});

describe("after a rebase", () => {
  test("an approval holds where nothing in the plan changed; else it says which line did", () => {
    expect(approve("--plan", "plan.json", "--role", "security", "--key", keyOf(security), "--out", "kept.json").code).toBe(0);
    const approved = own.git("rev-parse", "HEAD");
    own.git("checkout", "--quiet", "-b", "rebased", "HEAD~1");
    own.commit("clerk@housing.example.org", withReplaced("stacks/tenants/housing/provident-fund.yaml", "cpu: 8", "cpu: 16", "first"));
    own.commit("clerk@hrss.example.org", grown);
    expect(planTo("rebased.json").code).toBe(0);
    expect(approve("--plan", "rebased.json", "--verify", "kept.json")).toMatchObject({ code: 0, result: { kind: "holds" } });
    own.commit("clerk@hrss.example.org", { [JOB_SERVICE]: (grown[JOB_SERVICE] ?? "").replace("cpu: 8", "cpu: 10") });
    expect(planTo("moved.json", "--base", "HEAD~2").code).toBe(0);
    const dropped = approve("--plan", "moved.json", "--verify", "kept.json");
    expect([dropped.code, dropped.result.kind]).toEqual([2, "does-not-hold"]);
    expect(dropped.result.refusals.map(({ message }) => message)).toEqual([
      expect.stringContaining("hrss/job-service the declaration (stacks/tenants/hrss/job-service.yaml:27 servers.db.cpu 8 → 10), "),
    ]);
    own.git("checkout", "--quiet", approved);
  });
});
