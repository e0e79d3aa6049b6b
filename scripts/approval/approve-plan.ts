import { readDay } from "../../catalog/day.ts";
import { type Text, text } from "../../catalog/text.ts";
import type { ApproveOptions } from "../approve.ts";
import type { Refusal } from "../engine/verify-saved-plan.ts";
import { openForge } from "../forge/open-forge.ts";
import { REPOSITORY, treeFolder, userPath } from "../options.ts";
import { writeResult } from "../output.ts";
import { fingerprintOf, partsAgain } from "../plan/fingerprint.ts";
import { readPlanResult } from "../plan/read-result.ts";
import type { PlanResult } from "../plan/result.ts";
import { renderApproveText } from "../render/approve-text.ts";
import { jsonText } from "../render/json-text.ts";
import { paintFor } from "../render/style.ts";
import { approvalFileName, signApproval } from "./approval.ts";
import { type ApprovalKey, KEYS_FILE, keyFault, readApprovalKeys } from "./approval-keys.ts";
import { type ApprovalRules, type Role, readApprovalRules } from "./approval-rules.ts";
import type { ApproveResult } from "./approve-result.ts";
import { authorFault } from "./judge-approvals.ts";
import { readKeyFile } from "./key-file.ts";
import { differencesFromPlanAgain } from "./plan-again.ts";
import { postApproval, requestToPostOn } from "./post-approval.ts";
import { type RequestAuthors, requestAuthors } from "./request-authors.ts";
import { approvalResults, type RequiredApproval, requiredApprovals, roleLabel } from "./required-approvals.ts";

const PLAN_AGAIN = text("重新计划，再看、再批准", "plan again, look again, approve that");

/** Shows what is approved, and signs it where this key may; 2 where it may not. */
export async function approve(
  options: ApproveOptions & { readonly plan: string; readonly role: Role; readonly key: string },
): Promise<number> {
  const { role, bureau, lang, format, out, post = false } = options;
  const plan = readPlanResult(userPath(options.plan));
  const rules = readApprovalRules(REPOSITORY);
  const keys = readApprovalKeys(REPOSITORY);
  const { key, warnings } = readKeyFile(userPath(options.key), options.key, process.env);
  const instant = new Date();
  const listed = keys.find(({ id }) => id === key.id);
  // A bureau's key says which bureau; who names one has to mean that.
  const wanted = { role, bureau: bureau ?? (role === "bureau" ? (listed?.bureau ?? null) : null) };
  const authors = requestAuthors(treeFolder(options), plan, options.base);
  const own = listed === undefined ? undefined : authorFault(listed, authors);
  const required = requiredApprovals(plan, rules);
  const ofKey = keyFaults(listed, wanted, key.id);
  const ofPlan = planFaults(plan, { authors, folder: treeFolder(options), rules });
  const refusals = [
    ...ofPlan,
    // Whom a faulty plan wants says nothing, and a key that does not count approves in no role.
    ...(ofPlan.length + ofKey.length > 0 ? ofKey : unwantedFault(wanted, required)),
    ...(own === undefined ? [] : [own]),
  ];
  const notes = [...warnings, ...planWarnings(plan)];
  const result: Omit<ApproveResult, "file" | "holder"> = {
    schema: "govcloud/approve/1",
    kind: refusals.length > 0 ? "refused" : "approved",
    fingerprint: plan.fingerprint,
    ...wanted,
    required: approvalResults(required, rules, lang),
    refusals: refusals.map(({ message, remedy }) => ({ message: message[lang], remedy: remedy[lang] })),
    warnings: notes.map((note) => note[lang]),
  };
  const show = (more: Pick<ApproveResult, "file" | "holder" | "posted">) =>
    writeResult(
      format === "json"
        ? jsonText({ ...result, ...more })
        : renderApproveText({ ...result, ...more }, plan, lang, paintFor(process.stdout)),
      undefined,
    );
  if (refusals.length > 0 || listed === undefined) {
    show({ file: null, holder: listed?.holder ?? null });
    return 2;
  }
  const opened = post ? await openForge(options) : undefined;
  const request = opened === undefined ? undefined : await requestToPostOn(opened, options);
  const approval = signApproval(plan, listed, { key, instant, commit: authors.kind === "known" ? authors.commit : null });
  const file = out ?? approvalFileName(approval);
  writeResult(jsonText(approval), userPath(file));
  const posted = opened === undefined || request === undefined ? {} : { posted: await postApproval(opened, { request, approval, lang }) };
  show({ file, holder: listed.holder, ...posted });
  return 0;
}

/** Why a plan cannot be approved by anybody; where Git does not tell the trees it was made from, nobody's approval is taken anyway. */
export function planFaults(
  plan: PlanResult,
  { authors, folder, rules }: { readonly authors: RequestAuthors; readonly folder: string; readonly rules: ApprovalRules },
): Refusal[] {
  if (plan.verdict === "partial")
    return [
      {
        message: text("计划只按一部分策略判断过（--select、--skip）", "Not every policy judged this plan (--select, --skip)"),
        remedy: text("不带这些选项重新计划", "plan again without these options"),
      },
    ];
  if (plan.verdict === "refused")
    return [
      {
        message: text("这个计划被政策拒绝", "Policy refused this plan"),
        remedy: text("按计划里的发现修改申请，或取得豁免", "mend the request as its findings say, or have a waiver recorded"),
      },
    ];
  if (fingerprintOf(partsAgain(plan)) !== plan.fingerprint)
    return [
      {
        message: text("计划与它的指纹不符：文件被改动过", "The plan is not what its fingerprint names: the file was edited"),
        remedy: PLAN_AGAIN,
      },
    ];
  return authors.kind === "known" ? differencesFromPlanAgain(plan, { head: authors.tree, base: authors.base, folder }, rules) : [];
}

/** An approval that no rule wants lets nothing pass; whoever signs one has taken the plan or the role for another. */
export function unwantedFault(by: Pick<RequiredApproval, "role" | "bureau">, required: readonly RequiredApproval[]): Refusal[] {
  const label = roleLabel(by);
  if (required.some((each) => roleLabel(each) === label)) return [];
  const wanted = required.map((each) => roleLabel(each));
  return [
    {
      message: text(
        `没有规则要求 ${label} 批准这个计划（policies/approvals.yaml），这样的批准不算数`,
        `No rule wants ${label} to approve this plan (policies/approvals.yaml), so that it counts for nothing`,
      ),
      remedy:
        wanted.length === 0
          ? text("这个计划不需要批准", "this plan needs no approval")
          : text(`需要的是 ${wanted.join("、")} 的批准`, `wanted are those of ${wanted.join(", ")}`),
    },
  ];
}

function keyFaults(
  listed: ApprovalKey | undefined,
  wanted: { readonly role: Role; readonly bureau: string | null },
  id: string,
): Refusal[] {
  const other = text("用自己角色的有效密钥，或请有的人批准", "use a key of that role which holds, or have somebody approve who has one");
  if (listed === undefined)
    return [
      {
        message: text(`这个密钥（${id.slice(0, 19)}）不在 ${KEYS_FILE} 里`, `This key (${id.slice(0, 19)}) is not in ${KEYS_FILE}`),
        remedy: text("经合并请求把公钥条目加入；--new-key 打印条目", "have its entry merged into the list; --new-key prints one"),
      },
    ];
  const fault = keyFault(listed, [readDay(undefined).toString()]);
  if (fault !== undefined) return [{ message: text(fault.zh, `Cannot sign: ${fault.en}`), remedy: other }];
  if (roleLabel(listed) === roleLabel(wanted)) return [];
  return [
    {
      message: text(
        `这个密钥是 ${roleLabel(listed)} 的，不能以 ${roleLabel(wanted)} 批准`,
        `This key is that of ${roleLabel(listed)}, it cannot approve as ${roleLabel(wanted)}`,
      ),
      remedy: other,
    },
  ];
}

function planWarnings({ at, engine }: PlanResult): Text[] {
  const today = readDay(undefined).toString();
  return [
    ...(engine === undefined
      ? [
          text(
            "这是离线计划，它的批准不能用于执行；执行要批准 --online --save 的计划",
            "This is an offline plan: to apply takes the approval of one made with --online --save",
          ),
        ]
      : []),
    ...(at === today ? [] : [text(`计划是按 ${at} 作的，今天是 ${today}`, `The plan was made for ${at}, today is ${today}`)]),
  ];
}
