import type { Octokit } from "@octokit/rest";
import { text } from "../../catalog/text.ts";
import { everyPage, PAGE_SIZE } from "./every-page.ts";
import type { ForgeSettings, Setting } from "./forge.ts";
import { ForgeFailure } from "./forge-failure.ts";
import { ask, OPERATOR_SECRETS, safe, toggle, unknown, unsafe } from "./setting.ts";

const RULES = text("设置 → 规则集（或分支保护）", "Settings → Rulesets (or branch protection)");

/** What the rulesets and the branch protection together ask for; undefined where neither tells. */
interface Protection {
  readonly pullRequests: boolean;
  readonly approvals: number;
  readonly codeOwners: boolean;
  readonly statusChecks: boolean;
  readonly forcePush: boolean;
  readonly workflows: boolean;
}

/** How a repository of GitHub is set: rulesets and the older branch protection, whichever asks for more. */
export async function githubSettings(
  api: Octokit,
  here: { readonly owner: string; readonly repo: string },
  named?: string,
): Promise<ForgeSettings> {
  const { data: shown } = await api.rest.repos.get(here);
  const branch = named ?? shown.default_branch;
  const { data: found } = await api.rest.repos.getBranch({ ...here, branch });
  const protection = found.protected ? await protectionOf(api, here, branch) : undefined;
  const ofBranch = (read: (protection: Protection) => Setting): Setting =>
    protection === undefined ? unknown(text(`分支 ${branch} 没有保护`, `branch ${branch} is not protected`)) : read(protection);
  return {
    "protected-branch": found.protected
      ? safe(text(`分支 ${branch} 受保护`, `branch ${branch} is protected`))
      : unsafe(
          text(`分支 ${branch} 没有保护`, `branch ${branch} is not protected`),
          text(`${RULES.zh}：给 ${branch} 加一条`, `${RULES.en}: add one for ${branch}`),
        ),
    "direct-push": ofBranch(({ pullRequests }) =>
      toggle(pullRequests, true, {
        good: text("只能经合并请求改", "changes come by pull request alone"),
        bad: text("有人能不经合并请求直接推送", "somebody may push without a pull request"),
        remedy: text(
          `${RULES.zh}：“合并前须有拉取请求”，对管理员也生效`,
          `${RULES.en}: “Require a pull request before merging”, administrators included`,
        ),
      }),
    ),
    "force-push": ofBranch(({ forcePush }) =>
      toggle(forcePush, false, {
        good: text("不允许强制推送", "nobody may force-push"),
        bad: text("允许强制推送", "force-pushing is allowed"),
        remedy: text(`${RULES.zh}：“阻止强制推送”`, `${RULES.en}: “Block force pushes”`),
      }),
    ),
    approvals: ofBranch(({ approvals }) =>
      approvals > 0
        ? safe(text(`合并须 ${approvals} 人批准`, `${approvals} approvals are required`))
        : unsafe(
            text("不要求批准就能合并", "no approval is required"),
            text(`${RULES.zh}：“所需批准数”至少 1`, `${RULES.en}: “Required approvals” at least 1`),
          ),
    ),
    "own-approval": safe(text("GitHub 不让作者批准自己的申请", "GitHub lets nobody approve their own request")),
    "code-owners": ofBranch(({ codeOwners }) =>
      toggle(codeOwners, true, {
        good: text("须代码所有者批准", "code owners must approve"),
        bad: text("不要求代码所有者批准", "code owners need not approve"),
        remedy: text(`${RULES.zh}：“需要代码所有者评审”`, `${RULES.en}: “Require review from code owners”`),
      }),
    ),
    "status-checks": ofBranch(({ statusChecks }) =>
      toggle(statusChecks, true, {
        good: text("检查成功才能合并", "only successful checks let merge"),
        bad: text("检查失败也能合并", "a failed check does not hold the merge"),
        remedy: text(`${RULES.zh}：“合并前须通过状态检查”`, `${RULES.en}: “Require status checks to pass”`),
      }),
    ),
    "fork-secrets": await ask(async () => await forkApproval(api, here)),
    "pipeline-definition": ofBranch(({ workflows }) =>
      workflows
        ? safe(text("规则集要求一个由别处定义的工作流", "a ruleset requires a workflow that is defined elsewhere"))
        : unknown(
            text(
              "接口不说：用规则集“合并前须通过工作流”，或让 CODEOWNERS 把 .github/ 归平台组",
              "the API does not tell: use a ruleset's “Require workflows to pass”, or let CODEOWNERS give .github/ to the platform team",
            ),
          ),
    ),
    "protected-variables": await ask(async () => await secrets(api, here)),
    squash: toggle(shown.allow_squash_merge, false, {
      good: text("合并时不压缩提交", "commits are not squashed"),
      bad: text("合并时能压缩提交，改写作者", "commits may be squashed, which rewrites who wrote them"),
      remedy: text("设置 → 常规 → 拉取请求：关闭压缩合并", "Settings → General → Pull requests: disallow squash merging"),
    }),
  };
}

interface Rule {
  readonly type: string;
  readonly parameters?: { readonly required_approving_review_count?: number; readonly require_code_owner_review?: boolean };
}

async function protectionOf(api: Octokit, here: { owner: string; repo: string }, branch: string): Promise<Protection> {
  const rules = await everyPage(
    async (page) => (await api.rest.repos.getBranchRules({ ...here, branch, per_page: PAGE_SIZE, page })).data as readonly Rule[],
  );
  const has = (type: string) => rules.some((rule) => rule.type === type);
  const pulls = rules.filter(({ type }) => type === "pull_request").map(({ parameters }) => parameters ?? {});
  const classic = await classicProtection(api, here, branch);
  const reviews = classic?.required_pull_request_reviews;
  // Administrators that a branch protection leaves out push as they like.
  const held = classic !== undefined && reviews !== undefined && classic.enforce_admins?.enabled === true;
  return {
    pullRequests: pulls.length > 0 || held,
    approvals: Math.max(
      0,
      reviews?.required_approving_review_count ?? 0,
      ...pulls.map((each) => each.required_approving_review_count ?? 0),
    ),
    codeOwners: reviews?.require_code_owner_reviews === true || pulls.some((each) => each.require_code_owner_review === true),
    statusChecks: has("required_status_checks") || has("workflows") || classic?.required_status_checks !== undefined,
    forcePush: !has("non_fast_forward") && classic?.allow_force_pushes?.enabled !== false,
    workflows: has("workflows"),
  };
}

/** Undefined where there is none, or only rulesets, or where only administrators are told. */
async function classicProtection(api: Octokit, here: { owner: string; repo: string }, branch: string) {
  try {
    return (await api.rest.repos.getBranchProtection({ ...here, branch })).data;
  } catch (error) {
    if (error instanceof ForgeFailure && (error.kind === "not-found" || error.kind === "forbidden")) return undefined;
    throw error;
  }
}

async function forkApproval(api: Octokit, here: { owner: string; repo: string }): Promise<Setting> {
  const { data } = await api.request("GET /repos/{owner}/{repo}/actions/permissions/fork-pr-contributor-approval", here);
  const { approval_policy: policy } = data as { readonly approval_policy?: string };
  return toggle(policy === undefined ? undefined : policy === "all_external_contributors", true, {
    good: text("复刻来的工作流须批准才运行，且不带机密", "workflows from forks run after an approval, and without secrets"),
    bad: text("复刻来的工作流有的不经批准就运行", "some workflows from forks run without an approval"),
    remedy: text(
      "设置 → Actions → 常规：复刻的拉取请求“所有外部贡献者须批准”",
      "Settings → Actions → General: “Require approval for all external contributors”",
    ),
  });
}

/** Secrets of the repository reach every branch's workflow; those of an environment only the branches that it lets in. */
async function secrets(api: Octokit, here: { owner: string; repo: string }): Promise<Setting> {
  const all = await everyPage(
    async (page) => (await api.rest.actions.listRepoSecrets({ ...here, per_page: PAGE_SIZE, page })).data.secrets,
  );
  const open = all.map(({ name }) => name).filter((name) => OPERATOR_SECRETS.test(name) && name !== "GOVCLOUD_FORGE_TOKEN");
  return open.length === 0
    ? safe(text("运营方的机密不在仓库一级", "no secret of the operator is at the repository's level"))
    : unsafe(
        text(`每个分支的工作流都看得到 ${open.join(", ")}`, `workflows of every branch can see ${open.join(", ")}`),
        text(
          "把它们移到一个环境（设置 → 环境），只让受保护分支部署，并设评审人",
          "move them into an environment (Settings → Environments) that only the protected branch may deploy to, with reviewers",
        ),
      );
}
