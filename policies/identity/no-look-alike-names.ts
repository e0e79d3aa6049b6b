import { foreignLetters, skeletonsOf } from "../../catalog/confusables.ts";
import { type ContractSubject, declared, defineContractPolicy, type Place, pass, type Verdict, violation } from "../policy.ts";

/** A name of something, of a kind within which names must not look alike. */
interface Name {
  readonly kind: "bureau id" | "system id" | "bureau name" | "system name";
  readonly owner: string;
  readonly words: string;
  readonly place: Place;
  /** Whether the base had the same thing under the same name. */
  readonly stood: boolean;
}

/** Rejects a name that a person takes for another one: by letters that look alike, by case, by hyphens. */
export const noLookAlikeNames = defineContractPolicy({
  id: "identity/no-look-alike-names",
  level: "mandatory",
  title: { zh: "没有容易混淆的名称", en: "No name passes for another" },
  why: {
    zh: "审批人看的是名称：看着一样的两个系统，会把权限、账单和数据给错人",
    en: "Approvers go by names: two systems that look alike get each other's access, bills and data",
  },
  clause: "GB/T 22239-2019 8.1.10 安全运维管理",
  remedy: {
    zh: "换一个一眼能区分的名称；不要用外文字母、全角字符、形近字或只差连字符、大小写的写法",
    en: "Choose a name that differs at a glance, not by foreign letters, full-width forms, similar characters, case or hyphens alone",
  },
  check(subject) {
    const names = namesOf(subject);
    return [...names.flatMap(mixedVerdict), ...lookAlikes(names)];
  },
});

const KINDS = {
  "bureau id": "单位标识",
  "system id": "系统标识",
  "bureau name": "单位名称",
  "system name": "系统名称",
} as const;

/** What is retired keeps its id, which bills and audits name; its display name is free again. */
function namesOf({ declarations, tenants, base }: ContractSubject): Name[] {
  const before = new Map(base?.declarations.map((each) => [each.id, each.name]));
  return [
    ...[...tenants.values()].flatMap(({ id, name, source }): Name[] => {
      const place = (attribute: string, path: readonly string[]): Place => ({ address: id, attribute, at: { file: source.path, path } });
      const stood = base?.tenants.get(id);
      return [
        { kind: "bureau id", owner: id, words: id, place: place("id", []), stood: stood !== undefined },
        { kind: "bureau name", owner: id, words: name, place: place("name", ["name"]), stood: stood?.name === name },
      ];
    }),
    ...declarations.flatMap((declaration): Name[] => {
      const { id, name, stage, source } = declaration;
      const place: Place = { system: id, address: id, attribute: "id", at: { file: source.path, path: [] } };
      const ownId: Name = { kind: "system id", owner: id, words: id, place, stood: before.has(id) };
      if (stage === "retired") return [ownId];
      return [
        ownId,
        { kind: "system name", owner: id, words: name, place: declared(declaration, ["name"]), stood: before.get(id) === name },
      ];
    }),
  ];
}

function mixedVerdict({ kind, words, place }: Name): Verdict[] {
  const letters = foreignLetters(words);
  if (letters.length === 0) return [];
  const points = letters.map((each) => `U+${(each.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`).join(", ");
  return [
    violation(
      place,
      `${KINDS[kind]}“${words}”里混有外文字母 ${points}，看着像拉丁字母`,
      `Cannot accept the ${kind} "${words}": it mixes in letters that pass for Latin ones (${points})`,
    ),
  ];
}

/** In each group of names that look alike the one that stood first keeps its name; every other is told. */
function lookAlikes(names: readonly Name[]): Verdict[] {
  const holders = new Map<string, Name>();
  const verdicts: Verdict[] = [];
  for (const name of [...names].sort(byAge)) {
    const keys = skeletonsOf(name.words).map((skeleton, index) => `${name.kind} ${index} ${skeleton}`);
    const holder = keys.map((key) => holders.get(key)).find((each) => each !== undefined);
    // Two systems of one and the same name are another policy's finding.
    if (holder === undefined || isSame(holder.words, name.words)) verdicts.push(pass());
    else
      verdicts.push(
        violation(
          name.place,
          `${KINDS[name.kind]}“${name.words}”与 ${holder.owner} 的“${holder.words}”容易混淆`,
          `Cannot accept the ${name.kind} "${name.words}": it passes for "${holder.words}" of ${holder.owner}`,
        ),
      );
    for (const key of keys) if (!holders.has(key)) holders.set(key, name);
  }
  return verdicts;
}

function byAge(a: Name, b: Name): number {
  if (a.stood !== b.stood) return a.stood ? -1 : 1;
  return a.owner < b.owner ? -1 : a.owner > b.owner ? 1 : 0;
}

function isSame(a: string, b: string): boolean {
  const folded = (words: string) => words.normalize("NFKC").replace(/\s+/gu, "");
  return folded(a) === folded(b);
}
