import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readDay } from "../../catalog/day.ts";
import { InvalidInput, InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { readDirectoryTree, type Tree } from "../../catalog/source/tree.ts";
import { buildPlan } from "../../scripts/plan/build-plan.ts";
import { readRequest } from "../../scripts/plan/read-request.ts";
import { findingsReport } from "../../scripts/render/findings-report.ts";
import { ROOT } from "../scripts/run.ts";
import { type FileOf, treeWith } from "../tree.ts";
import { BUREAU, type HostileInput } from "./input.ts";

/** What the program says of an input: the exit code, and where and why; `accepted` where nothing refuses it. */
export function judge(input: HostileInput): string {
  const files = { ...BUREAU, ...input.files };
  if (input.onDisk === undefined) return refusalOf(() => treeWith(files));
  return inFolder(files, (folder) => {
    input.onDisk?.(folder);
    return refusalOf(() => readDirectoryTree(folder, "tree")).replaceAll(folder, "tree");
  });
}

/** Does some work in a folder that holds these files and a valid catalogue. */
export function inFolder<Result>(files: Readonly<Record<string, FileOf>>, work: (folder: string) => Result): Result {
  const scratch = mkdtempSync(join(tmpdir(), "govcloud-hostile-"));
  const folder = join(scratch, "tree");
  try {
    for (const [path, entry] of treeWith(files).entries) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      if (entry.kind === "file") writeFileSync(join(folder, path), entry.bytes());
    }
    return work(folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function refusalOf(read: () => Tree): string {
  try {
    const authors = [{ name: "author", email: "security-officer@bigdata.example.org" }];
    const { head, waivers } = readRequest(read(), { program: ROOT, authorsOf: () => authors });
    const plan = buildPlan(head, { at: readDay("2026-01-15"), base: undefined, waivers });
    if (plan.verdict === "accepted") return "accepted";
    const suites = findingsReport(plan, { command: "check", lang: "en", selection: undefined }).suites;
    const found = suites.flatMap(({ findings }) => findings).filter(({ level, waiver }) => level === "mandatory" && waiver === null);
    return told(
      2,
      found.map(({ location, policy, message }) => `${location.file}:${location.line}:${location.column} ${policy}: ${message}`),
    );
  } catch (error) {
    if (error instanceof InvalidInput) {
      return told(
        3,
        error.diagnostics.map(({ file, range, code, message }) => `${file}:${range.line}:${range.column} ${code}: ${message.en}`),
      );
    }
    if (error instanceof InvalidRequest) return told(3, [error.message]);
    throw error;
  }
}

/** The first reason on one line of visible characters, and how many more there are. */
function told(exitCode: number, [first = "", ...more]: readonly string[]): string {
  const visible = first.replace(/[^\p{L}\p{N}\p{P}\p{S} ]|[\u2800\ufffd]|\p{M}/gu, (each) => `<${each.codePointAt(0)?.toString(16)}>`);
  const cut = visible.length > 260 ? `${visible.slice(0, 260)}…` : visible;
  return `${exitCode} ${cut}${more.length === 0 ? "" : ` (+${more.length})`}`;
}
