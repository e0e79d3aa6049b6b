import { foreignLetters, skeletonsOf, uncommonCharacters } from "../../catalog/confusables.ts";
import { codePointName } from "../../catalog/source/visible-text.ts";
import { type ContractSubject, declared, defineContractPolicy, type Place, pass, type Verdict, violation } from "../policy.ts";

/** A name of something, of a kind within which names must not look alike. */
interface Name {
  readonly kind: keyof typeof KINDS;
  readonly owner: string;
  readonly words: string;
  readonly place: Place;
  /** Whether the base had the same thing under the same name. */
  readonly stood: boolean;
}

/** Rejects a name that a person takes for another one: by letters that look alike, by case, by punctuation, by a plural. */
export const noLookAlikeNames = defineContractPolicy({
  id: "identity/no-look-alike-names",
  level: "mandatory",
  title: { zh: "没有容易混淆的名称", en: "No name passes for another" },
  why: {
    zh: "审批人看的是名称：看着一样的两个系统，会把权限、账单和数据给错人",
    en: "Approvers go by names: two systems that look alike get each other's access, bills and data",
  },
  clause: "本项目规则; GB/T 22239-2019 8.1.10.2 资产管理",
  remedy: {
    zh: "换一个一眼能区分的名称，用规范汉字；不要用外文字母、全角字符、繁体字、形近字，也不要只差标点、大小写、复数",
    en: "Choose a name that differs at a glance, in common simplified characters, not by foreign letters, full-width forms, similar characters, punctuation, case or a plural alone",
  },
  check(subject) {
    const names = namesOf(subject);
    return [...names.flatMap(lettersVerdict), ...lookAlikes(names)];
  },
});

const KINDS = {
  "bureau id": "单位标识",
  "system id": "系统标识",
  "bureau name": "单位名称",
  "system name": "系统名称",
} as const;

/** Of names that are new, a bureau's holds before a system's. */
const KIND_ORDER = Object.keys(KINDS);

/** Names of one group are read side by side: a system that bears a bureau's name passes for the bureau. */
const GROUPS: Readonly<Record<keyof typeof KINDS, string>> = {
  "bureau id": "bureau id",
  "system id": "system id",
  "bureau name": "name",
  "system name": "name",
};

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

function lettersVerdict({ kind, words, place }: Name): Verdict[] {
  const [foreign, uncommon] = [foreignLetters(words), uncommonCharacters(words)];
  return [
    ...(foreign.length === 0
      ? []
      : [
          violation(
            place,
            `${KINDS[kind]}“${words}”里混有外文字母 ${codePoints(foreign)}，看着像拉丁字母`,
            `Cannot accept the ${kind} "${words}": it mixes in letters that pass for Latin ones (${codePoints(foreign)})`,
          ),
        ]),
    ...(uncommon.length === 0
      ? []
      : [
          violation(
            place,
            `${KINDS[kind]}“${words}”里有繁体字、异体字或生僻字 ${uncommon.join("、")}（${codePoints(uncommon)}），请用规范字`,
            `Cannot accept the ${kind} "${words}": ${uncommon.join(", ")} (${codePoints(uncommon)}) is no common simplified character, and may pass for one`,
          ),
        ]),
  ];
}

function codePoints(letters: readonly string[]): string {
  return letters.map(codePointName).join(", ");
}

/** In each group of names that look alike the one that stood first keeps its name; every other is told. */
function lookAlikes(names: readonly Name[]): Verdict[] {
  const holders = new Map<string, Name>();
  const verdicts: Verdict[] = [];
  for (const name of [...names].sort(byAge)) {
    const keys = skeletonsOf(name.words).map((skeleton, index) => `${GROUPS[name.kind]} ${index} ${skeleton}`);
    const holder = keys.map((key) => holders.get(key)).find((each) => each !== undefined);
    // Two systems of one and the same name are another policy's finding.
    if (holder === undefined || (holder.kind === name.kind && isSame(holder.words, name.words))) verdicts.push(pass());
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
  if (a.kind !== b.kind) return KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind);
  return a.owner < b.owner ? -1 : a.owner > b.owner ? 1 : 0;
}

function isSame(a: string, b: string): boolean {
  const folded = (words: string) => words.normalize("NFKC").replace(/\s+/gu, "");
  return folded(a) === folded(b);
}
