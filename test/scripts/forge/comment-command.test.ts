import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, test } from "vitest";
import { renderApplyMarkdown } from "../../../scripts/render/apply-markdown.ts";
import type { ApplyResult } from "../../../scripts/render/apply-text.ts";
import { type CommentResult, renderCommentText } from "../../../scripts/render/comment-text.ts";
import { govcloud, ROOT } from "../run.ts";

const work = mkdtempSync(join(tmpdir(), "govcloud-comment-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const TOKEN = "0123456789abcdef";
const ENVIRONMENT = { GOVCLOUD_FORGE: "gitlab", GITLAB_TOKEN: TOKEN };

function schema(name: string) {
  return new Ajv2020({ strict: true, allowUnionTypes: true }).compile(
    JSON.parse(readFileSync(`${ROOT}/scripts/schema/${name}.schema.json`, "utf8")) as object,
  );
}

const nothing = { done: [], failed: [], unfinished: [], error: null, remedy: null, details: null };
const APPLIED: ApplyResult = {
  schema: "govcloud/apply/1",
  fingerprint: `sha256:${"0".repeat(64)}`,
  engine: { kind: "OpenTofu", version: "1.10.0" },
  startedAt: "2026-01-15T01:00:00.000Z",
  endedAt: "2026-01-15T01:05:00.000Z",
  systems: [
    { id: "platform", result: "unchanged", ...nothing },
    { id: "hrss/job-service", result: "applied", ...nothing, done: [{ address: "terraform_data.x", action: "create" }] },
    {
      id: "hrss/social",
      result: "failed",
      ...nothing,
      failed: ["a.b"],
      unfinished: ["c.d"],
      error: "quota | @all",
      remedy: "raise it",
      details: "words of the engine",
    },
  ],
  refusals: [],
  checks: [],
  approvedBy: { kind: "unsigned" },
  verdict: "failed",
};

function file(name: string, words: string): string {
  const path = join(work, name);
  writeFileSync(path, words);
  return path;
}

describe("What cannot be told is refused before the forge is asked", () => {
  test.each([
    { what: "neither a plan nor an apply", args: [], says: "Cannot tell anything: wanted --plan or --applied" },
    {
      what: "no such file",
      args: ["--plan", "no/such/plan.json"],
      says: "/no/such/plan.json: it is no result of npm run plan -- --format json: no such file",
    },
    { what: "no JSON", args: ["--plan", file("half.json", "{")], says: "no whole JSON" },
    {
      what: "another command's result",
      args: ["--plan", file("other.json", JSON.stringify(APPLIED))],
      says: "it is no result of npm run plan -- --format json",
    },
    {
      what: "an apply with a field of the wrong kind",
      args: ["--applied", file("edited.json", JSON.stringify({ ...APPLIED, verdict: "fine" }))],
      says: "it is no result of npm run apply -- --format json: verdict is not ",
    },
    {
      what: "one of several applies that is none",
      args: ["--applied", file("good.json", JSON.stringify(APPLIED)), file("half.json", "{")],
      says: "no whole JSON",
    },
    {
      what: "a request that is no number",
      args: [
        "--applied",
        file("good.json", JSON.stringify(APPLIED)),
        "--request",
        "7;rm",
        "--project",
        "1",
        "--url",
        "https://127.0.0.1:1/api/v4",
      ],
      says: 'Cannot read request "7;rm": wanted its number',
    },
    {
      what: "no project",
      args: ["--applied", file("good.json", JSON.stringify(APPLIED)), "--url", "https://127.0.0.1:1/api/v4"],
      says: "Cannot tell the project: wanted --project",
    },
  ])("$what", ({ args, says }) => {
    const { code, stdout, stderr } = govcloud(["comment", ...args], { env: ENVIRONMENT });
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(says);
  });

  test("a forge that is not there fails the job, in the reader's language", () => {
    const args = [
      "comment",
      "--applied",
      file("good.json", JSON.stringify(APPLIED)),
      "--project",
      "1",
      "--url",
      "http://127.0.0.1:1/api/v4",
      "--request",
      "7",
    ];
    const { code, stdout, stderr } = govcloud([...args, "--lang", "zh"], { env: ENVIRONMENT });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^✘ 连不上 http:\/\/127\.0\.0\.1:1\/api\/v4\/projects\/1\/merge_requests\/7：ECONNREFUSED\n {2}办法: 检查接口地址/,
    );
    expect(stderr).not.toContain(TOKEN);
  });
});

describe("An apply as Markdown", () => {
  test("tells the outcome, each system, and what to do about what failed", () => {
    expect(renderApplyMarkdown([APPLIED], "en")).toMatchInlineSnapshot(`
      "## ❌ NOT ALL APPLIED

      | Result | System | Done | Failed | Unknown |
      |---|---|--:|--:|--:|
      | ⚪ nothing to do | <code>platform</code> | 0 | 0 | 0 |
      | ✅ applied | <code>hrss/job-service</code> | 1 | 0 | 0 |
      | ❌ failed | <code>hrss/social</code> | 0 | 1 | 1 |

      **<code>hrss/social</code>** quota &#124; &#64;all

      - failed: <code>a.b</code>
      - unknown (may be in the cloud and in no state): <code>c.d</code>
      - remedy: raise it

      <sub>fingerprint <code>sha256:0000000000000000000000000000000000000000000000000000000000000000</code> · 2026-01-15T01&#58;05&#58;00.000Z</sub>
      "
    `);
  });

  test("tells why nothing was begun", () => {
    const refused: ApplyResult = {
      ...APPLIED,
      systems: [],
      verdict: "refused",
      refusals: [{ message: "the state moved", remedy: "plan again" }],
    };
    expect(renderApplyMarkdown([refused], "zh").split("\n").slice(0, 3)).toEqual([
      "## ❌ 拒绝执行，什么都没有开始",
      "",
      "- the state moved<br>办法: plan again",
    ]);
  });

  test("of several groups is one: what was applied, what failed, and what was not begun by its plan", () => {
    const other: ApplyResult = {
      ...APPLIED,
      fingerprint: `sha256:${"1".repeat(64)}`,
      systems: [],
      verdict: "refused",
      refusals: [{ message: "the state moved", remedy: "plan again" }],
    };
    const done: ApplyResult = { ...APPLIED, systems: APPLIED.systems.slice(0, 2), verdict: "applied" };
    expect(renderApplyMarkdown([done, other], "en")).toMatchInlineSnapshot(`
      "## ❌ NOT ALL APPLIED

      - <code>sha256:111111111111</code> the state moved<br>remedy: plan again

      | Result | System | Done | Failed | Unknown |
      |---|---|--:|--:|--:|
      | ⚪ nothing to do | <code>platform</code> | 0 | 0 | 0 |
      | ✅ applied | <code>hrss/job-service</code> | 1 | 0 | 0 |

      <sub>fingerprint <code>sha256:0000000000000000000000000000000000000000000000000000000000000000</code> · 2026-01-15T01&#58;05&#58;00.000Z</sub><br>
      <sub>fingerprint <code>sha256:1111111111111111111111111111111111111111111111111111111111111111</code> · 2026-01-15T01&#58;05&#58;00.000Z</sub>
      "
    `);
    expect(renderApplyMarkdown([done, done], "en").split("\n")[0]).toBe("## ✅ APPLIED");
    expect(renderApplyMarkdown([other, other], "en").split("\n")[0]).toBe("## ❌ REFUSED: nothing was begun");
  });

  test("of 10,000 failed systems stays under the limit", () => {
    const system = APPLIED.systems[2];
    const many = {
      ...APPLIED,
      systems: Array.from({ length: 10_000 }, (_, index) => ({ ...system, id: `hrss/system-${index}` })),
    } as ApplyResult;
    expect(renderApplyMarkdown([many], "en").length).toBeLessThan(64_000);
  });

  test("is made of results that keep to their schema", () => {
    expect(schema("apply")(APPLIED)).toBe(true);
  });
});

test("the command's own result keeps to its schema, and is told in both languages", () => {
  const result: CommentResult = {
    schema: "govcloud/comment/1",
    forge: "gitlab",
    project: "city/cloud",
    request: 7,
    comments: [
      { kind: "plan", result: "updated", id: 3 },
      { kind: "applied", result: "outdated", id: null },
    ],
    labels: { added: ["money: unchanged"], removed: ["waiver"] },
    notes: ["a note"],
  };
  expect(schema("comment")(result)).toBe(true);
  expect(renderCommentText(result, "en")).toBe(
    "city/cloud #7: plan updated (3)\ncity/cloud #7: apply not written: the request has newer commits\n  labels added: money: unchanged\n  labels removed: waiver\n  a note\n",
  );
  expect(renderCommentText(result, "zh")).toContain("city/cloud #7: 计划 已更新 (3)\n");
});
