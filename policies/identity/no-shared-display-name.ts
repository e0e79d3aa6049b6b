import { type ContractSubject, declared, defineContractPolicy, pass, type Verdict, violation } from "../policy.ts";

/** Rejects two systems with one display name; spaces and full-width forms make no difference. */
export const noSharedDisplayName = defineContractPolicy({
  id: "identity/no-shared-display-name",
  level: "mandatory",
  title: { zh: "系统名称不重复", en: "No two systems share a display name" },
  why: {
    zh: "账单、工单和评估报告按名称认系统；同名的两个系统分不清是谁的费用、谁的故障",
    en: "Bills, orders and reports name a system: with two of one name nobody can tell whose cost or whose fault it is",
  },
  clause: "GB/T 22239-2019 8.1.10 安全运维管理; 合同 7.1.1",
  remedy: { zh: "在名称里写明单位或用途，如“市教育局门户网站”", en: "Say whose or what for in the name, such as the bureau's own name" },
  check(subject) {
    const holders = new Map<string, string>();
    const bureaus = new Map<string, string>();
    const before = new Map([...(subject.base?.tenants.values() ?? [])].map(({ id, name }) => [id, name]));
    const byAge = [...subject.tenants.values()].sort((a, b) => Number(before.get(a.id) !== a.name) - Number(before.get(b.id) !== b.name));
    const ofBureaus = byAge.map(({ id, name, source }): Verdict => {
      const folded = name.normalize("NFKC").replace(/\s+/gu, "");
      const holder = bureaus.get(folded);
      bureaus.set(folded, holder ?? id);
      if (holder === undefined) return pass();
      return violation(
        { address: id, attribute: "name", at: { file: source.path, path: ["name"] } },
        `单位名称“${name}”与 ${holder} 相同；一个单位只有一个目录、一份预算`,
        `Cannot name this bureau "${name}": ${holder} has that name, and a bureau has one folder and one budget`,
      );
    });
    const ofSystems = inOrderOfAge(subject).map((declaration): Verdict => {
      const folded = declaration.name.normalize("NFKC").replace(/\s+/gu, "");
      const holder = holders.get(folded);
      if (holder === undefined) {
        holders.set(folded, declaration.id);
        return pass();
      }
      return violation(
        declared(declaration, ["name"]),
        `系统名称“${declaration.name}”与 ${holder} 相同`,
        `Cannot name this system "${declaration.name}": ${holder} has that name`,
      );
    });
    return [...ofBureaus, ...ofSystems];
  },
});

/** Systems that bore their name before come first, so that the newcomer gets the finding. What is retired gives its name free. */
function inOrderOfAge({ declarations, base }: ContractSubject) {
  const before = new Map(base?.declarations.map((each) => [each.id, each.name]));
  const rank = ({ id, name }: { readonly id: string; readonly name: string }) => (before.get(id) === name ? 0 : 1);
  return declarations
    .filter(({ stage }) => stage !== "retired")
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}
