import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { InvalidRequest } from "../catalog/source/diagnostic.ts";
import { text } from "../catalog/text.ts";
import { synthesise } from "../stacks/build-app.ts";
import type { CommandDefinition } from "./command.ts";
import { composeApp } from "./compose-app.ts";
import { addTreeOptions, readDay, readHead, type TreeOptions, userPath } from "./options.ts";
import { writeResult } from "./output.ts";

export const command: CommandDefinition = {
  name: "synth",
  summary: "合成：把申请变成 Terraform 配置 / Synthesise the Terraform configuration of every stack",
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
  const { stacks } = composeApp(readHead(options), readDay(options.at));
  mkdirSync(dirname(out), { recursive: true });
  const draft = mkdtempSync(join(dirname(out), `.${basename(out)}-`));
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
  writeResult(options.lang === "zh" ? `已合成 ${stacks.size} 个栈到 ${out}\n` : `Synthesised ${stacks.size} stacks to ${out}\n`, undefined);
  return 0;
}

/** What stands there is replaced as a whole, so it has to be an earlier synthesis. */
function refuseForeignFolder(out: string): void {
  if (!existsSync(out) || existsSync(join(out, "manifest.json")) || readdirSync(out).length === 0) return;
  throw new InvalidRequest(
    text(
      `不覆盖 ${out}：它不是以前合成的目录`,
      `Cannot write to ${out}: it holds something else than an earlier synthesis; choose an empty or new folder`,
    ),
  );
}
