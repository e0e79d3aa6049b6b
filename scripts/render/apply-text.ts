import type { Lang } from "../../catalog/text.ts";
import type { ApprovedBy } from "../approval/check-apply.ts";
import { roleLabel } from "../approval/required-approvals.ts";
import type { Finding } from "../doctor/check.ts";
import { type CheckResult, checkResult } from "../doctor/check-result.ts";
import type { ResourceDone } from "../engine/apply-stack.ts";
import type { ApplyOutcome } from "../engine/apply-stacks.ts";
import type { SavedPlan } from "../engine/saved-plan.ts";
import type { Refusal } from "../engine/verify-saved-plan.ts";
import { terminalSafe } from "./escape.ts";
import type { Paint } from "./style.ts";

/** What an apply did. `schema` names scripts/schema/apply.schema.json. */
export interface ApplyResult {
  readonly schema: "govcloud/apply/1";
  readonly fingerprint: string;
  /** Who signed for it; unsigned where nobody had to. */
  readonly approvedBy: ApprovedBy;
  readonly engine: SavedPlan["engine"];
  readonly startedAt: string;
  readonly endedAt: string;
  /** The platform first, as applied. */
  readonly systems: readonly AppliedSystem[];
  /** Why nothing was begun; empty where something was. */
  readonly refusals: readonly { readonly message: string; readonly remedy: string }[];
  /** What was looked at before anything was begun: engine, providers, state store, locks, and of what uses the cloud login, quotas and capacity. */
  readonly checks: readonly CheckResult[];
  readonly verdict: "applied" | "failed" | "refused";
}

export interface AppliedSystem {
  readonly id: string;
  readonly result: "applied" | "failed" | "interrupted" | "skipped" | "unchanged";
  readonly done: readonly ResourceDone[];
  readonly failed: readonly string[];
  /** Begun, and neither finished nor refused: may exist in the cloud without being in the state. */
  readonly unfinished: readonly string[];
  readonly error: string | null;
  readonly remedy: string | null;
  /** What the engine said, secrets taken out. */
  readonly details: string | null;
}

export function applyResult(
  saved: SavedPlan,
  run: {
    readonly startedAt: Date;
    readonly outcomes: readonly ApplyOutcome[];
    readonly refusals: readonly Refusal[];
    readonly findings: readonly Finding[];
    readonly approvedBy: ApprovedBy;
  },
  lang: Lang,
): ApplyResult {
  const { startedAt, outcomes, refusals, findings, approvedBy } = run;
  const systems = refusals.length > 0 ? [] : saved.stacks.map((stack) => appliedSystem(stack, outcomes, lang));
  const order = new Map(outcomes.map(({ stack }, index) => [stack, index]));
  const position = ({ id }: AppliedSystem) => order.get(saved.stacks.find((each) => each.id === id)?.stack ?? "") ?? outcomes.length;
  return {
    schema: "govcloud/apply/1",
    fingerprint: saved.fingerprint,
    approvedBy,
    engine: saved.engine,
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    systems: systems.sort((a, b) => position(a) - position(b)),
    refusals: refusals.map(({ message, remedy }) => ({ message: message[lang], remedy: remedy[lang] })),
    checks: findings.map((finding) => checkResult(finding, lang)),
    verdict:
      refusals.length > 0
        ? "refused"
        : systems.every(({ result }) => result === "applied" || result === "unchanged")
          ? "applied"
          : "failed",
  };
}

function appliedSystem({ id, stack }: SavedPlan["stacks"][number], outcomes: readonly ApplyOutcome[], lang: Lang): AppliedSystem {
  const outcome = outcomes.find((each) => each.stack === stack);
  const nothing = { done: [], failed: [], unfinished: [], error: null, remedy: null, details: null };
  if (outcome === undefined) return { id, result: "unchanged", ...nothing };
  if (outcome.result === "skipped") return { id, result: "skipped", ...nothing };
  const { result, done, failed, unfinished, failure } = outcome;
  return {
    id,
    result,
    done,
    failed,
    unfinished,
    error: failure?.summary[lang] ?? null,
    remedy: failure?.remedy[lang] ?? null,
    details: failure?.details ?? null,
  };
}

const MARKS = { applied: "✔", unchanged: "=", failed: "✘", interrupted: "✘", skipped: "–" } as const;

/** Renders the result of an apply for people: what was done, what was not, and what to do about it. */
export function renderApplyText(result: ApplyResult, lang: Lang, paint: Paint): string {
  const say = (zh: string, en: string) => (lang === "zh" ? zh : en);
  const good = result.verdict === "applied";
  const words = {
    applied: say("已执行", "APPLIED"),
    failed: say("没有全部执行", "NOT ALL APPLIED"),
    refused: say("拒绝执行，什么都没有开始", "REFUSED: nothing was begun"),
  }[result.verdict];
  const lines = [`${paint(good ? "good" : "bad", `${good ? "✔" : "✘"} ${words}`)}  ${result.fingerprint}`];
  if (result.refusals.length === 0) lines.push(`  ${approvalWords(result.approvedBy, lang)}`);
  for (const { message, remedy } of result.refusals)
    lines.push(`  ${terminalSafe(message)}`, `    ${say("办法", "remedy")}: ${terminalSafe(remedy)}`);
  const { length: passed } = result.checks.filter((check) => check.result === "ok");
  if (result.checks.length > 0)
    lines.push(
      paint(
        "dim",
        say(`执行前检查 ${result.checks.length} 项，${passed} 项正常`, `${result.checks.length} checks before it, ${passed} ok`),
      ),
    );
  for (const { id, message, remedy } of result.checks.filter((check) => check.result === "warning"))
    lines.push(`  ${paint("warn", "!")} ${id}: ${terminalSafe(message)}${remedy === null ? "" : ` (${terminalSafe(remedy)})`}`);
  const kinds = {
    applied: say("已执行", "applied"),
    unchanged: say("无变更", "nothing to do"),
    failed: say("失败", "failed"),
    interrupted: say("中断", "interrupted"),
    skipped: say("未执行（平台没有成功，或已取消）", "not begun (the platform failed, or it was cancelled)"),
  };
  for (const system of result.systems) {
    const { id, result: kind, done, failed, unfinished, error, remedy, details } = system;
    const fine = kind === "applied" || kind === "unchanged";
    const counts = done.length + failed.length + unfinished.length === 0 ? "" : say(`，完成 ${done.length} 项`, `, ${done.length} done`);
    lines.push("", `${paint(fine ? "good" : "bad", MARKS[kind])} ${terminalSafe(id)}: ${kinds[kind]}${counts}`);
    if (kind === "failed" || kind === "interrupted")
      for (const each of done) lines.push(`    ${say("已有", "there now")}: ${terminalSafe(each.address)} (${each.action})`);
    for (const address of failed) lines.push(`    ${say("未成", "failed")}: ${terminalSafe(address)}`);
    for (const address of unfinished)
      lines.push(
        `    ${say("去向不明", "unknown")}: ${terminalSafe(address)} ${say("（可能在云上而不在状态里）", "(may be in the cloud and in no state)")}`,
      );
    if (error !== null) lines.push(`  ${terminalSafe(error)}`);
    for (const line of (details ?? "").split("\n").filter((each) => each.trim() !== ""))
      lines.push(paint("dim", `    | ${terminalSafe(line)}`));
    if (remedy !== null) lines.push(`  ${say("办法", "remedy")}: ${terminalSafe(remedy)}`);
  }
  return `${lines.join("\n")}\n`;
}

function approvalWords(approvedBy: ApprovedBy, lang: Lang): string {
  if (approvedBy.kind === "unsigned") return lang === "zh" ? "没有签名的批准（本机执行）" : "not signed (applied outside a pipeline)";
  if (approvedBy.by.length === 0) return lang === "zh" ? "没有规则要求批准" : "no rule wanted an approval";
  const by = approvedBy.by.map((each) => `${each.holder} (${roleLabel(each)}, ${each.at})`);
  return terminalSafe(lang === "zh" ? `批准：${by.join("、")}` : `approved by ${by.join(", ")}`);
}
