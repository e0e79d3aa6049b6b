// Generates providers/openstack/lib from the committed schema of the provider, one module a resource type, and compiles it.
// Plain JavaScript, because it makes what the TypeScript sources import.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

// The generator looks for a terraform binary and reports its own use when it is loaded: the set-up wants neither.
process.env.TERRAFORM_BINARY_NAME ??= "true";
process.env.CHECKPOINT_DISABLE = "1";
const require = createRequire(import.meta.url);
const { TerraformProviderGenerator } = require("@cdktn/provider-generator");
const { CodeMaker } = require("codemaker");

const workspace = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "providers", "openstack");
const lib = join(workspace, "lib");
const work = mkdtempSync(join(workspace, ".generating-"));
try {
  const maker = new CodeMaker();
  const schema = JSON.parse(readFileSync(join(workspace, "schema.json"), "utf8"));
  new TerraformProviderGenerator(maker, schema).generateAll();
  await maker.save(join(work, "ts"));

  const generated = join(work, "ts", "providers", "openstack");
  // The barrels load every type (0.5 s); the project imports modules singly.
  for (const barrel of ["index.ts", "lazy-index.ts"]) rmSync(join(generated, barrel), { force: true });
  for (const entry of readdirSync(generated, { recursive: true, withFileTypes: true })) {
    if (!entry.name.endsWith(".ts")) continue;
    const file = join(entry.parentPath, entry.name);
    // The generator imports 'cdktn'. The project knows that package by the name 'cdktf'; two names would load two copies.
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("from 'cdktn'", "from 'cdktf'"));
  }
  writeFileSync(
    join(work, "tsconfig.json"),
    JSON.stringify({
      compilerOptions: {
        target: "es2022",
        module: "commonjs",
        moduleResolution: "bundler",
        declaration: true,
        skipLibCheck: true,
        outDir: join(work, "lib"),
        rootDir: generated,
        types: [],
      },
      include: [`${generated}/**/*.ts`],
    }),
  );
  const tsc = spawnSync(
    process.execPath,
    [require.resolve("typescript/package.json").replace(/package\.json$/, "bin/tsc"), "-p", join(work, "tsconfig.json")],
    { encoding: "utf8" },
  );
  if (tsc.status !== 0) throw new Error(`the generated bindings do not compile:\n${tsc.stdout}${tsc.stderr}`);

  rmSync(lib, { recursive: true, force: true });
  mkdirSync(dirname(lib), { recursive: true });
  renameSync(join(work, "lib"), lib);
  // CommonJS, like cdktf itself, whatever the package around it says.
  writeFileSync(join(lib, "package.json"), JSON.stringify({ type: "commonjs" }));
  if (!existsSync(join(lib, "provider", "index.js"))) throw new Error("the generator left no provider module");
} finally {
  rmSync(work, { recursive: true, force: true });
}
