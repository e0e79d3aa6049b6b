import { Temporal } from "temporal-polyfill";
import { isOneOf } from "../../catalog/approver.ts";
import { TIME_ZONE } from "../../catalog/day.ts";
import type { Tree } from "../../catalog/source/tree.ts";
import { type Text, text } from "../../catalog/text.ts";
import type { Refusal } from "../engine/verify-saved-plan.ts";
import type { Parts } from "../plan/fingerprint.ts";
import { type Approval, type ReadApproval, shortParts, signedBytes } from "./approval.ts";
import { type ApprovalKey, KEYS_FILE, keyFault, namesOf } from "./approval-keys.ts";
import { changedParts } from "./changed-parts.ts";
import { verifyWith } from "./key-pair.ts";
import type { RequestAuthors } from "./request-authors.ts";
import { type RequiredApproval, roleLabel } from "./required-approvals.ts";

/** What approvals are held against. */
export interface ApprovalGrounds {
  readonly fingerprint: string;
  readonly parts: Parts;
  readonly keys: readonly ApprovalKey[];
  readonly validDays: number;
  readonly instant: Date;
  readonly authors: RequestAuthors;
  /** The tree that an approval was given for, by its commit, where it is at hand. */
  readonly treeOf?: (commit: string) => Tree | undefined;
}

/** Clocks of two machines may differ by this much. */
const SKEW_MILLISECONDS = 5 * 60_000;
const DAY_MILLISECONDS = 86_400_000;
const MOST_FAULTS = 20;

const SIGN_AGAIN = text("请本人看过这个计划后重新批准：npm run approve", "have them look at this plan and approve again: npm run approve");
const OTHER_KEY = text(
  `由公钥在 ${KEYS_FILE} 里有效的人批准；新的公钥须经申请合并`,
  `have somebody approve whose key in ${KEYS_FILE} holds; a new key is merged by a request`,
);

/** Why an approval does not count for a plan, and what to do; undefined where it does. */
export function approvalFault(approval: Approval, grounds: ApprovalGrounds): Refusal | undefined {
  const refuse = (message: Text, remedy: Text): Refusal => ({
    message: text(`${nameOf(approval)}：${message.zh}`, `${nameOf(approval)}: ${message.en}`),
    remedy,
  });
  const key = grounds.keys.find(({ id }) => id === approval.key);
  if (key === undefined) return refuse(text(`公钥不在 ${KEYS_FILE} 里`, `its key is not in ${KEYS_FILE}`), OTHER_KEY);
  if (!verifyWith(key, signedBytes(approval), Buffer.from(approval.signature, "base64")))
    return refuse(text("签名不对：批准被改动过", "its signature is wrong: the approval was edited"), SIGN_AGAIN);
  const isOwn = key.holder === approval.holder && roleLabel(key) === roleLabel(approval) && key.algorithm === approval.algorithm;
  if (!isOwn)
    return refuse(
      text(`这个公钥是 ${key.holder}（${roleLabel(key)}）的`, `its key is that of ${key.holder} as ${roleLabel(key)}`),
      OTHER_KEY,
    );
  const signed = Date.parse(approval.at);
  // A date that there is none of, such as month 13, is no time before now either.
  const age = grounds.instant.getTime() - signed;
  if (!(age > -SKEW_MILLISECONDS))
    return refuse(
      text(`签署时间 ${approval.at} 在将来`, `it is signed in the future, ${approval.at}`),
      text("检查两台机器的时钟，再重新批准", "check the clocks of both machines, then approve again"),
    );
  const fault = keyFault(key, [dayOf(signed), dayOf(grounds.instant.getTime())]);
  if (fault !== undefined) return refuse(fault, OTHER_KEY);
  if (age > grounds.validDays * DAY_MILLISECONDS)
    return refuse(text(`批准已过 ${grounds.validDays} 天`, `it is older than ${grounds.validDays} days`), SIGN_AGAIN);
  if (approval.fingerprint !== grounds.fingerprint) return refuse(otherPlan(approval, grounds), SIGN_AGAIN);
  const own = authorFault(key, grounds.authors);
  return own === undefined ? undefined : refuse(own.message, own.remedy);
}

/** Nobody approves what they had a hand in; where Git cannot tell whether they had, nobody is believed. */
export function authorFault(key: ApprovalKey, authors: RequestAuthors): Refusal | undefined {
  if (authors.kind === "unknown")
    return {
      message: text(
        `无法确认批准人不是申请人：${authors.why.zh}`,
        `cannot tell that the approver did not write the request: ${authors.why.en}`,
      ),
      remedy: text(
        "检出计划所依据的提交（完整历史），必要时用 --tree 和 --base 指明",
        "check out the commit that was planned with its full history; name it with --tree and --base where needed",
      ),
    };
  if (!authors.people.some((person) => isOneOf(person, namesOf(key)))) return undefined;
  return {
    message: text(
      `${key.holder} 参与编写了这个申请，不能批准自己的申请`,
      `${key.holder} had a hand in this request, and nobody approves their own`,
    ),
    remedy: text("由另一位批准人批准", "have another approver look at it"),
  };
}

/** Which of the required approvals were given, by whom; and where one was not, every reason. */
export function judgeApprovals(
  required: readonly RequiredApproval[],
  given: readonly ReadApproval[],
  grounds: ApprovalGrounds,
): { readonly accepted: readonly Approval[]; readonly refusals: readonly Refusal[] } {
  const judged = given.map((each) =>
    each.kind === "approval"
      ? { approval: each.approval, fault: approvalFault(each.approval, grounds) }
      : { approval: undefined, fault: unreadable(each) },
  );
  const good = judged.flatMap(({ approval, fault }) => (approval !== undefined && fault === undefined ? [approval] : []));
  const missing = required.filter((each) => !good.some((approval) => roleLabel(approval) === roleLabel(each)));
  const accepted = good.filter((approval) => required.some((each) => roleLabel(each) === roleLabel(approval)));
  if (missing.length === 0) return { accepted, refusals: [] };
  const faults = judged.flatMap(({ fault }) => fault ?? []);
  return { accepted, refusals: [...missing.map(notApproved), ...faults.slice(0, MOST_FAULTS)] };
}

function notApproved(required: RequiredApproval): Refusal {
  const { role, bureau, because } = required;
  const bureauOption = bureau === null ? "" : ` --bureau ${bureau}`;
  const how = `npm run approve -- --plan <plan.json> --role ${role}${bureauOption} --key <private.pem>`;
  return {
    message: text(
      `缺少 ${roleLabel(required)} 的批准（${because.map(({ zh }) => zh).join("；")}）`,
      `Nobody approved as ${roleLabel(required)} (${because.map(({ en }) => en).join("; ")})`,
    ),
    remedy: text(
      `批准人运行 ${how}，加 --post 写到申请上，或用 --approvals 把写出的文件交给 apply；再运行 apply`,
      `the approver runs ${how}, with --post to write it on the request, or hands what it writes to apply with --approvals; then apply again`,
    ),
  };
}

function unreadable({ file, why }: Extract<ReadApproval, { kind: "unreadable" }>): Refusal {
  return {
    message: text(`${file}：${why.zh}`, `${file}: ${why.en}`),
    remedy: text("用 npm run approve 写出的文件", "hand over the file that npm run approve wrote"),
  };
}

function otherPlan({ commit, parts, fingerprint }: Approval, grounds: ApprovalGrounds): Text {
  const before = commit === null ? undefined : grounds.treeOf?.(commit);
  const trees = before === undefined || grounds.authors.kind === "unknown" ? undefined : { before, after: grounds.authors.tree };
  const changed = changedParts(parts, shortParts(grounds.parts), trees);
  const [was, is] = [fingerprint.slice(0, 19), grounds.fingerprint.slice(0, 19)];
  return text(
    `批准的是另一个计划（${was}，这个是 ${is}）：${changed.map(({ zh }) => zh).join("、")} 变了`,
    `another plan was approved (${was}, this is ${is}): ${changed.map(({ en }) => en).join(", ")} changed`,
  );
}

function nameOf(approval: Approval): string {
  return `${approval.holder} (${roleLabel(approval)})`;
}

function dayOf(milliseconds: number): string {
  return Temporal.Instant.fromEpochMilliseconds(milliseconds).toZonedDateTimeISO(TIME_ZONE).toPlainDate().toString();
}
