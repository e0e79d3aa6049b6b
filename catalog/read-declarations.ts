import { Decimal } from "decimal.js";
import { byKey } from "./by-key.ts";
import type { Catalogue } from "./catalogue.ts";
import { checkManagedNodes, checkRanges, checkSubnets } from "./check-declarations.ts";
import type { Declaration, Declarations, Tenant } from "./declaration.ts";
import { elsewhere, readSource } from "./read-catalogue.ts";
import { type Diagnostic, diagnoseFile } from "./source/diagnostic.ts";
import { MAX_ERRORS } from "./source/limits.ts";
import type { SourceFile } from "./source/source-file.ts";
import { irregularWords, type Tree } from "./source/tree.ts";
import { clip } from "./source/visible-text.ts";
import { readSystem } from "./system/read-system.ts";
import { type Text, text } from "./text.ts";

const ROOT = "stacks/tenants/";
const NAME = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;
const MAX_NAME = 30;

export interface DeclarationsResult {
  /** What could be read; files with errors are left out. */
  readonly declarations: Declarations;
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads everything declared in a tree; all errors of all files in one go. Nothing is priced or built while there is one. */
export function readDeclarations(tree: Tree, catalogue: Catalogue): DeclarationsResult {
  const diagnostics: Diagnostic[] = [];
  const tenants = new Map<string, Tenant>();
  const systemPaths: { path: string; tenant: string; system: string }[] = [];
  const folders = new Set<string>();
  for (const [path, entry] of tree.entries) {
    // In the place of a folder above the declarations a link or file hides them all, which would read as the removal of every system.
    if (ROOT.startsWith(`${path}/`))
      diagnostics.push(noFolder(path, entry.kind === "irregular" ? irregularWords(entry.what) : text("文件", "file")));
    if (!path.startsWith(ROOT) || path === `${ROOT}README.md`) continue;
    const [folder = "", file, ...deeper] = path.slice(ROOT.length).split("/");
    if (file === undefined || deeper.length > 0 || !file.endsWith(".yaml")) {
      diagnostics.push(misplaced(path));
      continue;
    }
    const name = file.slice(0, -".yaml".length);
    const bad = [folder, name].find((part) => !NAME.test(part) || part.length > MAX_NAME);
    if (bad !== undefined) {
      diagnostics.push(
        diagnoseFile(
          path,
          "bad-name",
          text(
            `目录名或文件名“${clip(bad)}”不合要求：用小写字母开头，只含小写字母、数字和单个连字符，最长 ${MAX_NAME} 个字符`,
            `Cannot accept the name "${clip(bad)}": wanted lower-case letters, digits and single hyphens, beginning with a letter, at most ${MAX_NAME} characters`,
          ),
        ),
      );
      continue;
    }
    folders.add(folder);
    // Waivers are read apart: they need the policies, which the catalogue does not know.
    if (name === "waivers") continue;
    if (name === "tenant") readTenant(tree, path, folder, tenants, diagnostics);
    else systemPaths.push({ path, tenant: folder, system: name });
  }
  for (const folder of folders) {
    if (tree.entries.has(`${ROOT}${folder}/tenant.yaml`)) continue;
    diagnostics.push(
      diagnoseFile(
        `${ROOT}${folder}/tenant.yaml`,
        "missing-file",
        text(`缺少 tenant.yaml：每个单位的目录里要有它，写明单位名称`, `Cannot do without tenant.yaml: it names the bureau of this folder`),
      ),
    );
  }
  checkRanges(tenants, catalogue, diagnostics);

  const systems: Declaration[] = [];
  for (const { path, tenant, system } of systemPaths) {
    const read = readSource(tree, path, "system");
    if (read.kind === "rejected") {
      diagnostics.push(
        ...read.diagnostics,
        ...(read.file === undefined ? [] : furtherErrors(read.file, read.diagnostics, catalogue, tenants.get(tenant))),
      );
      continue;
    }
    const before = diagnostics.length;
    const declaration = readSystem(read.file, { tenant, system }, catalogue, tenants.get(tenant), diagnostics);
    if (diagnostics.length === before && declaration !== undefined) systems.push(declaration);
  }
  systems.sort((a, b) => (a.id < b.id ? -1 : 1));
  checkSubnets(systems, diagnostics);
  checkManagedNodes(systems, diagnostics);
  return { declarations: { tenants: new Map([...tenants].sort(byKey)), systems }, diagnostics };
}

/** Unknown references and contradictions in a file that has other errors too, as far as its broken shape lets them be seen. */
function furtherErrors(file: SourceFile, told: readonly Diagnostic[], catalogue: Catalogue, tenant: Tenant | undefined): Diagnostic[] {
  const found: Diagnostic[] = [];
  try {
    readSystem(file, { tenant: "", system: "" }, catalogue, tenant, found);
  } catch {
    // A value of the wrong kind stands where this reader looks: that error is told already.
  }
  return elsewhere(found.slice(0, MAX_ERRORS), told);
}

function noFolder(path: string, what: Text): Diagnostic {
  return diagnoseFile(
    path,
    "unreadable-file",
    text(`${path} 不是目录（${what.zh}），不予读取`, `Cannot read ${path}: it is a ${what.en}, wanted a folder`),
  );
}

function misplaced(path: string): Diagnostic {
  return diagnoseFile(
    path,
    "misplaced-file",
    text(
      "文件位置或扩展名不对：只接受 stacks/tenants/<单位>/tenant.yaml 和 stacks/tenants/<单位>/<系统>.yaml",
      "Cannot accept a file here: wanted stacks/tenants/<bureau>/tenant.yaml or stacks/tenants/<bureau>/<system>.yaml",
    ),
  );
}

interface TenantFile {
  readonly name: string;
  readonly monthlyBudget?: number | string;
  readonly range?: string;
}

function readTenant(tree: Tree, path: string, id: string, tenants: Map<string, Tenant>, diagnostics: Diagnostic[]): void {
  const read = readSource(tree, path, "tenant");
  if (read.kind === "rejected") {
    diagnostics.push(...read.diagnostics);
    return;
  }
  const { name, monthlyBudget, range } = read.file.value as TenantFile;
  tenants.set(id, {
    id,
    source: read.file,
    name,
    monthlyBudget: monthlyBudget === undefined ? undefined : new Decimal(monthlyBudget),
    range,
  });
}
