import type { BranchProtection } from "gitea-js";
import { text } from "../../catalog/text.ts";
import { everyPage, PAGE_SIZE } from "./every-page.ts";
import type { ForgeSettings, Setting } from "./forge.ts";
import type { GiteaApi } from "./gitea.ts";
import { advice, ask, OPERATOR_SECRETS, safe, toggle, unknown, unsafe } from "./setting.ts";

const PROTECTION = text("设置 → 分支 → 分支保护", "Settings → Branches → Branch protection");
/** Where pipelines are defined. */
const WORKFLOWS = [".gitea/**", ".forgejo/**", ".github/**"];

/** How a repository of Gitea or Forgejo is set. */
export async function giteaSettings(
  api: GiteaApi,
  { owner, repo }: { readonly owner: string; readonly repo: string },
  named?: string,
): Promise<ForgeSettings> {
  const { data: shown } = await api.repos.repoGet(owner, repo);
  const branch = named ?? String(shown.default_branch);
  const { data: found } = await api.repos.repoGetBranch(owner, repo, encodeURIComponent(branch));
  const rule = found.effective_branch_protection_name;
  let protection: BranchProtection | undefined;
  const readable = await ask(async () => {
    if (found.protected !== true) return safe(text("", ""));
    const name = encodeURIComponent(rule === undefined || rule === "" ? branch : rule);
    protection = (await api.repos.repoGetBranchProtection(owner, repo, name)).data;
    return safe(text("", ""));
  });
  const ofBranch = (read: (protection: BranchProtection) => Setting): Setting =>
    readable.state === "unknown"
      ? readable
      : protection === undefined
        ? unknown(text(`分支 ${branch} 没有保护`, `branch ${branch} is not protected`))
        : read(protection);
  return {
    "protected-branch":
      found.protected === true
        ? safe(text(`分支 ${branch} 受保护`, `branch ${branch} is protected`))
        : unsafe(
            text(`分支 ${branch} 没有保护`, `branch ${branch} is not protected`),
            text(`${PROTECTION.zh}：给 ${branch} 加一条规则`, `${PROTECTION.en}: add a rule for ${branch}`),
          ),
    "direct-push": ofBranch(directPush),
    "force-push": ofBranch(({ enable_force_push: allowed = false }: BranchProtection & { readonly enable_force_push?: boolean }) =>
      toggle(allowed, false, {
        good: text("不允许强制推送", "nobody may force-push"),
        bad: text("允许强制推送", "force-pushing is allowed"),
        remedy: text(`${PROTECTION.zh}：关闭强制推送`, `${PROTECTION.en}: disable force push`),
      }),
    ),
    approvals: ofBranch(({ required_approvals: required = 0 }) =>
      required > 0
        ? safe(text(`合并须 ${required} 人批准`, `${required} approvals are required`))
        : unsafe(
            text("不要求批准就能合并", "no approval is required"),
            text(`${PROTECTION.zh}：“所需的批准”至少 1`, `${PROTECTION.en}: “Required approvals” at least 1`),
          ),
    ),
    "own-approval": safe(text("Gitea 不让作者批准自己的申请", "Gitea lets nobody approve their own request")),
    "code-owners": ofBranch(({ block_on_official_review_requests: blocks }) =>
      toggle(blocks, true, {
        good: text("请求了代码所有者评审，未批准不能合并", "a review that is asked of code owners holds the merge"),
        bad: text("代码所有者没有批准也能合并", "code owners need not approve"),
        remedy: text(`${PROTECTION.zh}：打开“有官方评审请求时阻止合并”`, `${PROTECTION.en}: “Block merge on official review requests”`),
      }),
    ),
    "status-checks": ofBranch(({ enable_status_check: required }) =>
      toggle(required, true, {
        good: text("流水线成功才能合并", "only a successful pipeline lets merge"),
        bad: text("流水线失败也能合并", "a failed pipeline does not hold the merge"),
        remedy: text(`${PROTECTION.zh}：打开“启用状态检查”`, `${PROTECTION.en}: “Enable status check”`),
      }),
    ),
    "fork-secrets": safe(
      text(
        "Gitea 不把机密给复刻的 pull_request 流水线（不要用 pull_request_target）",
        "Gitea gives no secret to a fork's pull_request workflow (use no pull_request_target)",
      ),
    ),
    "pipeline-definition": ofBranch(definition),
    "protected-variables": await ask(async () => await secrets(api, owner, repo)),
    squash: toggle(shown.allow_squash_merge, false, {
      good: text("合并时不压缩提交", "commits are not squashed"),
      bad: text("合并时能压缩提交，改写作者", "commits may be squashed, which rewrites who wrote them"),
      remedy: text("设置 → 仓库 → 合并请求：关闭压缩合并", "Settings → Repository → Pull requests: disable squash merging"),
    }),
  };
}

function directPush({ enable_push: enabled, enable_push_whitelist: listed, ...lists }: BranchProtection): Setting {
  const { push_whitelist_usernames: users, push_whitelist_teams: teams, push_whitelist_deploy_keys: keys } = lists;
  const allowed = [...(users ?? []), ...(teams ?? [])];
  if (enabled !== true || (listed === true && allowed.length === 0 && keys !== true))
    return safe(text("谁都不能直接推送", "nobody may push directly"));
  return unsafe(
    text("有人能不经合并请求直接推送", "somebody may push without a pull request"),
    text(`${PROTECTION.zh}：选“禁用推送”`, `${PROTECTION.en}: “Disable push”`),
  );
}

/** A file that the rule protects holds the merge of every request that changes it. */
function definition({ protected_file_patterns: patterns = "" }: BranchProtection): Setting {
  const held = patterns.split(";").map((each) => each.trim());
  const open = WORKFLOWS.filter((each) => !held.includes(each) && !held.includes("**"));
  return open.length === 0
    ? safe(text("改流水线定义的申请不能合并", "a request that changes the pipeline's definition cannot be merged"))
    : unsafe(
        text(`申请能改 ${open.join("、")} 并合并`, `a request that changes ${open.join(", ")} can be merged`),
        text(
          `${PROTECTION.zh}：“受保护的文件模式”填 ${WORKFLOWS.join(";")}`,
          `${PROTECTION.en}: “Protected file patterns” ${WORKFLOWS.join(";")}`,
        ),
      );
}

/** Gitea knows no secret for protected branches alone: every branch of the repository itself sees all of them. */
async function secrets(api: GiteaApi, owner: string, repo: string): Promise<Setting> {
  const all = await everyPage(async (page) => (await api.repos.repoListActionsSecrets(owner, repo, { page, limit: PAGE_SIZE })).data);
  const names = all.map(({ name }) => String(name)).filter((name) => OPERATOR_SECRETS.test(name) && name !== "GOVCLOUD_FORGE_TOKEN");
  return names.length === 0
    ? safe(text("仓库里没有运营方的机密", "no secret of the operator is in the repository"))
    : advice(
        text(
          `本仓库每个分支的流水线都看得到 ${names.join(", ")}`,
          `workflows of every branch of this repository can see ${names.join(", ")}`,
        ),
        text(
          "只让申请从复刻来（各单位不给写权限），或把它们放在执行作业专用的 runner 的环境里",
          "let requests come from forks alone (no bureau may write here), or keep them in the environment of a runner that only the apply job uses",
        ),
      );
}
