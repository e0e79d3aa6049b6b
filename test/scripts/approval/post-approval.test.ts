import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Approval, signApproval } from "../../../scripts/approval/approval.ts";
import { approvalComment, approvalJson } from "../../../scripts/approval/approval-comment.ts";
import type { ApproveResult, CollectedResult } from "../../../scripts/approval/approve-result.ts";
import { approvalsIn } from "../../../scripts/approval/collect-approvals.ts";
import type { ForgeComment } from "../../../scripts/forge/forge.ts";
import { withReplaced } from "../../tree.ts";
import { type FakeForge, fakeForge, status, TOKEN } from "../forge/fake-forge.ts";
import { ROOT } from "../run.ts";
import { type Approver, approver } from "./keys.ts";
import { type Program, program } from "./program.ts";

const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
  JSON.parse(readFileSync(`${ROOT}/scripts/schema/approve.schema.json`, "utf8")) as object,
);

const hrss = approver({ role: "bureau", bureau: "hrss", holder: "head@hrss.example.org" }, "ed25519");
const security = approver({ role: "security", holder: "officer@bigdata.example.org" });
const PLAN = { fingerprint: `sha256:${"5d".repeat(32)}`, at: "2026-01-15", parts: { catalogue: "sha256:1" } };

function approvalBy({ listed, secret }: Approver, changes: Partial<typeof PLAN> = {}): Approval {
  return signApproval({ ...PLAN, ...changes }, listed, { key: secret, instant: new Date(), commit: null });
}

let lastId = 0;
function comment(body: string, login = "anybody"): ForgeComment {
  lastId += 1;
  return { id: lastId, author: { id: login, login }, body, createdAt: "2026-01-15T01:00:00Z" };
}

describe("An approval as a comment", () => {
  test.each(["zh", "en"] as const)("is read again as it was written (%s)", (lang) => {
    const approval = approvalBy(hrss);
    expect(JSON.parse(approvalJson(approvalComment(approval, lang)) ?? "")).toEqual(approval);
    // Forges change line ends.
    expect(JSON.parse(approvalJson(approvalComment(approval, lang).replaceAll("\n", "\r\n")) ?? "")).toEqual(approval);
  });

  test.each([
    { what: "a comment that quotes one", body: `> ${approvalComment(approvalBy(hrss), "en")}`, json: undefined },
    { what: "a word of somebody's", body: "approved!", json: undefined },
    { what: "the comment of a plan", body: '<!-- govcloud:plan -->\n```json\n{"a":1}\n```', json: undefined },
    { what: "the marker without JSON", body: "<!-- govcloud:approval:x -->\nyes", json: "" },
    { what: "a block that does not end", body: "<!-- govcloud:approval:x -->\n```json\n{}", json: "" },
  ])("$what", ({ body, json }) => {
    expect(approvalJson(body)).toBe(json);
  });

  test("of several approvers each stands, whoever posted it; what is none is named with the reason", () => {
    const [first, second] = [approvalBy(hrss), approvalBy(security)];
    const edited = { ...first, holder: "other@hrss.example.org" };
    const comments = [
      comment(approvalComment(edited, "en"), "forger"),
      comment(approvalComment(first, "en"), "head"),
      comment("looks good"),
      comment(approvalComment(second, "zh"), "secretary"),
      comment(approvalComment(first, "zh"), "replayed"),
      comment("<!-- govcloud:approval:x -->\n```json\n{\n```", "broken"),
      comment(`<!-- govcloud:approval:x -->\n\`\`\`json\n"${"a".repeat(300_000)}"\n\`\`\``, "large"),
    ];
    const { kept, skipped, left } = approvalsIn(comments, [hrss.listed, security.listed]);
    // What is signed by a listed key comes first; what is not is for apply to refuse.
    expect(kept.map(({ comment: { author } }) => author.login)).toEqual(["head", "secretary", "forger"]);
    expect(skipped.map(({ comment: { author }, why }) => [author.login, why.en])).toEqual([
      ["broken", "it cannot be read: no whole JSON"],
      ["large", "it is larger than 262144 bytes"],
    ]);
    expect(left).toBe(0);
  });

  test("a flood of forged ones crowds none out", () => {
    const signed = approvalBy(hrss);
    const flood = Array.from({ length: 600 }, (_, index) => comment(approvalComment({ ...signed, holder: `x${index}@example.org` }, "en")));
    const { kept, left } = approvalsIn([...flood, comment(approvalComment(signed, "en"), "head")], [hrss.listed]);
    expect([kept.length, kept[0]?.comment.author.login, left]).toEqual([500, "head", 101]);
  });
});

describe("On a forge", () => {
  const NOTES = "projects/42/merge_requests/7/notes";
  const forges: FakeForge[] = [];
  let own: Program;

  /** A GitLab that keeps what is written on request 7. */
  async function gitlab(): Promise<{ readonly forge: FakeForge; readonly notes: { id: number; body: string }[]; readonly args: string[] }> {
    const notes: { id: number; body: string; system: boolean; created_at: string; author: object }[] = [];
    const author = { id: 5, username: "head" };
    const forge = await fakeForge({
      "GET /api/v4/user": author,
      [`GET /api/v4/${NOTES}`]: (request, response, body) => {
        const first = new URL(request.url ?? "", "http://x").searchParams.get("page") === "1";
        status(200, first ? notes : [])(request, response, body);
      },
      [`POST /api/v4/${NOTES}`]: (request, response, body) => {
        const written = (JSON.parse(body) as { readonly body: string }).body;
        const note = { id: notes.length + 31, body: written, system: false, created_at: "2026-01-15T01:00:00Z", author };
        notes.push(note);
        status(201, note)(request, response, body);
      },
    });
    forges.push(forge);
    return { forge, notes, args: ["--forge", "gitlab", "--url", `${forge.url}/api/v4`, "--project", "42", "--request", "7"] };
  }

  async function run(...args: string[]) {
    const { code, stdout, stderr } = await own.runBeside(["approve", "--format", "json", ...args], { GOVCLOUD_FORGE_TOKEN: TOKEN });
    expect(`${stdout}${stderr}`).not.toContain(TOKEN);
    if (stdout !== "" && !validate(JSON.parse(stdout))) throw new Error(JSON.stringify(validate.errors));
    return {
      code,
      stderr,
      result: (stdout === "" ? undefined : JSON.parse(stdout)) as Omit<ApproveResult, "kind"> &
        Omit<CollectedResult, "kind"> & { readonly kind: string },
    };
  }

  function keyOf({ privatePem, listed: { role } }: Approver): string[] {
    const file = join(own.folder, `${role}.pem`);
    writeFileSync(file, privatePem);
    chmodSync(file, 0o600);
    return ["--role", role, "--key", file];
  }

  beforeAll(() => {
    own = program([hrss, security]);
    own.commit(
      "clerk@hrss.example.org",
      withReplaced("stacks/tenants/hrss/job-service.yaml", "listens: [", "listens: [{ port: 8080, from: internet }, ", "first"),
    );
    const planned = own.run(["plan", "--base", "HEAD~1", "--at", "2026-01-15", "--format", "json", "--out", "plan.json"]);
    expect(planned).toMatchObject({ code: 0 });
  });

  afterEach(async () => {
    for (const each of forges.splice(0)) await each.close();
  });

  test("an approval is posted once, another approver's beside it, and both are collected as files that hold", async () => {
    const { args, notes } = await gitlab();
    const post = ["--plan", "plan.json", "--post", ...args];
    const first = await run(...post, ...keyOf(hrss));
    expect([first.code, first.stderr, first.result.posted]).toEqual([0, "", { project: "42", request: 7, comment: 31 }]);
    expect((await run(...post, ...keyOf(security))).result.posted).toEqual({ project: "42", request: 7, comment: 32 });
    expect(notes.map(({ body }) => body.split("\n")[0])).toEqual([
      expect.stringMatching(/^<!-- govcloud:approval:[0-9a-f]{16}\.[0-9a-f]{16} -->$/),
      expect.stringMatching(/^<!-- govcloud:approval:[0-9a-f]{16}\.[0-9a-f]{16} -->$/),
    ]);
    const collected = await run("--collect", "collected", ...args);
    expect([collected.code, collected.stderr]).toEqual([0, ""]);
    expect(collected.result).toMatchObject({ kind: "collected", request: 7, folder: "collected", skipped: [], left: 0 });
    expect(collected.result.approvals.map(({ file, author, holder }) => [file, author, holder])).toEqual([
      ["comment-31.json", "head", "head@hrss.example.org"],
      ["comment-32.json", "head", "officer@bigdata.example.org"],
    ]);
    for (const name of readdirSync(join(own.folder, "collected"))) {
      const { code, stdout } = own.run(["approve", "--plan", "plan.json", "--verify", `collected/${name}`, "--format", "json"]);
      expect([code, (JSON.parse(stdout) as ApproveResult).kind]).toEqual([0, "holds"]);
    }
  });

  test("what may not be approved is not posted either", async () => {
    const { args, forge } = await gitlab();
    const { code, result } = await run("--plan", "plan.json", "--post", ...args, ...keyOf(approver()));
    expect([code, result.kind, forge.requests]).toEqual([2, "refused", []]);
  });

  test("no request brought the commit: nothing is collected, and that is no failure", async () => {
    const sha = "a".repeat(40);
    const forge = await fakeForge({ [`GET /api/v4/projects/42/repository/commits/${sha}/merge_requests`]: [] });
    forges.push(forge);
    mkdirSync(join(own.folder, "none"), { recursive: true });
    const { code, stdout } = await own.runBeside(["approve", "--collect", "none"], {
      GOVCLOUD_FORGE_TOKEN: TOKEN,
      GITLAB_CI: "true",
      CI_API_V4_URL: `${forge.url}/api/v4`,
      CI_PROJECT_ID: "42",
      CI_COMMIT_SHA: sha,
    });
    expect([code, stdout, readdirSync(join(own.folder, "none"))]).toEqual([
      0,
      "42: no request brought this commit, there are no approvals to collect\n",
      [],
    ]);
  });

  test.each([
    { what: "a token that is refused", answer: status(401), says: "HTTP 401" },
    { what: "a page of HTML", answer: status(200, "<html>sign in</html>"), says: "the answer is a web page, wanted JSON" },
  ])("$what fails the job with the reason", async ({ answer, says }) => {
    const forge = await fakeForge({ [`GET /api/v4/${NOTES}`]: answer });
    forges.push(forge);
    const { code, stderr } = await run(
      "--collect",
      "x",
      "--forge",
      "gitlab",
      "--url",
      `${forge.url}/api/v4`,
      "--project",
      "42",
      "--request",
      "7",
    );
    expect([code, stderr]).toEqual([1, expect.stringContaining(says)]);
  });
});
