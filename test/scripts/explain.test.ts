import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ITEM_IDS } from "../../catalog/annex-1.ts";
import { costingFacts } from "../../cost/costing.ts";
import { costResource } from "../../cost/planned-quantities.ts";
import { POLICIES } from "../../policies/index.ts";
import { readClauses } from "../../scripts/explain/clause-references.ts";
import { runExamples } from "../../scripts/explain/examples.ts";
import type { Explanation } from "../../scripts/explain/explanation.ts";
import { lineSource } from "../../scripts/explain/line-sources.ts";
import { policiesLookingAt } from "../../scripts/explain/policies-looking-at.ts";
import { readReadings } from "../../scripts/explain/readings.ts";
import { whoMayWaive } from "../../scripts/explain/who-may-waive.ts";
import { readDay } from "../../scripts/options.ts";
import { readCheckedTree } from "../../scripts/plan/read-tree.ts";
import { declareSide, synthesiseSystems } from "../../scripts/plan/system-plan.ts";
import { CONTRACT } from "../declared.ts";
import { realTree, SAMPLES } from "../tree.ts";
import { govcloud, ROOT } from "./run.ts";

const AT = ["--at", "2026-01-15"];
let work: string;
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), "govcloud-explain-"));
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

const validate = new Ajv2020({ allErrors: true, strict: true, strictTypes: false }).compile(
  JSON.parse(readFileSync(`${ROOT}/scripts/schema/explain.schema.json`, "utf8")) as object,
);

function explained(...args: readonly string[]): Explanation {
  const { code, stdout, stderr } = govcloud(["explain", ...args, "--format", "json", ...AT]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const result: unknown = JSON.parse(stdout);
  if (!validate(result)) throw new Error(`The result breaks its schema: ${JSON.stringify(validate.errors, null, 2)}`);
  return result as Explanation;
}

const ofKind = <K extends Explanation["kind"]>(kind: K, explanation: Explanation) => {
  if (explanation.kind !== kind) throw new Error(`wanted ${kind}, found ${explanation.kind}`);
  return explanation as Extract<Explanation, { kind: K }>;
};

describe("explain <policy>", () => {
  test("tells a person what it is, why, on what it rests, what to do, who may waive it, and examples", () => {
    const { code, stdout } = govcloud(["explain", "security/no-classified-system", ...AT]);
    expect(code).toBe(0);
    expect(stdout).toBe(`security/no-classified-system  [mandatory]  judges each system
Nothing classified is on the platform

Why       The purchaser must keep state secrets off the platform
Rests on  contract 8.2.5
Remedy    Take a classified system through its own channel; if this was a slip, write classified: false
Waiver    Nobody may waive it

Examples that pass
  ✔ the request says that nothing is classified (classified: false)

Examples that fail
  ✘ the request says that it handles state secrets (classified: true)
      → hrss/social.classified: Cannot host a classified system (classified: true)
  ✘ a system on trial is no exception
      → hrss/social.classified: Cannot host a classified system (classified: true)

Examples that it does not apply to
  · the platform itself, which is no system of a bureau
`);
  });

  test.each([["no-classified-system"], ["14"], ["7.1.1"], []])(
    "reads no declaration, so that one that is broken is no hindrance: %s",
    (...what) => {
      const tree = join(work, "broken");
      cpSync(join(SAMPLES, "catalog"), join(tree, "catalog"), { recursive: true });
      mkdirSync(join(tree, "stacks/tenants/hrss"), { recursive: true });
      writeFileSync(join(tree, "stacks/tenants/hrss/job-service.yaml"), "name: [a\n");
      const { code, stderr } = govcloud(["explain", ...what, ...AT, "--tree", tree]);
      expect([code, stderr]).toEqual([0, ""]);
    },
  );

  test("speaks Chinese", () => {
    const { stdout } = govcloud(["explain", "require-cards-fit-box", "--lang", "zh", ...AT]);
    for (const words of [
      "size/require-cards-fit-box  [强制]  判断每个系统",
      "✘ GPU服务器1型只有 2 个插槽，申请每台 3 块显卡",
      "→ gpuServers.train.cards.count：每台 3 块显卡，GPU服务器1型只能插 2 块",
      "只有市大数据中心可以豁免，写在 policies/waivers.yaml",
    ])
      expect(stdout).toContain(words);
  });

  test.each(["size/require-cards-fit-box", "require-cards-fit-box", "cards-fit-box", "fit-box"])("is found as %s", (name) => {
    expect(ofKind("policy", explained(name)).policy.id).toBe("size/require-cards-fit-box");
  });

  test("gives what cannot be determined as a failing example", () => {
    const { policy } = ofKind("policy", explained("require-every-resource-priced"));
    expect(policy.examples.map(({ verdict }) => verdict)).toEqual(["pass", "undetermined", "undetermined"]);
    expect(policy.examples[1]?.findings).toEqual([
      {
        address: "openstack_blockstorage_volume_v3.servers_db-1_data",
        attribute: "size",
        message: "Cannot price it: size is not known in the plan",
      },
    ]);
  });

  test("prints the entry of a waiver where somebody may write one", () => {
    const { policy } = ofKind("policy", explained("require-cards-fit-box"));
    expect(policy.waiver.entry.slice(0, 3)).toEqual([
      "  - policy: size/require-cards-fit-box",
      "    system: <bureau>/<system> (without this line for a finding of the whole contract)",
      "    address: <the address that the finding shows>",
    ]);
    expect(govcloud(["explain", "require-cards-fit-box", ...AT]).stdout).toContain("    - policy: size/require-cards-fit-box\n");
    expect(ofKind("policy", explained("no-classified-system")).policy.waiver.entry).toEqual([]);
  });

  test("says of advice that it needs no waiver", () => {
    const { waiver } = ofKind("policy", explained("require-contract-in-force")).policy;
    expect([waiver.kind, waiver.entry]).toEqual(["not-needed", []]);
  });
});

describe.each(POLICIES.map((policy) => ({ id: policy.id, policy })))("$id", ({ id, policy }) => {
  test("has examples in both languages that pass and that fail, and says of each what its table says", async () => {
    expect(existsSync(`${ROOT}/test/policies/${id}.cases.ts`)).toBe(true);
    const { cases } = (await import(/* @vite-ignore */ `${ROOT}/test/policies/${id}.cases.ts`)) as {
      readonly cases: readonly { readonly verdict: string }[];
    };
    const examples = await runExamples(policy);
    expect(examples.map(({ verdict }) => verdict)).toEqual(cases.map(({ verdict }) => verdict));
    expect(examples.filter(({ verdict }) => verdict === "pass").length).toBeGreaterThan(0);
    expect(examples.filter(({ verdict }) => verdict === "violation" || verdict === "undetermined").length).toBeGreaterThan(0);
    for (const { words } of examples) {
      expect(words.zh).toMatch(/\p{Script=Han}/u);
      expect(words.en).toMatch(/[a-z]{3}/);
    }
  });

  test("rests on clauses that explain can find it by", () => {
    expect(readClauses(policy.clause).length).toBeGreaterThan(0);
  });
});

describe("Who may waive a policy", () => {
  test.each([
    { level: "mandatory", waivableBy: "nobody", kind: "nobody" },
    { level: "mandatory", waivableBy: "centre", kind: "centre" },
    { level: "mandatory", waivableBy: "tenant", kind: "tenant" },
    { level: "advisory", waivableBy: "nobody", kind: "nobody" },
    { level: "advisory", waivableBy: "centre", kind: "not-needed" },
  ] as const)("a $level one, by $waivableBy: $kind", ({ level, waivableBy, kind }) => {
    expect(whoMayWaive({ level, waivableBy }).kind).toBe(kind);
  });

  test("nobody waives what the plan says of itself, what law and contract forbid, and the rules of waivers", () => {
    expect(POLICIES.filter(({ waivableBy }) => waivableBy === "nobody").map(({ id }) => id)).toEqual([
      "damage/require-known-names",
      "life-cycle/no-vanished-file",
      "price/no-price-above-ceiling",
      "price/no-price-edited-in-force",
      "price/require-declared-equals-planned",
      "price/require-every-resource-priced",
      "security/no-classified-system",
      "security/no-secret-in-declaration",
      "security/require-data-in-prc",
      "security/require-public-keys-only",
      "waiver/no-expired-waiver",
      "waiver/no-unused-waiver",
      "waiver/no-waiver-beyond-a-year",
      "waiver/no-waiver-unseen",
    ]);
  });

  test("a bureau waives in its own file only where it alone bears the risk", () => {
    expect(POLICIES.filter(({ waivableBy }) => waivableBy === "tenant").map(({ id }) => id)).toEqual([
      "exposure/require-explicit-egress-at-level-3",
      "life-cycle/no-growth-while-exiting",
      "security/no-image-past-support",
      "security/no-single-server-behind-internet",
      "security/require-backup-at-level-3",
      "security/require-cryptography-at-level-3",
      "size/require-server-within-limits",
    ]);
  });
});

describe("explain <line>", () => {
  test("tells unit, ceiling, price in force, doubt, where its quantity comes from, and the policies that look at it", () => {
    const { line } = ofKind("line", explained("27"));
    expect(line).toMatchObject({
      item: "27",
      name: "Managed node service",
      unit: "node",
      ceiling: "1125.00",
      unitPrice: "1125.00",
      priceBook: "catalog/price-books/2025-06-20.yaml",
      clause: "Annex 1 line 27",
      fields: ["managedNodes.*"],
      resources: [{ type: "openstack_compute_aggregate_v2", attributes: ["hosts"] }],
    });
    expect(line.doubt).toContain("1125 for each managed node and month");
    expect(line.policies.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["price/no-price-above-ceiling", "price/require-declared-equals-planned"]),
    );
  });

  test("shows the specification, and what a bundle includes", () => {
    expect(ofKind("line", explained("13")).line.specification).toMatchObject({ gpuMemoryGb: 48 });
    expect(ofKind("line", explained("22")).line).toMatchObject({
      alternativeTo: "23",
      includes: ["Host security", "Cloud firewall", "Cloud web application firewall", "Cloud bastion", "Cloud log audit"],
    });
  });

  test.each([
    { asked: ["L1"], item: "L1" },
    { asked: ["l1"], item: "L1" },
    { asked: ["第14项"], item: "14" },
    { asked: ["line", "14"], item: "14" },
  ])("is found as $asked", ({ asked, item }) => {
    expect(ofKind("line", explained(...asked)).line.item).toBe(item);
  });

  test("prints it for people", () => {
    const { stdout } = govcloud(["explain", "14", "--lang", "zh", ...AT]);
    for (const words of [
      "第 14 项  SAS块存储",
      "单位限价  0.27 元/月",
      "申请里：servers.*.systemDisk、servers.*.dataDisks.*（type 为 sas 的 sizeGb，乘以 count）",
    ])
      expect(stdout).toContain(words);
  });

  test("needs a contract on that day", () => {
    expect(govcloud(["explain", "14", "--at", "2025-06-19"]).code).toBe(3);
  });
});

test("The table of where lines come from is what the samples' resources are really priced by", () => {
  const tree = readCheckedTree(realTree());
  const side = declareSide(tree, CONTRACT, readDay("2026-01-15"));
  const types = new Map<string, Set<string>>();
  for (const [id, resources] of synthesiseSystems(side, new Set(side.declared.keys()))) {
    const facts = costingFacts(tree.catalogue, resources, side.declared.get(id)?.pool);
    for (const resource of resources) {
      const costing = costResource(resource, facts);
      for (const { item } of costing.kind === "priced" ? costing.quantities : [])
        types.set(item, (types.get(item) ?? new Set()).add(resource.type));
    }
  }
  for (const item of ITEM_IDS) {
    const told = new Set(lineSource(item).resources.map(({ type }) => type));
    for (const type of types.get(item) ?? []) expect(told, `line ${item}`).toContain(type);
    expect(types.has(item), `line ${item}`).toBe(true);
  }
  // Block storage may also be made with its server; nothing else is told that the samples do not show.
  for (const item of ITEM_IDS.filter((each) => each !== "14" && each !== "15"))
    expect(
      lineSource(item).resources.map(({ type }) => type),
      `line ${item}`,
    ).toEqual([...(types.get(item) ?? [])]);
});

test("The fields that lines are read from are fields of a declaration", () => {
  const schema = readFileSync(`${ROOT}/catalog/schema/system.schema.json`, "utf8");
  for (const item of ITEM_IDS)
    for (const step of lineSource(item)
      .fields.flatMap((field) => field.split("."))
      .filter((each) => each !== "*"))
      expect(schema, `line ${item}`).toContain(`"${step}"`);
});

test("A policy looks at a line that it rests on, that its examples are about, or that the whole annex holds", () => {
  const ids = (item: (typeof ITEM_IDS)[number]) => policiesLookingAt(item).map(({ id }) => id);
  expect(ids("1")).toEqual(expect.arrayContaining(["size/require-server-within-limits", "capacity/require-pool-capacity"]));
  expect(ids("1")).not.toContain("capacity/no-rack-overlap");
  expect(ids("8")).toContain("size/require-cards-fit-box");
  expect(ids("18")).toEqual(expect.arrayContaining(["capacity/no-rack-overlap", "capacity/require-rack-power"]));
  for (const item of ITEM_IDS) expect(ids(item)).toContain("price/no-price-above-ceiling");
});

describe("explain <clause>", () => {
  test.each([
    { asked: ["7.1.1"], policies: ["price/require-every-resource-priced"], readings: 1, lines: [] },
    { asked: ["合同", "7.1.1"], policies: ["price/require-every-resource-priced"], readings: 1, lines: [] },
    { asked: ["附件2", "7"], policies: ["size/require-server-within-limits"], readings: 1, lines: [] },
    { asked: ["Annex", "2", "§7"], policies: ["size/require-server-within-limits"], readings: 1, lines: [] },
    { asked: ["8.2.5"], policies: ["security/no-classified-system"], readings: 0, lines: [] },
    { asked: ["5.1.6"], policies: [], readings: 1, lines: ["L1"] },
    { asked: ["附件1", "第19项"], policies: ["capacity/no-rack-overlap", "capacity/require-rack-power"], readings: 0, lines: ["19"] },
  ])("$asked: what cites it", ({ asked, policies, readings, lines }) => {
    const clause = ofKind("clause", explained(...asked));
    expect(clause.policies.map(({ id }) => id)).toEqual(expect.arrayContaining(policies));
    expect(clause.readings.length).toBeGreaterThanOrEqual(readings);
    expect(clause.lines.map(({ item }) => item)).toEqual(lines);
  });

  test("a control of a standard, with the components that answer it", () => {
    const { clauses, components } = ofKind("clause", explained("GB/T", "22239-2019", "8.1.4.8"));
    expect(clauses).toEqual(["GB/T 22239-2019 8.1.4.8"]);
    expect(components.map(({ key }) => key)).toEqual(["key-management", "database-encryption"]);
  });

  test("a control by its number alone, where the contract has no such clause", () => {
    const { clauses, policies } = ofKind("clause", explained("8.1.3.2"));
    expect(clauses).toEqual(["GB/T 22239-2019 8.1.3.2"]);
    expect(policies.map(({ id }) => id)).toContain("exposure/require-explicit-rules");
    expect(ofKind("clause", explained("8.2.5")).clauses).toEqual(["contract 8.2.5"]);
  });

  test("what rests on no clause alone says so, and is found by that", () => {
    const { clauses, policies } = ofKind("clause", explained("本项目规则"));
    expect(clauses).toEqual(["rule of this project"]);
    expect(policies.map(({ id }) => id)).toEqual(
      expect.arrayContaining([
        "identity/no-shared-display-name",
        "price/require-reason-for-doubling",
        "price/require-within-tenant-budget",
      ]),
    );
    expect(policies.map(({ id }) => id)).not.toContain("security/no-classified-system");
  });

  test.each([["附件一"], ["附件1"], ["附件", "1"], ["Annex", "1"], ["annex", "1"]])("an annex as %s %s", (...asked) => {
    expect(ofKind("clause", explained(...asked)).clauses).toEqual(["contract Annex 1"]);
  });

  test("the facts of the contract that rest on it, with their place", () => {
    const { contract } = ofKind("clause", explained("5.1.2"));
    expect(contract.map(({ file, words }) => `${file} ${words}`)).toContain(
      "catalog/contracts/baotou-2025.yaml 5.1.2：测试期原则上为1个月，测试期间不计费",
    );
  });

  test("The readings are those of the README's table, the same number in both languages", () => {
    expect(readReadings("en").length).toBeGreaterThan(10);
    expect(readReadings("zh")).toHaveLength(readReadings("en").length);
    expect(readReadings("zh").map(({ clause }) => clause)).toContain("附件2 第7条注1");
  });
});

describe("Clauses are read as they are written here:", () => {
  test.each([
    { words: "合同 7.1.1、附件3 二（一）", found: ["合同|7.1.1|", "合同 附件3|二|"] },
    { words: "本项目规则; 合同 5.1.1、附件3 二（一）", found: ["本项目规则||", "合同|5.1.1|", "合同 附件3|二|"] },
    { words: "rule of this project", found: ["本项目规则||"] },
    { words: "合同 附件1 第18项、第19项", found: ["合同 附件1||18", "合同 附件1||19"] },
    { words: "附件1 第22、23项", found: ["合同 附件1||22", "合同 附件1||23"] },
    { words: "附件1 第1-4项", found: ["合同 附件1||1", "合同 附件1||2", "合同 附件1||3", "合同 附件1||4"] },
    { words: "Annex 1 lines 22, 23", found: ["合同 附件1||22", "合同 附件1||23"] },
    { words: "合同 7、附件1", found: ["合同|7|", "合同 附件1||"] },
    { words: "合同 附件2 7.2 注1", found: ["合同 附件2|7.2|"] },
    { words: "附件2 第7条注1", found: ["合同 附件2|7|"] },
    { words: "附件三 二（一）", found: ["合同 附件3|二|"] },
    { words: "Annex 2 §7 note 1", found: ["合同 附件2|7|"] },
    { words: "合同 5.1.4、附件2 2.2", found: ["合同|5.1.4|", "合同 附件2|2.2|"] },
    {
      words: "GB/T 22239-2019 8.1.3.1 边界防护；合同 9.3.7",
      found: ["GB/T 22239-2019|8.1.3.1|", "合同|9.3.7|"],
    },
    { words: "GB/T 39786-2021 8.5 管理制度", found: ["GB/T 39786-2021|8.5|"] },
    { words: "工作日", found: [] },
  ])("$words", ({ words, found }) => {
    expect(readClauses(words).map(({ source, section, item }) => `${source}|${section.join(".")}|${item ?? ""}`)).toEqual(found);
  });
});

describe("explain without an argument", () => {
  test("lists every policy by area", () => {
    const { policies } = ofKind("list", explained());
    expect(policies.map(({ id }) => id)).toEqual(POLICIES.map(({ id }) => id));
    const { stdout } = govcloud(["explain", ...AT]);
    for (const { id } of POLICIES) expect(stdout).toContain(id);
  });

  test("lists an area that is named", () => {
    expect(ofKind("list", explained("size")).policies.map(({ id }) => id)).toEqual([
      "size/require-cards-fit-box",
      "size/require-server-within-limits",
    ]);
  });
});

describe("a word that is no name is looked for in what policies say:", () => {
  test.each([
    { asked: "预算", lists: ["price/require-tenant-budget", "price/require-within-tenant-budget"] },
    { asked: "monthlyBudget", lists: ["price/require-tenant-budget", "price/require-within-tenant-budget"] },
    { asked: "no-volume", lists: ["damage/no-volume-removed-without-removal", "damage/no-volume-shrink"] },
  ])("$asked", ({ asked, lists }) => {
    expect(ofKind("list", explained(asked)).policies.map(({ id }) => id)).toEqual(lists);
  });

  test("one policy alone is explained", () => {
    expect(ofKind("policy", explained("no-secret")).policy.id).toBe("security/no-secret-in-declaration");
  });
});

describe("what explain does not know exits with 3 and a suggestion:", () => {
  test.each([
    { asked: "no-clasified-system", says: 'Cannot find "no-clasified-system"; did you mean security/no-classified-system' },
    { asked: "securty", says: "did you mean security" },
    { asked: "28", says: "Cannot explain line 28: Annex 1 has lines 1 to 27, and L1" },
    { asked: "附件1 第28项", says: "Cannot explain line 28" },
    { asked: "0", says: "Cannot explain line 0" },
    { asked: "L2", says: "Cannot explain line L2" },
    { asked: "第二十八项", says: "Cannot explain line 28" },
    {
      asked: "附件9",
      says: 'Cannot explain "附件9": no policy, reading or catalogue line cites it; the contract has clauses 1 to 16 and Annexes 1 to 5',
    },
    { asked: "secuirty", says: "did you mean security" },
    { asked: "no-vansihed-file", says: "did you mean life-cycle/no-vanished-file" },
    { asked: "8.1.4.98", says: 'Cannot explain "8.1.4.98": no policy, reading or catalogue line cites it; near it are' },
    { asked: "99.9", says: 'Cannot explain "99.9": no policy, reading or catalogue line cites it' },
    { asked: "\u001b[2Jx", says: "Cannot find" },
    { asked: "__proto__", says: "Cannot find" },
    { asked: "../../package", says: "Cannot find" },
  ])("$asked", ({ asked, says }) => {
    const { code, stdout, stderr } = govcloud(["explain", asked, ...AT]);
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
    expect(stderr).toContain(says);
    expect(stderr).not.toContain("\u001b");
  });

  test("an end that several policies share names them", () => {
    const shared = POLICIES.map(({ id }) => id.split("-").at(-1) ?? "").find(
      (end, _, ends) => ends.filter((each) => each === end).length > 1 && POLICIES.every(({ id }) => !id.endsWith(`/${end}`)),
    );
    if (shared === undefined) return;
    const { code, stderr } = govcloud(["explain", shared, ...AT]);
    expect(code).toBe(3);
    expect(stderr).toContain(`Cannot tell which policy "${shared}" is`);
  });
});

test("explain writes to a file, the same bytes every time", () => {
  const file = join(work, "explain.txt");
  expect(govcloud(["explain", "7.1.1", "--out", file, ...AT])).toMatchObject({ code: 0, stdout: "" });
  expect(readFileSync(file, "utf8")).toBe(govcloud(["explain", "7.1.1", ...AT]).stdout);
});
