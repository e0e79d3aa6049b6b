import { expect, test } from "vitest";
import { govcloud } from "../run.ts";

// Commander's sentences are its own: each row runs the program, so that a later Commander's words are noticed.
test.each([
  { args: ["plan", "--onlin"], zh: "没有选项 --onlin；是不是 --online", en: "unknown option '--onlin'; did you mean --online" },
  { args: ["plan", "--\u001b[31mbogus"], zh: "没有选项 --�[31mbogus", en: "unknown option '--�[31mbogus'" },
  { args: ["paln"], zh: "没有命令 paln；是不是 plan", en: "unknown command 'paln'; did you mean plan" },
  { args: ["judge"], zh: "缺少参数 <plan.json>", en: "missing required argument 'plan.json'" },
  { args: ["judge", "--at"], zh: "选项 --at <date> 后面缺少值", en: "option '--at <date>' argument missing" },
  {
    args: ["state", "drop"],
    zh: "参数 <action> 不能写“drop”：可以写 list、show、unlock、move、restore",
    en: "command-argument value 'drop' is invalid for argument 'action': wanted one of list, show, unlock, move, restore",
  },
  {
    args: ["plan", "--lang", "de"],
    zh: "选项 --lang <language> 不能写“de”：可以写 zh、en",
    en: "option '--lang <language>' argument 'de' is invalid: wanted one of zh, en",
  },
  {
    args: ["plan", "--time-limit", "0"],
    zh: "选项 --time-limit <minutes> 不能写“0”：要分钟数，大于 0，最多 1440",
    en: "option '--time-limit <minutes>' argument '0' is invalid: wanted minutes, more than 0, at most 1440",
  },
  {
    args: ["plan", "a", "b"],
    zh: "参数太多：要 0 个，给了 2 个（a, b）",
    en: "too many arguments for 'plan'. Expected 0 arguments but got 2: a, b.",
  },
])("$en", ({ args, zh, en }) => {
  const told = (language: string) => {
    const { code, stdout, stderr } = govcloud(args, { env: { LANG: language } });
    return { code, stdout, stderr };
  };
  expect(told("zh_CN.UTF-8")).toEqual({ code: 3, stdout: "", stderr: `${zh}\n（--help 查看用法）\n` });
  expect(told("C")).toEqual({ code: 3, stdout: "", stderr: `Cannot run the command: ${en}\n(--help shows how)\n` });
});
