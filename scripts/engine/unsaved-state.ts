import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "../../catalog/text.ts";
import { readState } from "../state/read-state.ts";
import { EngineFailure } from "./engine-failure.ts";
import { windingDownFolder } from "./working-folder.ts";

/** Where the engine leaves a state that it could not write to its store. */
const LEFT = "errored.tfstate";

/**
 * An apply whose state reached no store (a full disk, a store that went away): what it made is known from a file of the stack's folder alone, and a plan
 * that does not know it would make all of it again. Undefined where none was left.
 */
export function unsavedState(stack: string, folder: string, details = ""): EngineFailure | undefined {
  const file = [folder, windingDownFolder(folder).path].map((path) => join(path, LEFT)).find((path) => existsSync(path));
  if (file === undefined) return undefined;
  const system = stack.replace("--", "/");
  const isWhole = readState(readFileSync(file, "utf8")).kind !== "unreadable";
  return new EngineFailure(
    "unsaved-state",
    text(
      `${stack}：做过的事没能写进状态库，引擎把状态留在 ${file}${isWhole ? "" : "，也没有写完"}`,
      `${stack}: what was done could not be written to the store of the state; the engine left the state in ${file}${isWhole ? "" : ", cut off too"}`,
    ),
    {
      details,
      remedy: isWhole
        ? text(
            `留好这个文件；腾出磁盘空间或等状态库恢复，运行 npm run state -- restore ${system} ${file}，然后才可重新计划，否则已建成的会再建一遍`,
            `keep that file; free some disk space or wait for the store to be back, run npm run state -- restore ${system} ${file}, and only then plan again, or what was made is made twice`,
          )
        : text(
            `腾出磁盘空间；用 npm run drift -- --system ${system} 找出云上有而状态里没有的，移走或导入（引擎的 import），并用备份恢复状态，然后才可重新计划`,
            `free some disk space; npm run drift -- --system ${system} finds what is in the cloud and in no state: remove it or take it in (the engine's import), put a backup of the state back, and only then plan again`,
          ),
    },
  );
}
