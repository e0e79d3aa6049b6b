#!/usr/bin/env node
// Makes a fresh clone ready: installs the dependencies and generates the OpenStack bindings, each only when what it is made from has changed.
// Plain JavaScript, because it runs on the machine's own Node (20 or later), before Node 24 and the dependencies are there.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const at = (...parts) => join(root, ...parts);

/** Node 24 as installed, or the machine's own where no package of it exists for the platform. */
function node24() {
  const installed = at("node_modules", ".bin", "node");
  if (existsSync(installed)) return installed;
  if (Number(process.versions.node.split(".")[0]) >= 24) return process.execPath;
  process.stderr.write(
    `Cannot go on with Node ${process.versions.node}: there is no Node 24 package for ${process.platform} ${process.arch}; install Node 24 or later.\n`,
  );
  process.exit(1);
}

const steps = [
  {
    title: "Installing the dependencies / 安装依赖",
    madeFrom: ["package-lock.json", "providers/openstack/package.json"],
    stamp: at("node_modules", ".govcloud-installed"),
    // --loglevel=error: on Node 20 npm warns about packages that want Node 24, which this very step installs.
    command: () => ["npm", ["ci", "--loglevel=error", "--include=dev", "--include=optional"]],
  },
  {
    title: "Generating the OpenStack bindings / 生成 OpenStack 绑定",
    madeFrom: ["package-lock.json", "providers/openstack/schema.json", "scripts/setup/generate-openstack-bindings.mjs"],
    // By the name that the program imports it under: the workspace is linked there.
    stamp: at("node_modules", "@cdktf", "provider-openstack", "lib", ".govcloud-generated"),
    command: () => [node24(), [at("scripts", "setup", "generate-openstack-bindings.mjs")]],
  },
];

function fingerprint(files) {
  const hash = createHash("sha256");
  for (const file of files)
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(at(file)))
      .update("\0");
  return hash.digest("hex");
}

/** A runner's image sets up once, for every job: what GOVCLOUD_MODULES names is used where it was made from the very same files. */
function useWhatStands() {
  const folder = process.env.GOVCLOUD_MODULES;
  if (!folder || existsSync(at("node_modules"))) return;
  const stands = (stamp) => join(folder, relative(at("node_modules"), stamp));
  const same = ({ madeFrom, stamp }) => existsSync(stands(stamp)) && readFileSync(stands(stamp), "utf8") === fingerprint(madeFrom);
  if (steps.every(same)) symlinkSync(folder, at("node_modules"), "junction");
}

useWhatStands();
for (const { title, madeFrom, stamp, command } of steps) {
  const wanted = fingerprint(madeFrom);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) continue;
  rmSync(stamp, { force: true });
  process.stderr.write(`${title} …\n`);
  const began = Date.now();
  const [program, args] = command();
  // stdout carries results and nothing else, so what the tools say goes to stderr.
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32" });
  if (error || status !== 0) {
    process.stderr.write(
      `Cannot set up: "${[program, ...args].join(" ")}" failed (${error?.message ?? `exit ${status}`}). Its own message is above.\n`,
    );
    process.exit(1);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  process.stderr.write(`  ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}
