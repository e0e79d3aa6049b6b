import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Version that is built where the machine brings no engine. */
const OPENTOFU = "v1.12.6";
const MODULE = "github.com/opentofu/opentofu";

/**
 * An engine for the tests: the one that PATH has, else OpenTofu from the Go module proxy, built once and kept outside the checkout; else the
 * reason why there is none.
 */
export function provideEngine():
  | { readonly path: string; readonly reason?: never }
  | { readonly path?: undefined; readonly reason: string } {
  for (const name of ["tofu", "terraform"]) {
    const { status, stdout } = spawnSync("sh", ["-c", `command -v ${name}`], { encoding: "utf8" });
    if (status === 0) return { path: stdout.trim() };
  }
  const cache = join(process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache"), "govcloud-test", `opentofu-${OPENTOFU}`);
  const path = join(cache, "tofu");
  if (existsSync(path)) return { path };
  if (spawnSync("go", ["version"]).status !== 0) return { reason: "neither tofu, terraform nor go is on PATH" };
  return build(cache) ?? (existsSync(path) ? { path } : { reason: `${MODULE} ${OPENTOFU} could not be built` });
}

/** `go install` refuses a module with replace lines, so a module of our own repeats them. */
function build(cache: string): { readonly reason: string } | undefined {
  const work = `${cache}.${process.pid}`;
  mkdirSync(work, { recursive: true });
  try {
    const go = (...args: string[]) =>
      spawnSync("go", args, {
        cwd: work,
        encoding: "utf8",
        env: { ...process.env, GOFLAGS: "-mod=mod", CGO_ENABLED: "0" },
        timeout: 30 * 60_000,
      });
    const found = go("mod", "download", "-json", `${MODULE}@${OPENTOFU}`);
    if (found.status !== 0) return { reason: `the Go module proxy does not give ${MODULE}: ${found.stderr.trim().slice(0, 200)}` };
    const { GoMod } = JSON.parse(found.stdout) as { GoMod: string };
    const described = JSON.parse(go("mod", "edit", "-json", GoMod).stdout) as {
      Go: string;
      Replace?: { Old: { Path: string; Version?: string }; New: { Path: string; Version?: string } }[];
    };
    const side = ({ Path, Version }: { Path: string; Version?: string }) => [Path, Version].filter(Boolean).join(" ");
    const replaces = (described.Replace ?? []).map((each) => `replace ${side(each.Old)} => ${side(each.New)}`);
    writeFileSync(
      join(work, "go.mod"),
      ["module engine", `go ${described.Go}`, `require ${MODULE} ${OPENTOFU}`, ...replaces, ""].join("\n"),
    );
    writeFileSync(join(work, "tools.go"), `//go:build tools\n\npackage tools\n\nimport _ "${MODULE}/cmd/tofu"\n`);
    const built = go("build", "-trimpath", "-ldflags", `-X ${MODULE}/version.dev=no`, "-o", "tofu", `${MODULE}/cmd/tofu`);
    if (built.status !== 0) return { reason: `${MODULE} does not build: ${built.stderr.trim().slice(-300)}` };
    mkdirSync(cache, { recursive: true });
    renameSync(join(work, "tofu"), join(cache, "tofu"));
    return undefined;
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
