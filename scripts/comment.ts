import { Option } from "commander";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { type Lang, type Text, text } from "../catalog/text.ts";
import type { CommandDefinition } from "./command.ts";
import { readArtifactsUrl, readHeadSha, readRun } from "./forge/ci-variables.ts";
import { type CommentKind, commentBody } from "./forge/comment-body.ts";
import { findRequest } from "./forge/find-request.ts";
import { addForgeOptions, addRequestOption } from "./forge/forge-options.ts";
import { labelChange } from "./forge/labels.ts";
import { type ForgeOptions, type OpenedForge, openForge } from "./forge/open-forge.ts";
import { putComment } from "./forge/put-comment.ts";
import { addLangOption, addOutOption, userPath } from "./options.ts";
import { writeResult } from "./output.ts";
import { readAnyPlanResult, readApplyResult } from "./plan/read-result.ts";
import type { InvalidResult, PlanResult } from "./plan/result.ts";
import { renderApplyMarkdown } from "./render/apply-markdown.ts";
import { type CommentResult, renderCommentText } from "./render/comment-text.ts";
import { renderInvalidMarkdown } from "./render/invalid-markdown.ts";
import { jsonText } from "./render/json-text.ts";
import { renderPlanMarkdown } from "./render/plan-markdown.ts";

interface CommentOptions extends ForgeOptions {
  readonly plan?: string;
  readonly applied?: readonly string[];
  readonly labels: boolean;
  readonly lang: Lang;
  readonly format: "text" | "json";
  readonly out?: string;
}

export const command: CommandDefinition = {
  name: "comment",
  summary:
    "评论：把计划或执行结果写到申请上，原位更新，并贴标签 / Tell a plan or an apply on its request, in one comment updated in place, with labels",
  examples: [
    "npm run comment -- --plan plan.json                     # 在流水线里：平台、项目、申请取自 CI 变量 / in CI: forge, project and request from its variables",
    "npm run comment -- --applied applied/*.json             # 每组一份，写成一条评论 / one a group, told in one comment",
    "GITLAB_TOKEN=… npm run comment -- --plan plan.json --forge gitlab --url https://gitlab.example/api/v4 --project 42 --request 7",
  ],
  configure: (parser) => {
    addRequestOption(addForgeOptions(addOutOption(addLangOption(parser))))
      .option("--plan <plan.json>", "plan --format json 的结果 / result of plan --format json")
      .option("--applied <applied.json...>", "apply --format json 的结果，可有多份 / results of apply --format json, one or more")
      .option("--no-labels", "不动标签 / leave labels alone")
      .addOption(new Option("--format <format>", "输出格式 / output format").choices(["text", "json"]).default("text"));
  },
  run,
};

/** Tells what it was given; 0 also where the request has moved on, 1 where the forge fails. */
async function run(options: CommentOptions): Promise<number> {
  const { lang, format, out } = options;
  if (options.plan === undefined && options.applied === undefined)
    throw new InvalidRequest(text("要有 --plan 或 --applied", "Cannot tell anything: wanted --plan or --applied"));
  const plan = options.plan === undefined ? undefined : readAnyPlanResult(userPath(options.plan));
  const applied = options.applied === undefined ? undefined : options.applied.map((file) => readApplyResult(userPath(file)));
  const opened = await openForge(options);
  const comments: { readonly kind: CommentKind; readonly markdown: string }[] = [
    ...(plan === undefined ? [] : [{ kind: "plan" as const, markdown: planMarkdown(plan, lang) }]),
    ...(applied === undefined ? [] : [{ kind: "applied" as const, markdown: renderApplyMarkdown(applied, lang) }]),
  ];
  const result = await tell(opened, comments, { plan, options });
  writeResult(format === "json" ? jsonText(result) : renderCommentText(result, lang), out);
  return 0;
}

async function tell(
  { forge, target }: OpenedForge,
  comments: readonly { readonly kind: CommentKind; readonly markdown: string }[],
  { plan, options }: { readonly plan: PlanResult | InvalidResult | undefined; readonly options: CommentOptions },
): Promise<CommentResult> {
  const { lang } = options;
  const { kind } = target;
  const nothing = { schema: "govcloud/comment/1", forge: kind, project: target.project, labels: { added: [], removed: [] } } as const;
  const number = await findRequest({ forge, target }, options);
  if (number === undefined) {
    const note = text("这个提交不是由合并请求带来的，没有可评论的申请", "no request brought this commit: there is nothing to comment on");
    return { ...nothing, request: null, comments: [], notes: [note[lang]] };
  }
  const request = await forge.request(number);
  const headSha = readHeadSha(kind);
  // A plan of an earlier commit is no longer this request's; what was applied stays true.
  const outdated = headSha !== undefined && headSha !== request.headSha;
  const told: CommentResult["comments"][number][] = [];
  const notes: Text[] = [];
  for (const { kind: about, markdown } of comments) {
    if (about === "plan" && outdated) {
      told.push({ kind: about, result: "outdated", id: null });
      notes.push(text("申请已有更新的提交，这个计划不再写上去", "the request has newer commits: this plan is not written on it"));
      continue;
    }
    const artifacts = { url: readArtifactsUrl(kind), words: lang === "zh" ? "完整结果" : "Everything" };
    const run = readRun(kind);
    const body = commentBody(about, markdown, { run, headSha }, artifacts);
    const { result, id } = await putComment(forge, { request: number, kind: about, body, run });
    told.push({ kind: about, result, id });
    if (result === "newer")
      notes.push(text("更新的流水线已经写过，没有覆盖", "a later pipeline has written already: its comment was left as it is"));
  }
  const isNewest = told.some(({ kind: about, result }) => about === "plan" && result !== "outdated" && result !== "newer");
  const change =
    plan === undefined || plan.verdict === "invalid" || !options.labels || !isNewest
      ? { add: [], remove: [] }
      : labelChange(plan, request.labels, lang);
  if (change.add.length + change.remove.length > 0) await forge.changeLabels(number, change);
  return {
    ...nothing,
    request: number,
    comments: told,
    labels: { added: change.add.map(({ name }) => name), removed: change.remove },
    notes: notes.map((note) => note[lang]),
  };
}

function planMarkdown(plan: PlanResult | InvalidResult, lang: Lang): string {
  return plan.verdict === "invalid" ? renderInvalidMarkdown(plan, lang) : renderPlanMarkdown(plan, lang);
}
