#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { fileURLToPath } from "node:url";
import { Command, CommanderError } from "commander";
import { InvalidInput, InvalidRequest } from "../catalog/source/diagnostic.ts";
import type { Lang } from "../catalog/text.ts";
import type { CommandDefinition } from "./command.ts";
import { languageOf } from "./options.ts";
import { PROGRAM_VERSION } from "./version.ts";

/** Every command by name; a command's modules are loaded only when it is called. */
export const COMMANDS: Readonly<Record<string, () => Promise<{ readonly command: CommandDefinition }>>> = {
  plan: () => import("./plan.ts"),
  check: () => import("./check.ts"),
  synth: () => import("./synth.ts"),
  catalog: () => import("./catalog.ts"),
  explain: () => import("./explain.ts"),
  judge: () => import("./judge.ts"),
  affected: () => import("./affected.ts"),
  approve: () => import("./approve.ts"),
  apply: () => import("./apply.ts"),
  state: () => import("./state.ts"),
  drift: () => import("./drift.ts"),
  doctor: () => import("./doctor.ts"),
  comment: () => import("./comment.ts"),
  "right-size": () => import("./right-size.ts"),
};

/** Exit codes of every command. */
const EXIT = { fine: 0, failed: 1, refused: 2, invalid: 3 } as const;

const EXIT_WORDS = `
退出码 / Exit codes:
  0 正常 / fine · 1 程序出错 / the program failed · 2 被策略或价格拒绝 / refused by policy or price · 3 申请无效 / the request is invalid
`;

/** Runs one command and returns the exit code; results go to standard output, all else to standard error. */
async function main(args: readonly string[]): Promise<number> {
  const program = new Command("govcloud")
    .description("政务云即代码：申请、计价、审核 / The government cloud as code: declare, price, judge")
    .version(PROGRAM_VERSION, "-V, --version", "显示版本 / show the version")
    .helpOption("-h, --help", "显示用法 / show this help")
    .helpCommand("help [command]", "显示一个命令的用法 / show how to use a command")
    .exitOverride()
    // A wrong call is told once, by report(), in the reader's language.
    .configureOutput({ writeErr: (words) => process.stderr.write(words), outputError: () => {} });
  let code: number = EXIT.fine;
  const [wanted = ""] = args;
  const loaders = Object.hasOwn(COMMANDS, wanted) ? [COMMANDS[wanted]] : Object.values(COMMANDS);
  for (const loader of loaders) {
    if (loader === undefined) continue;
    const { command: define } = await loader();
    const command = program.command(define.name);
    command.description(define.summary).exitOverride();
    define.configure(command);
    command.helpOption("-h, --help", "显示用法 / show this help");
    command.addHelpText("after", EXIT_WORDS);
    command.addHelpText("after", `例 / Examples:\n${define.examples.map((example) => `  ${example}`).join("\n")}\n`);
    command.action(async (...parameters: unknown[]) => {
      // Commander passes the arguments, then the options, then the command itself.
      const operands = parameters.slice(0, -2).flat() as string[];
      code = await define.run(command.opts() as never, operands);
    });
  }
  try {
    await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    return await report(error, langOf(args));
  }
}

/** The language of error messages, also where the options could not be parsed. */
function langOf(args: readonly string[]): Lang {
  const given = args[args.indexOf("--lang") + 1];
  return args.includes("--lang") && (given === "zh" || given === "en")
    ? given
    : args.includes("--lang=zh")
      ? "zh"
      : args.includes("--lang=en")
        ? "en"
        : languageOf(process.env);
}

async function report(error: unknown, lang: Lang): Promise<number> {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.fine;
    // Called without a command, the whole help is shown already.
    if (error.code === "commander.help") return EXIT.invalid;
    const { renderUsageError } = await import("./render/usage-error.ts");
    process.stderr.write(renderUsageError(error, lang));
    return EXIT.invalid;
  }
  if (error instanceof InvalidInput || error instanceof InvalidRequest) {
    const { renderInvalid } = await import("./render/diagnostics.ts");
    const { paintFor } = await import("./render/style.ts");
    process.stderr.write(renderInvalid(error, lang, paintFor(process.stderr)));
    return EXIT.invalid;
  }
  const { EngineFailure } = await import("./engine/engine-failure.ts");
  const { UsageFailure } = await import("./usage/usage-failure.ts");
  if (error instanceof EngineFailure || error instanceof UsageFailure) {
    const { renderEngineFailure } = await import("./render/engine-failure.ts");
    process.stderr.write(renderEngineFailure(error, lang));
    return EXIT.failed;
  }
  const { ForgeFailure } = await import("./forge/forge-failure.ts");
  if (error instanceof ForgeFailure) {
    const { renderEngineFailure } = await import("./render/engine-failure.ts");
    process.stderr.write(renderEngineFailure({ summary: error.summary, remedy: error.remedy, details: "" }, lang));
    return EXIT.failed;
  }
  const { terminalSafe } = await import("./render/escape.ts");
  const cause = error instanceof Error ? (process.env["GOVCLOUD_DEBUG"] ? (error.stack ?? error.message) : error.message) : String(error);
  const words = cause.split("\n").map(terminalSafe).join("\n");
  process.stderr.write(`${lang === "zh" ? "程序内部错误（不是申请的问题）" : "Internal failure (not the request's fault)"}: ${words}\n`);
  process.stderr.write(
    lang === "zh"
      ? "设 GOVCLOUD_DEBUG=1 可看调用栈；请把它报告给平台工程师。\n"
      : "GOVCLOUD_DEBUG=1 shows the stack; report it to the platform's engineers.\n",
  );
  return EXIT.failed;
}

// A reader that went away, such as `head`, is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

if (import.meta.main) {
  // Commands load hundreds of modules: kept compiled beside the packages, where nobody else writes. Where it cannot be kept, nothing is.
  enableCompileCache(fileURLToPath(new URL("../node_modules/.cache/govcloud", import.meta.url)));
  process.exitCode = await main(process.argv.slice(2));
}
