import { type Command, Option } from "commander";
import { FORGE_KINDS } from "./open-forge.ts";

const FORGE = {
  flag: "--forge <kind>",
  words: "代码平台，默认取自 GOVCLOUD_FORGE 或 CI 变量 / the forge, default: GOVCLOUD_FORGE or CI's variables",
};

/** Options that name a project of a forge. */
export function addForgeOptions(command: Command, { flag, words }: typeof FORGE = FORGE): Command {
  return command
    .addOption(new Option(flag, words).choices(FORGE_KINDS))
    .option("--url <address>", "接口地址，默认取自 CI 变量 / address of its API, default: from CI's variables")
    .option(
      "--project <name>",
      "属主/仓库，GitLab 也可用编号，默认取自 CI 变量 / owner/repository, on GitLab a number, too; default: from CI's variables",
    );
}

export function addRequestOption(command: Command): Command {
  return command.option("--request <number>", "申请编号，默认取自 CI 变量 / number of the request, default: from CI's variables");
}
