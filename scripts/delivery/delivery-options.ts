import type { Command } from "commander";
import { runGit } from "../../catalog/source/git.ts";
import { set } from "../forge/ci-variables.ts";
import { type TreeOptions, treeFolder, userPath } from "../options.ts";
import { recordCommand } from "./record-command.ts";
import { recordFile } from "./record-file.ts";

export interface DeliveryOptions extends TreeOptions {
  readonly deliveries?: string;
}

/** Takes one line of JSON; throws where it could not keep it. */
export type Keep = (line: string) => void;

export function addDeliveryOptions(command: Command): Command {
  return command.option(
    "--deliveries <file>",
    "把交付记录追加到这个文件，一行一条 JSON / file to append the records of delivery to, a line of JSON each",
  );
}

/** Where records go: the file of the options, the command of GOVCLOUD_RECORD, both, or nowhere. Throws InvalidRequest where one cannot work. */
export function keepers({ deliveries }: DeliveryOptions, environment: NodeJS.ProcessEnv): readonly Keep[] {
  const command = environment["GOVCLOUD_RECORD"] ?? "";
  return [
    ...(deliveries === undefined ? [] : [recordFile(userPath(deliveries))]),
    ...(command.trim() === "" ? [] : [recordCommand(command)]),
  ];
}

/** The commit that an apply is for: CI's, else that of the tree's repository; null where neither tells. */
export function commitOf(options: DeliveryOptions, environment: NodeJS.ProcessEnv): string | null {
  const told = set(environment, "CI_COMMIT_SHA") ?? set(environment, "GITHUB_SHA") ?? headOf(treeFolder(options));
  return told !== undefined && /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(told) ? told : null;
}

function headOf(folder: string): string | undefined {
  const found = runGit(folder, ["rev-parse", "HEAD"]);
  return found.kind === "done" ? found.output.toString("utf8").trim() : undefined;
}
