import { $ } from "zx";
import { text } from "../../catalog/text.ts";
import type { MachineCheck } from "./check.ts";

/** Git, which reads the revision that a request is compared with. */
export const checkGit: MachineCheck = async ({ environment }) => {
  const { exitCode, stdout } = await $({
    nothrow: true,
    quiet: true,
    timeout: 20_000,
    env: { PATH: environment["PATH"] ?? "" },
    stdio: ["ignore", "pipe", "pipe"],
  })`git --version`;
  const version = /git version (\S+)/.exec(stdout)?.[1];
  return exitCode === 0 && version !== undefined
    ? [{ id: "git", result: "ok", message: text(`Git ${version}`, `Git ${version}`) }]
    : [
        {
          id: "git",
          result: "failed",
          message: text("PATH 里没有 git", "Cannot find git on PATH"),
          remedy: text(
            "安装 git；没有它就不能与 --base 的版本比较",
            "install git: without it nothing can be compared with a --base revision",
          ),
        },
      ];
};
