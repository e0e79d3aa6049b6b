import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
export const READMES = ["README.md", "README.zh-CN.md"] as const;

/** A README with every block behind `<!-- output of: ARGUMENTS -->` replaced by what `govcloud ARGUMENTS` prints. */
export function withRealOutputs(readme: string): string {
  return readme.replace(/<!-- output of: (.+) -->\n```text\n[\s\S]*?```/g, (_, words: string) => {
    const { stdout } = spawnSync(process.execPath, ["scripts/govcloud.ts", ...words.split(" ")], {
      cwd: ROOT,
      encoding: "utf8",
      env: { ...process.env, NO_COLOR: "1" },
    });
    // A fingerprint names this program's code too, which no README keeps up with.
    return `<!-- output of: ${words} -->\n\`\`\`text\n${stdout.replace(/sha256:[0-9a-f]{64}/g, "sha256:…")}\`\`\``;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const name of READMES) writeFileSync(`${ROOT}/${name}`, withRealOutputs(readFileSync(`${ROOT}/${name}`, "utf8")));
}
