import { type ContractSubject, declared, defineContractPolicy, type Place, pass, type Verdict, violation } from "../policy.ts";

/** Rejects two systems or bureaus with one display name, and a name that moves to another holder; spaces and full-width forms make no difference. */
export const noSharedDisplayName = defineContractPolicy({
  id: "identity/no-shared-display-name",
  level: "mandatory",
  title: { zh: "名称不重复，也不换给别的系统", en: "No two systems share a display name, or pass one on" },
  why: {
    zh: "账单、工单和评估报告按名称认系统；同名的两个系统分不清是谁的费用、谁的故障。两个系统在一次申请里互换名称，以前的账单和工单就都认错了",
    en: "Bills, orders and reports name a system: with two of one name nobody can tell whose cost or whose fault it is; and where two trade their names, whatever was written before means the other one",
  },
  clause: "本项目规则; GB/T 22239-2019 8.1.10.2 资产管理",
  remedy: {
    zh: "在 name 里写明单位或用途，如“市教育局门户网站”；别的系统正在用的名称，等它下线或改名的申请生效以后再用",
    en: "Say in name whose or what for it is, such as the bureau's own name; a name that another system bears is free once that system is retired or renamed by an earlier request",
  },
  check(subject) {
    return [...verdictsOf(bureausOf(subject)), ...verdictsOf(systemsOf(subject))];
  },
});

/** What bears a display name, with the name that it bore before. */
interface Bearer {
  readonly id: string;
  readonly name: string;
  readonly before: string | undefined;
  readonly place: Place;
  readonly kind: "bureau" | "system";
}

function bureausOf({ tenants, base }: ContractSubject): Bearer[] {
  return [...tenants.values()].map(({ id, name, source }) => ({
    id,
    name,
    before: base?.tenants.get(id)?.name,
    place: { address: id, attribute: "name", at: { file: source.path, path: ["name"] } },
    kind: "bureau",
  }));
}

/** What is retired gives its name free. */
function systemsOf({ declarations, base }: ContractSubject): Bearer[] {
  const before = new Map(base?.declarations.filter(({ stage }) => stage !== "retired").map(({ id, name }) => [id, name]));
  return declarations
    .filter(({ stage }) => stage !== "retired")
    .map((declaration) => ({
      id: declaration.id,
      name: declaration.name,
      before: before.get(declaration.id),
      place: declared(declaration, ["name"]),
      kind: "system",
    }));
}

/** Those that bore their name before come first, so that the newcomer gets the finding. */
function verdictsOf(bearers: readonly Bearer[]): Verdict[] {
  const rank = ({ name, before }: Bearer) => (before === name ? 0 : 1);
  const byAge = [...bearers].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  const earlier = Map.groupBy(
    bearers.flatMap(({ id, before }) => (before === undefined ? [] : [{ id, name: folded(before) }])),
    ({ name }) => name,
  );
  const holders = new Map<string, string>();
  return byAge.map((bearer) => {
    const name = folded(bearer.name);
    const holder = holders.get(name);
    if (holder !== undefined) return shared(bearer, holder);
    holders.set(name, bearer.id);
    const bore = earlier.get(name) ?? [];
    const [other] = bore.some(({ id }) => id === bearer.id) ? [] : bore;
    return other === undefined ? pass() : taken(bearer, other.id);
  });
}

function folded(name: string): string {
  return name.normalize("NFKC").replace(/\s+/gu, "");
}

function shared({ kind, name, place }: Bearer, holder: string): Verdict {
  return kind === "bureau"
    ? violation(
        place,
        `单位名称“${name}”与 ${holder} 相同；一个单位只有一个目录、一份预算`,
        `Cannot name this bureau "${name}": ${holder} has that name, and a bureau has one folder and one budget`,
      )
    : violation(place, `系统名称“${name}”与 ${holder} 相同`, `Cannot name this system "${name}": ${holder} has that name`);
}

function taken({ kind, name, place }: Bearer, holder: string): Verdict {
  return violation(
    place,
    `${kind === "bureau" ? "单位" : "系统"}名称“${name}”在这次申请之前是 ${holder} 的；应另取名称，或等 ${holder} 改名的申请生效以后再用`,
    `Cannot name this ${kind} "${name}": ${holder} bears that name until this request; wanted another, or this one once ${holder} was renamed by an earlier request`,
  );
}
