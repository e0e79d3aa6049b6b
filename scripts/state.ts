import { readFileSync } from "node:fs";
import { Argument, Option } from "commander";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { didYouMean } from "../catalog/source/did-you-mean.ts";
import { counted, type Lang, type Text, text } from "../catalog/text.ts";
import { PLATFORM } from "../stacks/platform-stack.ts";
import type { CommandDefinition } from "./command.ts";
import { readStateStore } from "./engine/state-store.ts";
import { addLangOption, addOutOption, headTree, REPOSITORY, userPath } from "./options.ts";
import { writeResult } from "./output.ts";
import { jsonText } from "./render/json-text.ts";
import { renderStateList, renderStateShow, stateListResult, stateShowResult } from "./render/state-text.ts";
import { restoreState } from "./state/restore-state.ts";
import { ofAnother, ofDeclared, ofUnknown, withoutDeclaration } from "./state/state-errors.ts";
import { openIndex, type StateIndex } from "./state/state-index.ts";

interface StateOptions {
  readonly format: "text" | "json";
  readonly lang: Lang;
  readonly out?: string;
  readonly force?: boolean;
  readonly tree?: string;
}

const ACTIONS = ["list", "show", "unlock", "move", "restore"] as const;

export const command: CommandDefinition = {
  name: "state",
  summary: "状态：谁建了什么，锁在谁手里 / Look after the engine's states: what stands in each, who holds its lock",
  examples: [
    "npm run state -- list",
    "npm run state -- show hrss/social-insurance",
    "npm run state -- unlock hrss/social-insurance 4f1c…     # 锁号见 list / the lock's id is in the list",
    "npm run state -- move hrss/old-name hrss/new-name",
    "npm run state -- restore hrss/job-service /tmp/plan/stacks/hrss--job-service/errored.tfstate",
    "GOVCLOUD_STATE=postgres://user@db.example/govcloud npm run state -- list",
  ],
  configure: (parser) => {
    addOutOption(addLangOption(parser))
      .addArgument(new Argument("<action>", "list | show | unlock | move | restore").choices(ACTIONS))
      .addArgument(
        new Argument(
          "[what...]",
          "show <系统>；unlock <系统> <锁号>；move <系统> <新名>；restore <系统> <文件> / system, lock id, new name or file",
        ),
      )
      .option(
        "--force",
        "unlock：持锁的会话还连着也解锁（PostgreSQL），先确认引擎已不在 / unlock although the holder's connection lives (PostgreSQL): its engine must be gone",
      )
      .option("--tree <folder>", "move：看哪些系统有声明，默认本仓库 / move: where systems are declared, default: this repository")
      .addOption(new Option("--format <format>", "输出格式 / output format").choices(["text", "json"]).default("text"));
  },
  run,
};

async function run(options: StateOptions, [action = "", ...what]: readonly string[]): Promise<number> {
  const store = readStateStore(process.env, REPOSITORY);
  const index = openIndex(store);
  const print = (result: object, words: string) => writeResult(options.format === "json" ? jsonText(result) : words, options.out);
  const { lang } = options;
  if (options.tree !== undefined && action !== "move")
    throw new InvalidRequest(
      text("--tree 只用于 state move", `Cannot use --tree with state ${action}: it is for move alone, which looks for what is declared`),
    );
  if (options.force === true && action !== "unlock")
    throw new InvalidRequest(text("--force 只用于 state unlock", `Cannot use --force with state ${action}: it is for unlock alone`));
  try {
    switch (action) {
      case "list": {
        wantOperands(action, what);
        const result = stateListResult(store.label, await index.list());
        print(result, renderStateList(result, lang));
        return 0;
      }
      case "show": {
        const [id = ""] = wantOperands(action, what);
        const stack = stackOf(id);
        const document = await index.read(stack);
        if (document === undefined) throw await unknownState(index, id);
        const result = stateShowResult(id, document, await index.lockOf(stack), lang);
        print(result, renderStateShow(result, lang));
        return result.state === "plain" ? 0 : 1;
      }
      case "unlock": {
        const [id = "", lock = ""] = wantOperands(action, what);
        await index.unlock(stackOf(id), lock, { force: options.force === true });
        print({ schema: "govcloud/state/1", unlocked: id }, lang === "zh" ? `已解锁 ${id}\n` : `Unlocked ${id}\n`);
        return 0;
      }
      case "restore": {
        const [id = "", file = ""] = wantOperands(action, what);
        await restoreState(index, stackOf(id), readGiven(file));
        print({ schema: "govcloud/state/1", restored: id }, lang === "zh" ? `已恢复 ${id} 的状态\n` : `Restored the state of ${id}\n`);
        return 0;
      }
      default: {
        const [from = "", to = ""] = wantOperands(action, what);
        const warnings = (await judgeMove(index, [from, to], options)).map((warning) => warning[lang]);
        await index.move(stackOf(from), stackOf(to));
        process.stderr.write(warnings.map((warning) => `${lang === "zh" ? "注意" : "warning"}: ${warning}\n`).join(""));
        print(
          { schema: "govcloud/state/1", moved: { from, to }, warnings },
          lang === "zh" ? `已把 ${from} 的状态改名为 ${to}\n` : `Moved the state of ${from} to ${to}\n`,
        );
        return 0;
      }
    }
  } finally {
    await index.close();
  }
}

function readGiven(file: string): string {
  try {
    return readFileSync(userPath(file), "utf8");
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    throw new InvalidRequest(text(`读不了 ${file}（${code}）`, `Cannot read ${file} (${code}): wanted the file of a state`));
  }
}

/**
 * Where both names are declared, only what is the new name's own moves there: the way back from a mistaken move. What another declared system
 * owns moves to no declared one, whatever name it came by. Returns what to warn of.
 */
async function judgeMove(
  index: StateIndex,
  [from, to]: readonly [string, string],
  { tree }: Pick<StateOptions, "tree">,
): Promise<readonly Text[]> {
  const { entries } = headTree(tree === undefined ? {} : { tree });
  const isDeclared = (id: string) => id === PLATFORM || entries.has(`stacks/tenants/${id}.yaml`);
  if (!isDeclared(to)) return [withoutDeclaration(to)];
  const document = await index.read(stackOf(from));
  if (document === undefined) return [];
  const owner = document.kind === "plain" ? document.owner : undefined;
  if (owner === stackOf(to)) return [];
  if (isDeclared(from)) throw ofAnother(stackOf(from), stackOf(to), owner);
  if (owner === undefined) return [ofUnknown(to)];
  if (isDeclared(owner.replace("--", "/"))) throw ofDeclared(stackOf(from), stackOf(to), owner);
  return [];
}

/** What stands after each action. */
const OPERANDS: Readonly<Record<string, readonly Text[]>> = {
  list: [],
  show: [text("<系统>", "<system>")],
  unlock: [text("<系统>", "<system>"), text("<锁号>", "<lock id>")],
  move: [text("<系统>", "<system>"), text("<新名>", "<new name>")],
  restore: [text("<系统>", "<system>"), text("<文件>", "<file>")],
};

function wantOperands(action: string, what: readonly string[]): readonly string[] {
  const wanted = OPERANDS[action] ?? [];
  if (what.length === wanted.length) return what;
  const zh = wanted.length === 0 ? "不要参数" : `要 ${wanted.map((each) => each.zh).join(" ")}`;
  const en = wanted.length === 0 ? "no argument" : wanted.map((each) => each.en).join(" ");
  throw new InvalidRequest(
    text(
      `state ${action} ${zh}，给了 ${what.length} 个（--help 查看用法）`,
      `Cannot ${action}: wanted ${en}, found ${counted(what.length, "argument")} (--help shows how)`,
    ),
  );
}

/** Name of a system's stack, and so of its state. Nothing else than an id reaches a path or an SQL identifier. */
function stackOf(id: string): string {
  const name = /^[a-z0-9](?:-?[a-z0-9])*$/;
  const parts = id.split("/");
  if (parts.length <= 2 && parts.every((part) => name.test(part) && part.length <= 63) && (parts.length === 2 || id === "platform"))
    return parts.join("--");
  throw new InvalidRequest(
    text(
      `“${id}”不是系统：要 <单位>/<系统> 或 platform；npm run state -- list 列出全部状态`,
      `Cannot take "${id}" for a system: wanted <bureau>/<system> or platform; npm run state -- list shows every state`,
    ),
  );
}

async function unknownState(index: StateIndex, id: string): Promise<InvalidRequest> {
  const known = (await index.list()).map(({ stack }) => stack.replace("--", "/"));
  const meant = didYouMean(id, known);
  return new InvalidRequest(
    text(
      `没有 ${id} 的状态${meant === undefined ? "" : `；是不是 ${meant}`}；npm run state -- list 列出全部状态`,
      `Cannot find a state of ${id}${meant === undefined ? "" : `; did you mean ${meant}`}; npm run state -- list shows every state`,
    ),
  );
}
