import { text } from "../../catalog/text.ts";
import { everyPage, PAGE_SIZE } from "./every-page.ts";
import type { ForgeSettings, Setting } from "./forge.ts";
import { ForgeFailure } from "./forge-failure.ts";
import type { GitlabApi } from "./gitlab.ts";
import { advice, ask, OPERATOR_SECRETS, safe, toggle, unknown, unsafe } from "./setting.ts";

type Fields = Readonly<Record<string, unknown>>;

/** How a GitLab project is set. What only the paid editions have is unknown where the answer lacks it. */
export async function gitlabSettings(api: GitlabApi, project: string, named?: string): Promise<ForgeSettings> {
  const shown: Fields = await api.Projects.show(project);
  const branch = named ?? String(shown["default_branch"]);
  const protection = await protectionOf(api, project, branch);
  const ofBranch = (read: (protection: Fields) => Setting): Setting =>
    protection === undefined ? unknown(text(`分支 ${branch} 没有保护`, `branch ${branch} is not protected`)) : read(protection);
  return {
    "protected-branch":
      protection === undefined
        ? unsafe(
            text(`分支 ${branch} 没有保护`, `branch ${branch} is not protected`),
            text(`设置 → 仓库 → 受保护分支：加上 ${branch}`, `Settings → Repository → Protected branches: add ${branch}`),
          )
        : safe(text(`分支 ${branch} 受保护`, `branch ${branch} is protected`)),
    "direct-push": ofBranch(directPush),
    "force-push": ofBranch(({ allow_force_push: allowed }) =>
      toggle(allowed, false, {
        good: text("不允许强制推送", "nobody may force-push"),
        bad: text("允许强制推送", "force-pushing is allowed"),
        remedy: text("受保护分支：关闭“允许强制推送”", "Protected branches: turn off “Allowed to force push”"),
      }),
    ),
    approvals: await ask(async () => await approvals(api, project)),
    "own-approval": await ask(async () =>
      toggle(((await api.MergeRequestApprovals.showConfiguration(project)) as Fields)["merge_requests_author_approval"], false, {
        good: text("作者不能批准自己的申请", "authors cannot approve their own requests"),
        bad: text("作者能批准自己的申请", "authors may approve their own requests"),
        remedy: text(
          "设置 → 合并请求 → 批准：选“阻止合并请求的创建者批准”",
          "Settings → Merge requests → Approvals: “Prevent approval by merge request creator”",
        ),
      }),
    ),
    "code-owners": ofBranch(({ code_owner_approval_required: required }) =>
      toggle(required, true, {
        good: text("须代码所有者批准", "code owners must approve"),
        bad: text("不要求代码所有者批准", "code owners need not approve"),
        remedy: text("受保护分支：打开“需要代码所有者批准”", "Protected branches: turn on “Code owner approval”"),
      }),
    ),
    "status-checks": toggle(shown["only_allow_merge_if_pipeline_succeeds"], true, {
      good: text("流水线成功才能合并", "only a successful pipeline lets merge"),
      bad: text("流水线失败也能合并", "a failed pipeline does not hold the merge"),
      remedy: text("设置 → 合并请求：选“流水线必须成功”", "Settings → Merge requests: “Pipelines must succeed”"),
    }),
    "fork-secrets": toggle(shown["ci_allow_fork_pipelines_to_run_in_parent_project"], false, {
      good: text("复刻的流水线不在本项目里运行", "pipelines of forks do not run in this project"),
      bad: text("复刻的流水线能在本项目里运行，看得到本项目的变量", "pipelines of forks may run in this project and see its variables"),
      remedy: text(
        "接口 PUT /projects/:id：ci_allow_fork_pipelines_to_run_in_parent_project=false",
        "API PUT /projects/:id: ci_allow_fork_pipelines_to_run_in_parent_project=false",
      ),
    }),
    "pipeline-definition": definition(shown["ci_config_path"]),
    "protected-variables": await ask(async () => await variables(api, project)),
    squash: squash(shown["squash_option"]),
  };
}

async function protectionOf(api: GitlabApi, project: string, branch: string): Promise<Fields | undefined> {
  try {
    return (await api.ProtectedBranches.show(project, branch)) as Fields;
  } catch (error) {
    if (error instanceof ForgeFailure && error.kind === "not-found") return undefined;
    throw error;
  }
}

function directPush({ push_access_levels: levels }: Fields): Setting {
  if (!Array.isArray(levels)) return unknown(text("接口没有说谁能推送", "the API does not tell who may push"));
  const allowed = (levels as Fields[]).filter(({ access_level: level }) => level !== 0);
  return allowed.length === 0
    ? safe(text("谁都不能直接推送", "nobody may push directly"))
    : unsafe(
        text("有人能不经合并请求直接推送", "somebody may push without a merge request"),
        text("受保护分支：“允许推送和合并”选“无人”", "Protected branches: set “Allowed to push and merge” to “No one”"),
      );
}

async function approvals(api: GitlabApi, project: string): Promise<Setting> {
  const rules = await everyPage(
    async (page) => (await api.MergeRequestApprovals.allApprovalRules(project, { page, perPage: PAGE_SIZE } as never)) as Fields[],
  );
  const most = Math.max(0, ...rules.map(({ approvals_required: required }) => Number(required)));
  return most > 0
    ? safe(text(`合并须 ${most} 人批准`, `${most} approvals are required`))
    : unsafe(
        text("不要求批准就能合并", "no approval is required"),
        text("设置 → 合并请求 → 批准规则：至少 1 人", "Settings → Merge requests → Approval rules: at least 1"),
      );
}

/** A path with `@` is a file of another project, which a request to this one cannot change. */
function definition(path: unknown): Setting {
  return typeof path === "string" && path.includes("@")
    ? safe(text(`流水线定义取自 ${path}，申请改不了`, `the pipeline is defined in ${path}, out of a request's reach`))
    : unsafe(
        text("流水线定义在本项目里，申请能改它", "the pipeline is defined in this project, where a request can change it"),
        text(
          "设置 → CI/CD → 通用流水线 → CI/CD 配置文件：填 .gitlab-ci.yml@<组>/<只有平台组能改的项目>",
          "Settings → CI/CD → General pipelines → CI/CD configuration file: .gitlab-ci.yml@<group>/<a project that only the platform team can change>",
        ),
      );
}

async function variables(api: GitlabApi, project: string): Promise<Setting> {
  const all = await everyPage(async (page) => (await api.ProjectVariables.all(project, { page, perPage: PAGE_SIZE } as never)) as Fields[]);
  const secrets = all.filter(({ key }) => OPERATOR_SECRETS.test(String(key)));
  const open = secrets.filter((each) => each["protected"] !== true && each["key"] !== "GOVCLOUD_FORGE_TOKEN").map(({ key }) => String(key));
  return open.length === 0
    ? safe(
        text(
          `${secrets.length} 个机密变量，都只给受保护分支`,
          `${secrets.length} secret variables, all of them for protected branches alone`,
        ),
      )
    : unsafe(
        text(`申请的作业看得到 ${open.join(", ")}`, `jobs of requests can see ${open.join(", ")}`),
        text("设置 → CI/CD → 变量：给它们打开“保护变量”", "Settings → CI/CD → Variables: turn on “Protect variable” for them"),
      );
}

function squash(option: unknown): Setting {
  if (typeof option !== "string") return unknown(text("接口没有说是否压缩提交", "the API does not tell whether commits are squashed"));
  if (option === "never" || option === "default_off") return safe(text("合并时不压缩提交", "commits are not squashed"));
  return advice(
    text("合并时压缩提交，改写作者", "commits are squashed, which rewrites who wrote them"),
    text("设置 → 合并请求 → 合并时压缩提交：选“不允许”", "Settings → Merge requests → Squash commits when merging: “Do not allow”"),
  );
}
