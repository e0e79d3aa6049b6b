import { findSecrets } from "../../catalog/secrets.ts";
import type { Path, SourceFile } from "../../catalog/source/source-file.ts";
import { defineContractPolicy, pass, type Verdict, violation } from "../policy.ts";

/** Rejects a declaration or a bureau's file with a secret in it, comments included. The secret itself is never repeated. */
export const noSecretInDeclaration = defineContractPolicy({
  id: "security/no-secret-in-declaration",
  level: "mandatory",
  waivableBy: "nobody",
  title: { zh: "申请里没有口令和密钥", en: "No declaration holds a secret" },
  why: {
    zh: "申请人人可见，进了 Git 历史就删不掉：写进去的口令等于公开",
    en: "Everybody reads a declaration and Git never forgets one: a secret written there is public",
  },
  clause: "GB/T 22239-2019 8.1.4.8 数据保密性; GB/T 22239-2019 8.1.4.1 身份鉴别",
  remedy: {
    zh: "立即作废这个口令或密钥并换新的，再从申请里删掉；口令放密钥管理服务（第24项），不写进申请",
    en: "Revoke the secret at once and make a new one, then remove it here; secrets belong into key management (line 24), not into a request",
  },
  check({ declarations, tenants }) {
    return [
      ...[...tenants.values()].map((tenant) => ({ id: tenant.id, source: tenant.source, place: {} })),
      ...declarations.map(({ id, source }) => ({ id, source, place: { system: id } })),
    ].flatMap(({ id, source, place }): Verdict[] => {
      const found = secretsOf(source);
      if (found.length === 0) return [pass()];
      return found.map(({ path, kind, inComment }) =>
        violation(
          { ...place, address: path.slice(0, -1).join(".") || id, attribute: String(path.at(-1) ?? ""), at: { file: source.path, path } },
          `${inComment ? "注释" : "内容"}里像是${kind.zh}（这里不显示）`,
          `Cannot keep what looks like ${kind.en} in a ${inComment ? "comment" : "declaration"} (not shown here)`,
        ),
      );
    });
  },
});

interface Found {
  readonly path: Path;
  readonly kind: { readonly zh: string; readonly en: string };
  readonly inComment: boolean;
}

function secretsOf(source: SourceFile): Found[] {
  const found: Found[] = [];
  walk(source.value, [], (words, path) => {
    for (const { kind } of findSecrets(words)) found.push({ path, kind, inComment: false });
  });
  for (const { words, line } of commentsOf(source.text)) {
    for (const { kind } of findSecrets(words)) found.push({ path: pathAt(source, line), kind, inComment: true });
  }
  return found;
}

/** Every text of the file; a key is told at what holds it, for its own path would print it. */
function walk(value: unknown, path: Path, visit: (words: string, path: Path) => void): void {
  if (typeof value === "string") visit(value, path);
  else if (Array.isArray(value)) for (const [index, each] of value.entries()) walk(each, [...path, index], visit);
  else if (typeof value === "object" && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      visit(key, path);
      walk(each, findSecrets(key).length > 0 ? path : [...path, key], visit);
    }
  }
}

/** Comments, each with its line. */
function commentsOf(text: string): { readonly words: string; readonly line: number }[] {
  return text.split(/\r?\n/).flatMap((words, index) => {
    const start = /(?:^|\s)#/.exec(words)?.index;
    return start === undefined ? [] : [{ words: words.slice(start), line: index + 1 }];
  });
}

/** The last thing that begins on this line or above it. */
function pathAt(source: SourceFile, line: number): Path {
  let nearest: { readonly path: Path; readonly line: number } = { path: [], line: 0 };
  const look = (value: unknown, path: Path): void => {
    if (typeof value !== "object" || value === null) return;
    for (const key of Array.isArray(value) ? value.keys() : Object.keys(value)) {
      const inner = [...path, key];
      const begins = source.locate(inner, "key").line;
      if (begins <= line && begins >= nearest.line) nearest = { path: inner, line: begins };
      look((value as Record<string | number, unknown>)[key], inner);
    }
  };
  look(source.value, []);
  return nearest.path;
}
