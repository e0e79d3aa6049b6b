import { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import { judgeContract, judgeSystem, refuses } from "../../policies/evaluate.ts";
import {
  type ContractPolicy,
  defineContractPolicy,
  defineSystemPolicy,
  notApplicable,
  pass,
  type SystemPolicy,
  undetermined,
  type Verdict,
  violation,
} from "../../policies/policy.ts";
import { declaration, gpuServer } from "../declared.ts";
import { contractSubject, systemSubject } from "./subjects.ts";

const WORDS = {
  level: "mandatory",
  title: { zh: "题", en: "title" },
  why: { zh: "因", en: "why" },
  clause: "合同 1",
  remedy: { zh: "改", en: "remedy" },
} as const;
const PLACE = { address: "servers.app", attribute: "cpu" };

const systemPolicy = (check: SystemPolicy["check"], overrides: Partial<SystemPolicy> = {}) =>
  defineSystemPolicy({ ...WORDS, id: "test/policy", check, ...overrides });
const contractPolicy = (check: ContractPolicy["check"], overrides: Partial<ContractPolicy> = {}) =>
  defineContractPolicy({ ...WORDS, id: "test/contract", check, ...overrides });
const judge = (...verdicts: readonly Verdict[]) => judgeSystem(systemSubject(), [systemPolicy(() => verdicts)]);

describe("A verdict", () => {
  test.each([
    { what: "pass", verdicts: [pass()] },
    { what: "not-applicable", verdicts: [notApplicable("无", "none")] },
    { what: "none at all", verdicts: [] },
  ])("that is $what is no finding", ({ verdicts }) => {
    expect(judge(...verdicts)).toEqual([]);
  });

  test("that is a violation or undetermined is one, with its policy's level, clause and remedy and the system that it stands in", () => {
    expect(judge(pass(), violation(PLACE, "错", "wrong"), undetermined(PLACE, "不明", "unclear"))).toEqual([
      {
        system: "hrss/social",
        ...PLACE,
        message: { zh: "错", en: "wrong" },
        policy: "test/policy",
        level: "mandatory",
        result: "violation",
        clause: "合同 1",
        remedy: { zh: "改", en: "remedy" },
      },
      {
        system: "hrss/social",
        ...PLACE,
        message: { zh: "不明", en: "unclear" },
        policy: "test/policy",
        level: "mandatory",
        result: "undetermined",
        clause: "合同 1",
        remedy: { zh: "改", en: "remedy" },
      },
    ]);
  });

  test("that names another system keeps that", () => {
    expect(judge(violation({ ...PLACE, system: "other/one" }, "错", "wrong"))[0]?.system).toBe("other/one");
  });

  test("of a kind that nobody knows is no pass", () => {
    const odd = { kind: "fine-i-guess", ...PLACE, message: { zh: "", en: "" } } as unknown as Verdict;
    expect(refuses(judge(odd))).toBe(true);
  });
});

describe("A policy that fails", () => {
  const fails = (cause: unknown) => () => {
    throw cause;
  };
  test("refuses though it only advises: nobody knows what it would have said", () => {
    const found = judgeSystem(systemSubject(), [{ ...systemPolicy(fails(new Error("the sky fell"))), level: "advisory" }]);
    expect([found.map(({ level, failed }) => [level, failed]), refuses(found)]).toEqual([[["mandatory", true]], true]);
  });

  test.each([
    { what: "with an error", cause: new Error("the sky fell"), words: "the sky fell" },
    { what: "with anything else", cause: "the sky fell", words: "the sky fell" },
    { what: "with nothing", cause: undefined, words: "undefined" },
  ])("$what counts as violated, with its cause", ({ cause, words }) => {
    expect(judgeSystem(systemSubject(), [systemPolicy(fails(cause))])).toEqual([
      {
        system: "hrss/social",
        address: "hrss/social",
        attribute: "",
        message: {
          zh: `策略 test/policy 自身出错，按违反处理：${words}`,
          en: `Policy test/policy failed and so counts as violated: ${words}`,
        },
        policy: "test/policy",
        level: "mandatory",
        result: "violation",
        failed: true,
        clause: "合同 1",
        remedy: { zh: "改", en: "remedy" },
      },
    ]);
  });

  test("of the contract counts as violated for the contract", () => {
    const [finding] = judgeContract(contractSubject(), [contractPolicy(fails(new Error("no")))]);
    expect(finding).toMatchObject({ address: "contract", result: "violation", policy: "test/contract" });
    expect(finding).not.toHaveProperty("system");
  });

  test("by returning nothing counts as violated too", () => {
    expect(refuses(judgeSystem(systemSubject(), [systemPolicy((() => undefined) as unknown as SystemPolicy["check"])]))).toBe(true);
    expect(refuses(judgeSystem(systemSubject(), [systemPolicy((() => [undefined]) as unknown as SystemPolicy["check"])]))).toBe(true);
  });

  test("does not keep the others from judging", () => {
    const policies = [
      systemPolicy(fails(new Error("no")), { id: "test/a" }),
      systemPolicy(() => [violation(PLACE, "错", "wrong")], { id: "test/b" }),
    ];
    expect(judgeSystem(systemSubject(), policies).map(({ policy }) => policy)).toEqual(["test/a", "test/b"]);
  });
});

describe("A plan is refused", () => {
  const found = (level: "advisory" | "mandatory", verdict: Verdict) =>
    judgeSystem(systemSubject(), [systemPolicy(() => [verdict], { level })]);
  test.each([
    { what: "by a mandatory violation", findings: found("mandatory", violation(PLACE, "错", "wrong")), refused: true },
    {
      what: "by what a mandatory policy cannot determine",
      findings: found("mandatory", undetermined(PLACE, "不明", "unclear")),
      refused: true,
    },
    { what: "not by an advisory violation", findings: found("advisory", violation(PLACE, "错", "wrong")), refused: false },
    {
      what: "not by what an advisory policy cannot determine",
      findings: found("advisory", undetermined(PLACE, "不明", "unclear")),
      refused: false,
    },
    { what: "not where all pass", findings: found("mandatory", pass()), refused: false },
    {
      what: "where one of many is mandatory",
      findings: [...found("advisory", violation(PLACE, "错", "wrong")), ...found("mandatory", violation(PLACE, "错", "wrong"))],
      refused: true,
    },
  ])("$what", ({ findings, refused }) => {
    expect(refuses(findings)).toBe(refused);
  });
});

describe("Each policy judges what it is for:", () => {
  const policies = [systemPolicy(() => [violation(PLACE, "错", "wrong")]), contractPolicy(() => [violation(PLACE, "错", "wrong")])];
  test("a system's policies a system", () => {
    expect(judgeSystem(systemSubject(), policies).map(({ policy }) => policy)).toEqual(["test/policy"]);
  });

  test("the contract's policies the contract", () => {
    expect(judgeContract(contractSubject(), policies).map(({ policy }) => policy)).toEqual(["test/contract"]);
  });

  test("all of this repository, where none is named", () => {
    const system = declaration({ classified: true, gpuServers: [gpuServer({ cards: { type: 1, count: 3 } })] });
    const unpriced = [{ address: "x.y", type: "x", attribute: "type", reason: { zh: "无", en: "none" } }];
    const subject = systemSubject(system, { unpriced, plannedQuantities: new Map([["1", new Decimal(1)]]) });
    expect(judgeSystem(subject).map(({ policy, result }) => `${policy} ${result}`)).toEqual([
      "price/require-declared-equals-planned violation",
      "price/require-every-resource-priced undetermined",
      "security/no-classified-system violation",
      // Nothing is planned, so the record of the level 2 bundle, its workloads (told once) and its firewall are missing.
      ...Array.from({ length: 3 }, () => "security/require-bundle-components violation"),
      "size/require-cards-fit-box violation",
    ]);
    expect(judgeContract(contractSubject([system], { forecast: new Decimal("8700000.01") })).map(({ policy }) => policy)).toEqual([
      "price/require-total-within-estimate",
    ]);
  });
});
