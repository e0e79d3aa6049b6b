import { Option } from "commander";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { text } from "../catalog/text.ts";
import { ROLES, type Role } from "./approval/approval-rules.ts";
import { approve } from "./approval/approve-plan.ts";
import { collectApprovals } from "./approval/collect-approvals.ts";
import { ALGORITHMS, type Algorithm } from "./approval/key-pair.ts";
import { makeKey } from "./approval/make-key.ts";
import { verifyApprovalFile } from "./approval/verify-approval.ts";
import type { CommandDefinition } from "./command.ts";
import { addForgeOptions, addRequestOption } from "./forge/forge-options.ts";
import type { ForgeOptions } from "./forge/open-forge.ts";
import { addLangOption, type TreeOptions } from "./options.ts";

export interface ApproveOptions extends Omit<TreeOptions, "at">, ForgeOptions {
  readonly plan?: string;
  readonly role?: Role;
  readonly bureau?: string;
  readonly key?: string;
  readonly base?: string;
  readonly verify?: string;
  readonly was?: string;
  readonly post?: boolean;
  readonly collect?: string;
  readonly newKey?: boolean;
  readonly algorithm: Algorithm;
  readonly holder?: string;
  readonly format: "text" | "json";
}

export const command: CommandDefinition = {
  name: "approve",
  summary: "批准：看过一个计划后签名 / Sign the approval of a plan that was looked at",
  examples: [
    "npm run approve -- --plan plan.json --role centre --key centre.pem",
    "npm run approve -- --plan plan.json --role bureau --bureau hrss --key hrss.pem --out approvals/hrss.json",
    "npm run approve -- --plan plan.json --verify 5d41…centre.json        # 还算数吗 / does it still hold",
    "npm run approve -- --plan new.json --verify 5d41…centre.json --was HEAD~1",
    "GITLAB_TOKEN=… npm run approve -- --plan /tmp/plan --role centre --key centre.pem --post --forge gitlab --url https://gitlab.example/api/v4 --project 42 --request 7",
    "npm run approve -- --collect approvals                                # 流水线里：取申请评论里的批准 / in CI: those in the request's comments",
    "npm run approve -- --new-key --algorithm sm2 --key centre.pem --role centre --holder director@bigdata.example.org",
  ],
  configure: (parser) => {
    addLangOption(
      addRequestOption(addForgeOptions(parser))
        .option("--plan <file>", "计划的 JSON 结果，或保存计划的目录 / the plan's JSON result, or the folder of a saved plan")
        .addOption(new Option("--role <role>", "以哪个角色批准 / the role that approves").choices(ROLES))
        .option("--bureau <bureau>", "角色是 bureau 时，哪个单位 / with role bureau: which")
        .option(
          "--key <file>",
          "PEM 私钥；口令取自 GOVCLOUD_KEY_PASSPHRASE / private key in PEM; its passphrase comes from GOVCLOUD_KEY_PASSPHRASE",
        )
        .option("--tree <folder>", "计划所依据的检出，默认本仓库 / checkout that was planned, default: this repository")
        .option("--base <revision>", "计划比较的提交，默认取自计划 / commit compared with, default: as the plan names it")
        .option("--verify <file>", "核对一份批准是否仍对这个计划有效 / say whether an approval holds for this plan")
        .option("--was <revision>", "批准时的提交，默认取自批准 / commit that was approved, default: as the approval names it")
        .option("--post", "把批准也写到申请的评论里 / write the approval in a comment of the request, too")
        .option("--collect <folder>", "把申请评论里的批准写入目录 / write the approvals in the request's comments to a folder")
        .option("--new-key", "生成一对密钥，打印公钥条目 / make a pair of keys, print the entry of the public one")
        .addOption(new Option("--algorithm <algorithm>", "新密钥的算法 / algorithm of the new key").choices(ALGORITHMS).default("sm2"))
        .option("--holder <address>", "新密钥的持有人邮箱 / address of the new key's holder")
        .option("--out <file>", "批准写入哪个文件，默认 <指纹>.<角色>.json / file of the approval, default: <fingerprint>.<role>.json")
        .addOption(new Option("--format <format>", "输出格式 / output format").choices(["text", "json"]).default("text")),
    );
  },
  run,
};

/** 0 signed (or it holds, or collected), 1 the forge fails, 2 refused (or it does not), 3 something is missing or cannot be read. */
async function run(options: ApproveOptions): Promise<number> {
  if (options.newKey === true) return makeKey({ ...options, key: wanted(options.key, "--key") });
  if (options.collect !== undefined) return await collectApprovals({ ...options, collect: options.collect });
  const plan = wanted(options.plan, "--plan");
  if (options.verify !== undefined) return verifyApprovalFile({ ...options, plan, verify: options.verify });
  return await approve({ ...options, plan, role: wanted(options.role, "--role"), key: wanted(options.key, "--key") });
}

function wanted<T>(value: T | undefined, option: string): T {
  if (value !== undefined) return value;
  throw new InvalidRequest(text(`缺少 ${option}（--help 查看用法）`, `Cannot do without ${option} (--help shows how)`));
}
