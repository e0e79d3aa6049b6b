import { text } from "../text.ts";
import { type Diagnostic, diagnoseFile } from "./diagnostic.ts";
import { type Irregular, irregularWords, type Tree } from "./tree.ts";
import { CONTROL_CHARACTER, clip, codePointName } from "./visible-text.ts";

/**
 * What is wrong with a tree before any of its files is read: anything that is no regular file, names with hidden characters, and names that
 * a computer which ignores case or the composition of letters takes for one another. Also of files that no reader would open.
 */
export function checkTree(tree: Tree): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const known = new Map<string, string>();
  for (const [path, entry] of tree.entries) {
    const hidden = /[\n\t\ufffd]/.exec(path) ?? CONTROL_CHARACTER.exec(path);
    if (hidden !== null) diagnostics.push(hiddenInName(path, hidden[0]));
    if (entry.kind === "irregular") diagnostics.push(noRegularFile(path, entry.what));
    const clash = clashOf(path, known);
    if (entry.kind === "file" && isUnknownCatalogueFile(path)) diagnostics.push(unknownCatalogueFile(path));
    if (clash !== undefined) diagnostics.push(sameButForCase(path, clash));
  }
  return diagnostics;
}

/** Files of the catalogue that a reader opens; another one would be read and searched by nobody. */
const KNOWN_CATALOGUE =
  /^catalog\/(?:(?:annex-[12]|components|flavors|images|pools|usage-queries)|contracts\/[^/]+|price-books\/[^/]+)\.yaml$/;

/** A file that is only spelt wrongly is told as that elsewhere. */
function isUnknownCatalogueFile(path: string): boolean {
  return /^catalog\/.*\.ya?ml$/i.test(path) && !KNOWN_CATALOGUE.test(path.toLowerCase().replace(/\.yml$/, ".yaml"));
}

function unknownCatalogueFile(path: string): Diagnostic {
  const name = clip(path, 100);
  return diagnoseFile(
    path,
    "misplaced-file",
    text(`${name} 不是目录里的文件：没有程序会读它`, `Cannot accept ${name}: it is no file of the catalogue, and nothing would read it`),
  );
}

/** Refuses what stands in the place of a file. */
export function noRegularFile(path: string, what: Irregular): Diagnostic {
  const name = clip(path, 100);
  const { zh, en } = irregularWords(what);
  return diagnoseFile(
    path,
    "unreadable-file",
    text(`${name} 不是普通文件（${zh}），不予读取`, `Cannot read ${name}: it is a ${en}, wanted a regular file`),
  );
}

/** The earlier spelling of this path or of a folder above it. */
function clashOf(path: string, known: Map<string, string>): string | undefined {
  let clash: string | undefined;
  const names = path.split("/");
  for (const depth of names.keys()) {
    const own = names.slice(0, depth + 1).join("/");
    const folded = own.normalize("NFKC").toLowerCase();
    const first = known.get(folded) ?? own;
    known.set(folded, first);
    if (first !== own) clash ??= first;
  }
  return clash;
}

function hiddenInName(path: string, character: string): Diagnostic {
  const [name, hidden] = [clip(path, 100), codePointName(character)];
  return diagnoseFile(
    path,
    "bad-name",
    text(
      `路径“${name}”里有看不见或不是 UTF-8 的字符（${hidden}）`,
      `Cannot accept the path "${name}": it has a character that is hidden or no UTF-8 (${hidden})`,
    ),
  );
}

function sameButForCase(path: string, first: string): Diagnostic {
  const [name, other] = [clip(path, 100), clip(first, 100)];
  return diagnoseFile(
    path,
    "bad-name",
    text(
      `路径“${name}”与“${other}”只差大小写或字形，有的计算机会把它们当成同一个`,
      `Cannot accept the path "${name}" beside "${other}": they differ in case or form alone, and some computers take them for one`,
    ),
  );
}
