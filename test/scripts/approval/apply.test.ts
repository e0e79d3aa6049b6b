import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readDay } from "../../../catalog/day.ts";
import { readDirectoryTree } from "../../../catalog/source/tree.ts";
import { approvalFileName, signApproval } from "../../../scripts/approval/approval.ts";
import type { Delivery } from "../../../scripts/delivery/delivery.ts";
import { sha256 } from "../../../scripts/engine/saved-plan.ts";
import type { PlanResult } from "../../../scripts/plan/result.ts";
import type { ApplyResult } from "../../../scripts/render/apply-text.ts";
import { withReplaced } from "../../tree.ts";
import { ENGINE, environmentIn, saveFixture, stackOf } from "../engine/fixtures.ts";
import { type Approver, approver } from "./keys.ts";
import { type Program, program } from "./program.ts";

const title = ENGINE.reason === undefined ? "with the engine" : `with the engine (skipped: ${ENGINE.reason})`;
const JOB_SERVICE = "stacks/tenants/hrss/job-service.yaml";
const opened = withReplaced(JOB_SERVICE, "listens: [", "listens: [{ port: 8080, from: internet }, ", "first");
const hrss = approver({ role: "bureau", bureau: "hrss", holder: "head@hrss.example.org" }, "ed25519");
const clerk = approver({ role: "bureau", bureau: "hrss", holder: "clerk@hrss.example.org" });
const security = approver({ role: "security", holder: "officer@bigdata.example.org" });

const scratch = mkdtempSync(join(tmpdir(), "govcloud-approved-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
let count = 0;
const newFolder = () => {
  count += 1;
  const folder = join(scratch, String(count));
  mkdirSync(folder);
  return folder;
};

/** A request merged and planned by the engine: a port opened to the internet, which the bureau and security must approve. */
async function saved(): Promise<{ own: Program; folder: string; plan: string; result: PlanResult }> {
  const own = program([hrss, clerk, security]);
  own.commit("clerk@hrss.example.org", opened);
  const file = join(own.folder, "offline.json");
  expect(own.run(["plan", "--base", "HEAD~1", "--at", "2026-01-15", "--format", "json", "--out", file]).code).toBe(0);
  const [folder, plan] = [newFolder(), join(newFolder(), "plan")];
  await saveFixture(folder, plan, [stackOf("hrss--job-service", { one: { input: "x" } })], {
    planned: { result: JSON.parse(readFileSync(file, "utf8")) as PlanResult, tree: readDirectoryTree(own.folder) },
  });
  return { own, folder, plan, result: JSON.parse(readFileSync(join(plan, "plan.json"), "utf8")) as PlanResult };
}

function states(folder: string): string[] {
  const path = join(folder, "state");
  return existsSync(path) ? readdirSync(path).filter((name) => name.endsWith(".tfstate")) : [];
}

/** Approvals of a plan as files in a folder. */
function approvals(result: PlanResult, by: readonly Approver[], commit: string | null = null): string {
  const folder = newFolder();
  for (const { listed, secret } of by) {
    const approval = signApproval(result, listed, { key: secret, instant: new Date(), commit });
    writeFileSync(join(folder, approvalFileName(approval)), JSON.stringify(approval));
  }
  return folder;
}

function apply(
  { own, folder, plan }: { own: Program; folder: string; plan: string },
  args: readonly string[],
  environment: NodeJS.ProcessEnv = {},
) {
  const { code, stdout, stderr } = own.run(
    ["apply", "--plan", plan, "--at", "2026-01-15", "--format", "json", ...args],
    environmentIn(folder, environment),
  );
  if (stdout === "") throw new Error(stderr);
  const { refusals, verdict, approvedBy } = JSON.parse(stdout) as ApplyResult;
  const began = states(folder).length > 0;
  return { code, verdict, approvedBy, began, refusals: refusals.map(({ message }) => message) };
}

const BUREAU = "Nobody approved as bureau hrss (a bureau answers for its systems and what they cost: hrss/job-service)";
const SECURITY = "Nobody approved as security (opened to the internet: hrss/job-service)";

describe.skipIf(ENGINE.reason !== undefined)(title, () => {
  test("a pipeline applies nothing that nobody approved, and all that everybody did", async () => {
    const made = await saved();
    const inPipeline = { CI: "true" };
    const refused = { code: 2, verdict: "refused", began: false };
    expect(apply(made, [], inPipeline)).toMatchObject({ ...refused, refusals: [BUREAU, SECURITY] });
    expect(apply(made, ["--approved", made.result.fingerprint], inPipeline)).toMatchObject({ ...refused, refusals: [BUREAU, SECURITY] });
    expect(apply(made, ["--approvals", approvals(made.result, [hrss])])).toMatchObject({ ...refused, refusals: [SECURITY] });
    expect(apply(made, ["--approvals", approvals(made.result, [clerk, security])], inPipeline)).toMatchObject({
      ...refused,
      refusals: [
        BUREAU,
        "clerk@hrss.example.org (bureau hrss): clerk@hrss.example.org had a hand in this request, and nobody approves their own",
      ],
    });
    const all = approvals(made.result, [clerk, hrss, security]);
    writeFileSync(join(all, "comment.json"), "<html>");
    const deliveries = join(newFolder(), "deliveries.jsonl");
    const applied = apply(made, ["--approvals", all, "--deliveries", deliveries], inPipeline);
    expect(applied).toMatchObject({
      code: 0,
      verdict: "applied",
      approvedBy: {
        kind: "signed",
        by: expect.arrayContaining([
          { role: "bureau", bureau: "hrss", holder: "head@hrss.example.org", at: expect.any(String) },
          { role: "security", bureau: null, holder: "officer@bigdata.example.org", at: expect.any(String) },
        ]),
      },
    });
    const record = JSON.parse(readFileSync(deliveries, "utf8")) as Delivery;
    expect([applied.approvedBy, record.stage]).toEqual([
      { kind: "signed", by: record.approvedBy },
      { before: "production", after: "production" },
    ]);
  });

  test("at a terminal a plan may go without, and the report says so", async () => {
    const made = await saved();
    expect(apply(made, [])).toMatchObject({ code: 0, verdict: "applied", approvedBy: { kind: "unsigned" } });
  });

  test("approvals of the same request against another state are of another plan", async () => {
    const made = await saved();
    const first = approvals(made.result, [hrss, security], made.own.git("rev-parse", "HEAD"));
    expect(apply(made, ["--approvals", first]).code).toBe(0);
    const plan = join(newFolder(), "plan");
    await saveFixture(made.folder, plan, [stackOf("hrss--job-service", { one: { input: "y" } })], {
      planned: { result: made.result, tree: readDirectoryTree(made.own.folder) },
    });
    const { code, refusals } = apply({ ...made, plan }, ["--approvals", first]);
    expect([code, refusals.length]).toEqual([2, 4]);
    for (const refusal of refusals.slice(2))
      expect(refusal).toMatch(
        /: another plan was approved \(.*\): hrss--job-service what the engine plans, hrss--job-service the state changed$/,
      );
  });

  test.each([
    [
      "the list names a tree that is not the plan's",
      (plan: string, { own }: { own: Program }) => {
        own.commit("clerk@hrss.example.org", { [JOB_SERVICE]: `${opened[JOB_SERVICE]}# 又一行\n` });
        return plan;
      },
      "Declarations or catalogue changed after the plan was made",
    ],
    [
      "the engine changes what the plan does not show",
      (plan: string) => {
        const file = join(plan, "saved-plan.json");
        const list = JSON.parse(readFileSync(file, "utf8")) as { stacks: { id: string }[] };
        writeFileSync(file, JSON.stringify({ ...list, stacks: list.stacks.map((stack) => ({ ...stack, id: "health/other" })) }));
        return plan;
      },
      "The engine changes health/other, which the plan that approvers see does not show",
    ],
  ])("refuses where %s", async (_, cheat, refusal) => {
    const made = await saved();
    cheat(made.plan, made);
    const { code, began, refusals } = apply(made, ["--approvals", approvals(made.result, [hrss, security])]);
    expect([code, began, refusals]).toEqual([2, false, [refusal]]);
  });

  test("refuses a plan that other code made", async () => {
    const made = await saved();
    writeFileSync(join(made.own.folder, "policies/price/no-price-above-ceiling.ts"), "\n", { flag: "a" });
    const { code, refusals } = apply(made, ["--approvals", approvals(made.result, [hrss, security])]);
    expect([code, refusals]).toEqual([
      2,
      [expect.stringMatching(/^The plan was made by version 0\.1\.0\+[0-9a-f]{12} of this program, this is 0\.1\.0\+[0-9a-f]{12}$/)],
    ]);
  });

  test("refuses a plan that was judged for another day than today, whoever approved it", async () => {
    const made = await saved();
    const all = approvals(made.result, [hrss, security]);
    const day = readDay(undefined).toString();
    const { code, stdout } = made.own.run(["apply", "--plan", made.plan, "--approvals", all, "--format", "json"], {
      ...environmentIn(made.folder),
      CI: "true",
    });
    const { refusals } = JSON.parse(stdout) as ApplyResult;
    expect([code, refusals.map(({ message }) => message), states(made.folder)]).toEqual([
      2,
      [`The plan was made for 2026-01-15, and this is ${day}`],
      [],
    ]);
  });

  test("the fingerprint that a result claims counts for nothing", async () => {
    const made = await saved();
    const file = join(made.plan, "plan.json");
    const other: PlanResult = { ...made.result, fingerprint: `sha256:${"0".repeat(64)}` };
    writeFileSync(file, JSON.stringify(other));
    const list = join(made.plan, "saved-plan.json");
    writeFileSync(list, JSON.stringify({ ...(JSON.parse(readFileSync(list, "utf8")) as object), result: sha256(readFileSync(file)) }));
    const { code, refusals } = apply(made, ["--approvals", approvals(other, [hrss, security])]);
    expect([code, refusals.slice(0, 2)]).toEqual([2, [BUREAU, SECURITY]]);
  });
});
