import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BARE, type HostileInput, SYSTEM, TENANT, WAIVERS } from "../input.ts";

const at = (path: string, name: string, file: HostileInput["files"][string] = BARE): HostileInput => ({
  name: `names: ${name}`,
  files: { [path]: file },
});
const onDisk = (name: string, work: (folder: string) => void, files: HostileInput["files"] = {}): HostileInput => ({
  name: `disk: ${name}`,
  files,
  onDisk: work,
});
/** Moves what stands at a path out of the tree and leaves a link to it. */
const linked = (path: string) => (folder: string) => {
  const elsewhere = join(folder, `..-${path.replaceAll("/", "-")}`.slice(1));
  renameSync(join(folder, path), elsewhere);
  symlinkSync(elsewhere, join(folder, path));
};
const raw = (folder: string, ...bytes: readonly number[]) =>
  writeFileSync(Buffer.concat([Buffer.from(`${folder}/stacks/tenants/a/`), Buffer.from(bytes), Buffer.from(".yaml")]), BARE);

/** Names and kinds of files, in memory (as in a commit) and on a disk. */
export const nameInputs: readonly HostileInput[] = [
  at("stacks/tenants/a/S.yaml", "a capital"),
  at("stacks/tenants/A/s.yaml", "a bureau in capitals beside one in small letters"),
  at("stacks/tenants/a/s.YAML", "an ending in capitals"),
  at("stacks/tenants/a/s.yml", "another ending"),
  at("stacks/tenants/a/s.json", "JSON"),
  at("stacks/tenants/a/s", "no ending"),
  at("stacks/tenants/a/.yaml", "an ending alone"),
  at("stacks/tenants/a/.hidden.yaml", "a hidden file"),
  at("stacks/tenants/.git/config.yaml", "a hidden folder"),
  at("stacks/tenants/a/-s.yaml", "a hyphen first, as of an option"),
  at("stacks/tenants/a/--output=x.yaml", "an option of git"),
  at("stacks/tenants/a/s-.yaml", "a hyphen last"),
  at("stacks/tenants/a/s--t.yaml", "two hyphens"),
  at("stacks/tenants/a/1s.yaml", "a digit first"),
  at(`stacks/tenants/a/${"s".repeat(31)}.yaml`, "31 letters"),
  at("stacks/tenants/a/s t.yaml", "a blank"),
  at("stacks/tenants/a/s\nt.yaml", "a line feed"),
  at("stacks/tenants/a/s\u001b[31m.yaml", "a terminal escape"),
  at("stacks/tenants/a/s\u202elmay.yaml", "an override"),
  at("stacks/tenants/a/s\u200b.yaml", "a zero-width space"),
  at("stacks/tenants/a/\u0455.yaml", "a Cyrillic letter that looks like s"),
  at("stacks/tenants/a/ｓ.yaml", "a full-width letter"),
  at("stacks/tenants/a/社会保险.yaml", "Chinese"),
  at('stacks/tenants/a/"s".yaml', "quotation marks"),
  at("stacks/tenants/a/$(id).yaml", "a command of the shell"),
  at("stacks/tenants/a/${path.root}.yaml", "a template of Terraform"),
  at("stacks/tenants/a/s|t.yaml", "a pipe"),
  at("stacks/tenants/a/<img src=x>.yaml", "HTML"),
  at("stacks/tenants/a/::error::x.yaml", "a command of GitHub's runner"),
  at("stacks/tenants/a\\b/s.yaml", "a backslash"),
  at("stacks/tenants/a/../b/s.yaml", "a way up"),
  at("stacks/tenants/s.yaml", "no bureau"),
  at("stacks/tenants/a/b/s.yaml", "a folder too deep"),
  at("stacks/tenants/b/s.yaml", "a bureau without its file"),
  at("stacks/tenants/b/waivers.yaml", "waivers of a bureau without its file", "waivers: []\n"),
  at("stacks/Tenants/a/s.yaml", "a look-alike of the folder of the declarations"),
  at("catalog/Pools.yaml", "a file of the catalogue in capitals beside the real one", "pools: {}\n"),
  at("catalog/price-books/2026-01-01.yml", "a price book that nobody would read", ""),
  at("catalog/contracts/\u202e.yaml", "an override in a name of the catalogue", ""),
  at("stacks/tenants", "a file in the place of the folder of the declarations", ""),
  at(SYSTEM, "a submodule", { irregular: "submodule" }),
  at(WAIVERS, "waivers that are a link", { irregular: "symbolic link" }),
  at("catalog/notes.txt", "a link that nobody would read", { irregular: "symbolic link" }),
  { name: "names: the catalogue without its pools", files: { "catalog/pools.yaml": undefined } },
  onDisk("a link to a file outside", (folder) => symlinkSync("/etc/passwd", join(folder, SYSTEM))),
  onDisk("a link to nothing", (folder) => symlinkSync("nowhere", join(folder, SYSTEM))),
  onDisk("a link to itself", (folder) => symlinkSync("s.yaml", join(folder, SYSTEM))),
  onDisk("a link to a device that never ends", (folder) => symlinkSync("/dev/zero", join(folder, SYSTEM))),
  onDisk("a link to a good file of the tree", (folder) => symlinkSync("t.yaml", join(folder, SYSTEM)), { "stacks/tenants/a/t.yaml": BARE }),
  onDisk("a link in the place of a bureau", linked("stacks/tenants/a")),
  onDisk("a link to a folder above, round and round", (folder) => symlinkSync("..", join(folder, "stacks/tenants/a/b"))),
  onDisk("a link in the place of stacks", linked("stacks")),
  onDisk("a link in the place of stacks/tenants", linked("stacks/tenants")),
  onDisk("a link in the place of a bureau's file", linked(TENANT)),
  onDisk("a link in the place of waivers", (folder) => symlinkSync("tenant.yaml", join(folder, WAIVERS))),
  onDisk("a link in the place of a file of the catalogue", linked("catalog/pools.yaml")),
  onDisk("a link in the place of the price books", linked("catalog/price-books")),
  onDisk("a link in the place of the catalogue", linked("catalog")),
  onDisk("a named pipe", (folder) => execFileSync("mkfifo", [join(folder, SYSTEM)])),
  onDisk("a named pipe in the place of waivers", (folder) => execFileSync("mkfifo", [join(folder, WAIVERS)])),
  onDisk("a file of the catalogue that nothing reads", (folder) => writeFileSync(join(folder, "catalog/notes.yaml"), "a: b\n")),
  onDisk("a socket", (folder) => {
    // The file stays after the process that made it.
    const listen = `require("net").createServer().listen(${JSON.stringify(join(folder, SYSTEM))}, () => process.kill(process.pid, "SIGKILL"))`;
    spawnSync(process.execPath, ["-e", listen]);
  }),
  onDisk("a folder that is called as a file", (folder) => mkdirSync(join(folder, SYSTEM))),
  onDisk("a folder in the place of the catalogue's pools", (folder) => {
    unlinkSync(join(folder, "catalog/pools.yaml"));
    mkdirSync(join(folder, "catalog/pools.yaml"));
  }),
  onDisk("a folder in the place of Annex 1", (folder) => {
    unlinkSync(join(folder, "catalog/annex-1.yaml"));
    mkdirSync(join(folder, "catalog/annex-1.yaml"));
  }),
  onDisk("a name that is no UTF-8", (folder) => raw(folder, 0xff, 0x78)),
  onDisk("a name in GBK", (folder) => raw(folder, 0xc9, 0xe7)),
  onDisk("a name with a line feed", (folder) => writeFileSync(join(folder, "stacks/tenants/a/s\nt.yaml"), BARE)),
  onDisk("a look-alike of the folder of the declarations", (folder) => mkdirSync(join(folder, "stacks/TENANTS"))),
  onDisk("no declarations but a file in their place", (folder) => {
    rmSync(join(folder, "stacks"), { recursive: true });
    writeFileSync(join(folder, "stacks"), "");
  }),
];
