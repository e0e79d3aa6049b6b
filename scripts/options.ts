import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type Command, Option } from "commander";
import { readDay } from "../catalog/day.ts";
import { readDirectoryTree, type Tree } from "../catalog/source/tree.ts";
import type { Lang } from "../catalog/text.ts";
import { type CheckedTree, readCheckedTree } from "./plan/read-tree.ts";
import { wrongArgument } from "./wrong-argument.ts";

/** Root of this repository: the tree that commands read when none is named. */
export const REPOSITORY = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");

/** Language by the usual order of precedence of the environment. */
export function languageOf(environment: NodeJS.ProcessEnv): Lang {
  const wish =
    [environment["LC_ALL"], environment["LC_MESSAGES"], environment["LANG"]].find((value) => value !== undefined && value !== "") ?? "";
  return wish.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** Options of every command that reads a tree. */
export interface TreeOptions {
  readonly tree?: string;
  readonly at?: string;
  readonly lang: Lang;
  readonly out?: string;
}

export function addLangOption(command: Command): Command {
  return command.addOption(
    new Option("--lang <language>", "中文 zh 或英文 en / Chinese or English")
      .choices(["zh", "en"])
      .default(languageOf(process.env), "from LANG / 取自 LANG"),
  );
}

export function addTreeOptions(command: Command): Command {
  return addLangOption(
    command
      .option("--tree <folder>", "含 catalog/ 和 stacks/tenants/ 的目录，默认本仓库 / folder to read, default: this repository")
      .option("--at <date>", "按哪一天计算，如 2026-03-31，默认今天（上海时间）/ day to plan for, default: today in Asia/Shanghai"),
  );
}

export function addOutOption(command: Command): Command {
  return command.option("--out <file>", "把结果写入文件，默认标准输出 / write the result to a file, default: standard output");
}

/** Collects `--system a/b --system c/d` and `--system a/b c/d`. */
export function collect(value: string, earlier: readonly string[] = []): string[] {
  if (value === "") throw wrongArgument("要 <单位>/<系统>", "wanted <bureau>/<system>");
  return [...earlier, value];
}

/** A path as the user meant it: npm runs scripts in the repository's root and keeps the user's folder in INIT_CWD. */
export function userPath(path: string): string {
  return resolve(process.env["INIT_CWD"] ?? process.cwd(), path);
}

/** Folder of the tree named by `--tree`. */
export function treeFolder({ tree }: Pick<TreeOptions, "tree">): string {
  return tree === undefined ? REPOSITORY : userPath(tree);
}

/** The tree of the options, not read yet. */
export function headTree(options: Pick<TreeOptions, "tree">): Tree {
  return readDirectoryTree(treeFolder(options), options.tree ?? ".");
}

/** Reads and checks the tree of the options. */
export function readHead(options: TreeOptions): CheckedTree {
  return readCheckedTree(headTree(options));
}

export { readDay };
