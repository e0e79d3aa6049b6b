import { findSecrets } from "../../catalog/secrets.ts";
import type { Path, SourceFile } from "../../catalog/source/source-file.ts";
import type { Text } from "../../catalog/text.ts";
import { defineContractPolicy, pass, type Verdict, violation } from "../policy.ts";

/** Rejects a file of the request with a secret in it: declarations, bureaus, waivers, catalogue, comments included. The secret itself is never repeated. */
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
  check({ declarations, tenants, sources }) {
    const systems = new Map(declarations.map(({ id, source }) => [source.path, id]));
    const bureaus = new Map([...tenants.values()].map(({ id, source }) => [source.path, id]));
    return sources.flatMap((source): Verdict[] => {
      const system = systems.get(source.path);
      const whole = system ?? bureaus.get(source.path) ?? source.path;
      const found = secretsOf(source);
      if (found.length === 0) return [pass()];
      return found.map(({ path, kind, comment }) =>
        violation(
          {
            ...(system === undefined ? {} : { system }),
            address: path.slice(0, -1).join(".") || whole,
            attribute: String(path.at(-1) ?? ""),
            at: { file: source.path, path, ...(comment === undefined ? {} : { line: comment }) },
          },
          `${comment === undefined ? "内容" : "注释"}里像是${kind.zh}（这里不显示）`,
          `Cannot keep what looks like ${kind.en} in a ${comment === undefined ? "declaration" : "comment"} (not shown here)`,
        ),
      );
    });
  },
});

interface Found {
  readonly path: Path;
  readonly kind: Text;
  /** Line of the comment that it stands in. */
  readonly comment?: number | undefined;
}

/** The secrets of a file, each kind once at its place. */
function secretsOf(source: SourceFile): Found[] {
  const found = new Map<string, Found>();
  const add = (words: string, path: () => Path, comment: number | undefined, place?: "identifier") => {
    for (const { kind } of findSecrets(words, place)) {
      const at = path();
      found.set(JSON.stringify([at, kind, comment]), { path: at, kind, comment });
    }
  };
  walk(source.value, [], (words, path) => add(words, () => path, undefined, isIdentifier(source, path) ? "identifier" : undefined));
  const places = placesOf(source);
  for (const { words, line } of commentsOf(source.text)) add(words, () => places(line), line);
  return [...found.values()];
}

/** Ids of the cloud, digests and certificates of the catalogue are random, and public. */
function isIdentifier({ path: file }: SourceFile, path: Path): boolean {
  return file.startsWith("catalog/") && /(?:^id|Id|^sha256|^caCertificate)$/.test(String(path.at(-1)));
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

/** Finds the last thing that begins on a line or above it; looked up when the first is asked for. */
function placesOf(source: SourceFile): (line: number) => Path {
  let places: { readonly path: Path; readonly line: number }[] | undefined;
  const collect = (value: unknown, path: Path): { readonly path: Path; readonly line: number }[] => {
    if (typeof value !== "object" || value === null) return [];
    const record = value as Readonly<Record<string | number, unknown>>;
    return [...(Array.isArray(value) ? value.keys() : Object.keys(value))].flatMap((key) => {
      const inner = [...path, key];
      return [{ path: inner, line: source.locate(inner, "key").line }, ...collect(record[key], inner)];
    });
  };
  return (line) => {
    places ??= collect(source.value, []).sort((a, b) => a.line - b.line);
    return places.findLast((place) => place.line <= line)?.path ?? [];
  };
}
