import { expect, test } from "vitest";
import { affectedSystems } from "../../../scripts/affected/affected-systems.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { type FileOf, realTree, withReplaced } from "../../tree.ts";
import { wholeTreeWith } from "../plan/planned.ts";
import { affected, builtDifferently, idsOf, printed } from "./changed.ts";

const JOBS = "stacks/tenants/hrss/job-service.yaml";
const POOLS = "catalog/pools.yaml";
const FLAVORS = "catalog/flavors.yaml";
const IMAGES = "catalog/images.yaml";
const COMPONENTS = "catalog/components.yaml";
const BOOK = "catalog/price-books/2025-06-20.yaml";
const CONTRACT = "catalog/contracts/baotou-2025.yaml";
const ANNEX = "catalog/annex-1.yaml";

const wordsOf = (path: string): string => {
  const entry = realTree().entries.get(path);
  return entry?.kind === "file" ? new TextDecoder().decode(entry.bytes()) : "";
};
const newBook = wordsOf(BOOK)
  .replace("from: 2025-06-20", "from: 2026-02-01")
  .replace(/^reason:\n.*\n.*\n/m, "reason: { zh: 补充协议, en: a supplement }\n");

interface Row {
  readonly what: string;
  readonly files: Readonly<Record<string, FileOf>>;
  readonly touches: readonly string[];
}

/** Each system with each reason, in full. */
const ROWS: readonly Row[] = [
  { what: "nothing", files: {}, touches: [] },
  { what: "a comment and blank lines in a declaration", files: { [JOBS]: `# 备注\n\n${wordsOf(JOBS)}` }, touches: [] },
  { what: "a comment in the pools", files: { [POOLS]: `${wordsOf(POOLS)}# 备注\n` }, touches: [] },
  {
    what: "a server group that grows",
    files: withReplaced(JOBS, "cpu: 8", "cpu: 16"),
    touches: [`hrss/job-service: own-file ${JOBS}:27 servers.db.cpu: 8 → 16`],
  },
  {
    what: "four values of a file, told as three and one more",
    files: {
      [JOBS]: wordsOf(JOBS)
        .replace("cpu: 8", "cpu: 16")
        .replace("memoryGb: 32", "memoryGb: 64")
        .replace("cpu: 4", "cpu: 8")
        .replace(/^name: .*$/m, "name: 就业"),
    },
    touches: [
      `hrss/job-service: own-file ${JOBS}:3 name: 公共就业服务平台 → 就业; servers.web.cpu: 4 → 8; servers.db.cpu: 8 → 16; and 1 more`,
    ],
  },
  {
    what: "a new system",
    files: { "stacks/tenants/hrss/new.yaml": "name: 新系统\nstage: trial\nmlps: 2\npool: gov\nclassified: false\n" },
    touches: ["hrss/new: own-file stacks/tenants/hrss/new.yaml:1 a new system"],
  },
  { what: "a file that vanished", files: { [JOBS]: undefined }, touches: [`hrss/job-service: own-file ${JOBS}:1 the file is gone`] },
  {
    what: "a bureau's budget",
    files: withReplaced("stacks/tenants/ecology/tenant.yaml", "monthlyBudget: 10000", "monthlyBudget: 90000"),
    touches: ["ecology/air-monitoring: tenant stacks/tenants/ecology/tenant.yaml:4 monthlyBudget: 10000 → 90000"],
  },
  {
    what: "a waiver",
    files: {
      "stacks/tenants/hrss/waivers.yaml":
        "waivers:\n  - { policy: size/require-server-within-limits, system: hrss/job-service, address: servers.web, reason: 年终结算期间不便拆分, owner: 科长, approver: 主任, expires: 2026-03-31 }\n",
    },
    touches: ["hrss/job-service: waiver stacks/tenants/hrss/waivers.yaml:2 a waiver of size/require-server-within-limits comes"],
  },
  {
    what: "a price, by the systems with that line",
    files: withReplaced(BOOK, '"19": "283.50"', '"19": "280.00"'),
    touches: [
      `big-data/model-service: price-book ${BOOK}:28 line 19: 283.50 → 280.00 (from 2025-06-20)`,
      `emergency/flood-command: price-book ${BOOK}:28 line 19: 283.50 → 280.00 (from 2025-06-20)`,
      `public-security/video-analysis: price-book ${BOOK}:28 line 19: 283.50 → 280.00 (from 2025-06-20)`,
    ],
  },
  {
    what: "the price of what the contract has once",
    files: withReplaced(BOOK, '"25": "56250.00"', '"25": "50000.00"'),
    touches: [`platform: price-book ${BOOK}:34 line 25: 56250.00 → 50000.00 (from 2025-06-20)`],
  },
  {
    what: "a book that follows with one other price",
    files: {
      ...withReplaced(BOOK, "from: 2025-06-20\n", "from: 2025-06-20\nto: 2026-01-31\n"),
      "catalog/price-books/2026-02-01.yaml": newBook.replace('"20": "3600.00"', '"20": "3500.00"'),
    },
    touches: [
      "big-data/data-exchange: price-book catalog/price-books/2026-02-01.yaml:27 line 20: 3600.00 → 3500.00 (from 2026-02-01)",
      "health/regional-health: price-book catalog/price-books/2026-02-01.yaml:27 line 20: 3600.00 → 3500.00 (from 2026-02-01)",
    ],
  },
  {
    what: "a book that follows with the same prices",
    files: {
      ...withReplaced(BOOK, "from: 2025-06-20\n", "from: 2025-06-20\nto: 2026-01-31\n"),
      "catalog/price-books/2026-02-01.yaml": newBook,
    },
    touches: [],
  },
  {
    what: "the circuits of the contract",
    files: withReplaced(CONTRACT, "count: 4", "count: 5"),
    touches: [`platform: contract ${CONTRACT}:25 circuits.count: 4 → 5`],
  },
  {
    what: "the factor and the estimate",
    files: { [CONTRACT]: wordsOf(CONTRACT).replace('"0.9999"', '"0.9998"').replace("8700000", "8800000") },
    touches: [],
  },
  {
    what: "a ceiling of Annex 1",
    files: withReplaced(ANNEX, 'ceiling: "3600.00"', 'ceiling: "3700.00"'),
    touches: [
      `big-data/data-exchange: annex-1 ${ANNEX}:231 items.20.ceiling: 3600.00 → 3700.00`,
      `health/regional-health: annex-1 ${ANNEX}:231 items.20.ceiling: 3600.00 → 3700.00`,
    ],
  },
  {
    what: "words of Annex 1",
    files: withReplaced(ANNEX, "description: 提供弹性可伸缩的通用CPU资源服务。", "description: 通用CPU资源服务。"),
    touches: [],
  },
  {
    what: "a pool's security cluster, by the systems of that pool",
    files: withReplaced(POOLS, "k8s.security.ps.example", "k8s2.security.ps.example"),
    touches: ["household-registry", "video-analysis"].map(
      (system) =>
        `public-security/${system}: pool ${POOLS}:185 pools.ps.securityCluster.host: https://k8s.security.ps.example:6443 → https://k8s2.security.ps.example:6443`,
    ),
  },
  {
    what: "a rack",
    files: withReplaced(POOLS, "A07: { heightU: 42", "A07: { heightU: 44"),
    touches: [`housing/provident-fund: pool ${POOLS}:93 pools.gov.racks.A07.heightU: 42 → 44`],
  },
  {
    what: "a pool's name",
    files: withReplaced(POOLS, "name: { zh: 政务云, en: Government cloud }", "name: { zh: 政务云一区, en: Government cloud }"),
    touches: [],
  },
  {
    what: "a new size, which a system has as a private flavor",
    files: withReplaced(
      FLAVORS,
      "      - { cpu: 64, memoryGb: 512 }\n",
      "      - { cpu: 64, memoryGb: 512 }\n      - { cpu: 48, memoryGb: 512 }\n",
    ),
    touches: [`platform: flavor ${FLAVORS}:32 general-48c-512g: none → ✓`],
  },
  {
    what: "a GPU box's disk",
    files: withReplaced(FLAVORS, "diskGb: 600", "diskGb: 800"),
    touches: [
      `platform: flavor ${FLAVORS}:109 gpuBoxes.3.diskGb: 600 → 800`,
      `big-data/model-service: flavor ${FLAVORS}:109 gpuBoxes.3.diskGb: 600 → 800`,
      `public-security/video-analysis: flavor ${FLAVORS}:109 gpuBoxes.3.diskGb: 600 → 800`,
    ],
  },
  {
    what: "sizes in another order",
    files: withReplaced(
      FLAVORS,
      "      - { cpu: 1, memoryGb: 1 }\n      - { cpu: 1, memoryGb: 2 }\n",
      "      - { cpu: 1, memoryGb: 2 }\n      - { cpu: 1, memoryGb: 1 }\n",
    ),
    touches: [],
  },
  {
    what: "an image's id in one pool",
    files: withReplaced(IMAGES, "d153d332-7b5a-496a-9f61-0ef916fe3087", "d153d332-7b5a-496a-9f61-0ef916fe3088"),
    touches: [
      `platform: image ${IMAGES}:16 images.kylin-v10-sp3.pools.ps: d153d332-7b5a-496a-9f61-0ef916fe3087 → d153d332-7b5a-496a-9f61-0ef916fe3088`,
      `public-security/household-registry: image ${IMAGES}:16 images.kylin-v10-sp3.pools.ps: d153d332-7b5a-496a-9f61-0ef916fe3087 → d153d332-7b5a-496a-9f61-0ef916fe3088`,
      `public-security/video-analysis: image ${IMAGES}:16 images.kylin-v10-sp3.pools.ps: d153d332-7b5a-496a-9f61-0ef916fe3087 → d153d332-7b5a-496a-9f61-0ef916fe3088`,
    ],
  },
];

const GOV = [...realTree().entries.keys()]
  .flatMap((path) => /^stacks\/tenants\/(.+\/(?!tenant\.|waivers\.).+)\.yaml$/.exec(path)?.[1] ?? [])
  .filter((id) => !id.startsWith("public-security/"));
const PS = ["public-security/household-registry", "public-security/video-analysis"];
const RETIRED = "civil-affairs/marriage-records";
const EVERYONE = ["platform", ...[...GOV, ...PS].sort()];

/** The systems alone, where there are many. */
const WIDE_ROWS: readonly Row[] = [
  { what: "a pool's capacity", files: withReplaced(POOLS, "sasGb: 300000", "sasGb: 400000"), touches: GOV },
  { what: "a pool's login", files: withReplaced(POOLS, "keystone.gov.example", "keystone2.gov.example"), touches: ["platform", ...GOV] },
  {
    what: "the cores of a GPU box, for which every quota leaves room",
    files: withReplaced(FLAVORS, "cpu: 48\n    memoryGb: 256", "cpu: 64\n    memoryGb: 256"),
    touches: EVERYONE,
  },
  {
    what: "what the flavors of a family ask of hosts",
    files: withReplaced(FLAVORS, '"aggregate_instance_extra_specs:family": arm', '"aggregate_instance_extra_specs:family": arm64'),
    touches: [
      "platform",
      "big-data/data-exchange",
      "health/regional-health",
      "public-security/household-registry",
      "transport/operation-monitoring",
    ],
  },
  {
    what: "a component of both MLPS bundles; what is retired runs none",
    files: withReplaced(COMPONENTS, "components/waf:5.0.4", "components/waf:5.0.5"),
    touches: EVERYONE.filter((id) => id !== "platform" && id !== RETIRED),
  },
  {
    what: "the term of the contract",
    files: withReplaced(CONTRACT, "to: 2026-06-19", "to: 2026-06-18"),
    touches: EVERYONE,
  },
  {
    what: "an image that systems boot, GPU boxes by the pool's default too",
    files: withReplaced(IMAGES, "12222082-27ea-415e-9d5d-a0450c1ae1ed", "12222082-27ea-415e-9d5d-a0450c1ae1ee"),
    touches: [
      "platform",
      "big-data/data-exchange",
      "big-data/model-service",
      "education/exam-registration",
      "education/smart-education",
      "emergency/flood-command",
      "health/emergency-dispatch",
      "health/regional-health",
      "housing/provident-fund",
      "hrss/social-insurance",
      "transport/operation-monitoring",
    ],
  },
];

test.each(WIDE_ROWS)("$what touches exactly these systems", ({ files, touches }) => {
  expect(idsOf(affected(wholeTreeWith(files)))).toEqual(touches);
});

test.each([...ROWS, ...WIDE_ROWS])("$what leaves every other system as it was built and priced", ({ files }) => {
  const head = wholeTreeWith(files);
  const touched = new Set(idsOf(affected(head)));
  expect(builtDifferently(head).filter((id) => !touched.has(id))).toEqual([]);
});

test("Without a base everything is new", () => {
  const { systems, of, code } = affectedSystems(readCheckedTree(realTree()), undefined, "/nowhere");
  expect([systems.map(({ id }) => id), of, code]).toEqual([EVERYONE, 20, "not-compared"]);
  expect(new Set(systems.map(({ reasons }) => reasons.map(({ kind, words }) => `${kind} ${words.en}`).join()))).toEqual(
    new Set(["own-file compared with nothing: everything is new"]),
  );
});

test.each(ROWS)("$what touches exactly these systems, for these reasons", ({ files, touches }) => {
  expect(printed(affected(wholeTreeWith(files)))).toEqual(touches);
});
