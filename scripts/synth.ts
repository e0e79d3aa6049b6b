import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { counted, text } from "../catalog/text.ts";
import { synthesise } from "../stacks/build-app.ts";
import type { CommandDefinition } from "./command.ts";
import { composeApp } from "./compose-app.ts";
import { addTreeOptions, headTree, REPOSITORY, readDay, type TreeOptions, userPath } from "./options.ts";
import { writeResult } from "./output.ts";
import { readRequest } from "./plan/read-request.ts";
import { terminalSafe } from "./render/escape.ts";

export const command: CommandDefinition = {
  name: "synth",
  summary:
    "合成：把申请变成 Terraform 配置；被拒绝的不写出 / Synthesise the Terraform configuration of every stack; refused ones are not written",
  examples: ["npm run synth", "npm run synth -- --out /tmp/stacks", "npm run synth -- --tree ../request"],
  configure: (parser) => {
    addTreeOptions(parser).option("--out <folder>", "写到哪个目录 / folder to write to", "cdktf.out");
  },
  run,
};

/** Writes `stacks/<name>/cdk.tf.json` for every stack and a manifest that the CDKTF command line reads; all or nothing. */
function run(options: TreeOptions & { readonly out: string }): number {
  const out = userPath(options.out);
  refuseForeignFolder(out);
  const { stacks } = composeApp(readRequest(headTree(options), { program: REPOSITORY }), readDay(options.at));
  const refused = [...stacks.values()].flatMap((stack) => stack.node.validate());
  if (refused.length > 0) {
    const heading =
      options.lang === "zh"
        ? "✘ 拒绝：有强制策略未通过，没有写出任何文件"
        : "✘ REFUSED: mandatory policies are violated; nothing was written";
    process.stderr.write(`${[heading, ...refused.map((each) => `  ${terminalSafe(each)}`)].join("\n")}\n`);
    return 2;
  }
  const draft = draftBeside(out);
  try {
    const manifest: Record<string, object> = {};
    for (const stack of stacks.values()) {
      const name = stack.node.id;
      const folder = `stacks/${name}`;
      const json = `${JSON.stringify(synthesise(stack), null, 2)}\n`;
      mkdirSync(join(draft, folder), { recursive: true });
      writeFileSync(join(draft, folder, "cdk.tf.json"), json);
      manifest[name] = {
        name,
        constructPath: name,
        synthesizedStackPath: `${folder}/cdk.tf.json`,
        workingDirectory: folder,
        annotations: [],
        dependencies: [],
        sha256: createHash("sha256").update(json).digest("hex"),
      };
    }
    writeFileSync(join(draft, "manifest.json"), `${JSON.stringify({ version: "1", stacks: manifest }, null, 2)}\n`);
    rmSync(out, { recursive: true, force: true });
    renameSync(draft, out);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
  writeResult(
    options.lang === "zh" ? `已合成 ${stacks.size} 个栈到 ${out}\n` : `Synthesised ${counted(stacks.size, "stack")} to ${out}\n`,
    undefined,
  );
  return 0;
}

/** What stands there is replaced as a whole, so it has to be an earlier synthesis and nothing else: a Terraform state beside a
 * configuration is somebody's cloud. */
function refuseForeignFolder(out: string): void {
  const status = statSync(out, { throwIfNoEntry: false });
  if (status === undefined) return;
  if (!status.isDirectory())
    throw new InvalidRequest(text(`${out} 是文件，不是目录`, `Cannot write to ${out}: it is a file, wanted a folder`));
  const entries = readdirSync(out, { recursive: true, encoding: "utf8" });
  const foreign = entries.find((entry) => !/^(manifest\.json|stacks([\\/][a-z0-9-]+([\\/]cdk\.tf\.json)?)?)$/.test(entry));
  if (foreign === undefined && (entries.length === 0 || isManifest(join(out, "manifest.json")))) return;
  throw new InvalidRequest(
    text(
      `不覆盖 ${out}：它不是以前合成的目录${foreign === undefined ? "" : `（里面有 ${foreign}）`}`,
      `Cannot write to ${out}: it holds something else than an earlier synthesis${foreign === undefined ? "" : ` (${foreign})`}; choose an empty or new folder`,
    ),
  );
}

/** A manifest as this command or the CDKTF command line writes it: stacks, each with the path of its configuration. */
function isManifest(path: string): boolean {
  try {
    const { stacks } = JSON.parse(readFileSync(path, "utf8")) as { stacks?: Record<string, { synthesizedStackPath?: unknown }> };
    return (
      Object.values(stacks ?? {}).length > 0 &&
      Object.values(stacks ?? {}).every(({ synthesizedStackPath }) => typeof synthesizedStackPath === "string")
    );
  } catch {
    return false;
  }
}

/** A folder beside the wanted one, to be filled and then put in its place. */
function draftBeside(out: string): string {
  try {
    mkdirSync(dirname(out), { recursive: true });
    return mkdtempSync(join(dirname(out), `.${basename(out)}-`));
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new InvalidRequest(text(`不能写入 ${out}：${cause}`, `Cannot write to ${out}: ${cause}`));
  }
}
