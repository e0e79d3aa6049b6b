import type { Tree } from "../../../catalog/source/tree.ts";
import { realTree, withReplaced } from "../../tree.ts";
import { wholeTreeWith } from "./planned.ts";

/**
 * A merge request that does a bit of everything: a server more, a data volume grown, a port opened (hrss/social-insurance);
 * a resize and a new boot image (hrss/job-service); a new system; a system that retires; a file that vanishes.
 */
export function scenarioHead(): Tree {
  const socialInsurance = replaceAll("stacks/tenants/hrss/social-insurance.yaml", [
    ["    count: 4\n", "    count: 5\n"],
    ["data: { type: ssd, sizeGb: 1000 }", "data: { type: ssd, sizeGb: 1500 }"],
    ["listens: [{ port: 5432, from: self }]", "listens: [{ port: 5432, from: self }, { port: 5432, from: 10.20.9.0/24 }]"],
  ]);
  const jobService = replaceAll("stacks/tenants/hrss/job-service.yaml", [
    ["    cpu: 4\n    memoryGb: 16\n    image: openeuler-22.03-sp4", "    cpu: 6\n    memoryGb: 10\n    image: openeuler-22.03-sp4"],
    ["    cpu: 8\n    memoryGb: 32\n    image: openeuler-22.03-sp4", "    cpu: 8\n    memoryGb: 32\n    image: kylin-v10-sp3"],
  ]);
  const archive = replaceAll("stacks/tenants/housing/property-archive.yaml", [
    ["stage: exiting", "stage: retired"],
    ["attestation: 退出方案已经", "attestation: 数据已于 2026-03-31 返还并清除，记录编号 QC-2026-007。退出方案已经"],
  ]);
  return wholeTreeWith({
    ...socialInsurance,
    ...jobService,
    ...archive,
    "stacks/tenants/civil-affairs/elderly-care.yaml": undefined,
    "stacks/tenants/hrss/skills-archive.yaml":
      "name: 职业技能档案库\nstage: trial\nmlps: 2\npool: gov\nclassified: false\nstorage: { objectGb: 1000 }\nbackupGb: 500\n",
  });
}

export function scenarioBase(): Tree {
  return realTree();
}

function replaceAll(path: string, replacements: readonly (readonly [string, string])[]): Readonly<Record<string, string>> {
  let words: string | undefined;
  for (const [passage, replacement] of replacements) {
    words = words === undefined ? withReplaced(path, passage, replacement)[path] : words.replace(passage, () => replacement);
    if (words === undefined || (replacement !== "" && !words.includes(replacement)))
      throw new Error(`Cannot prepare the scenario: "${passage}" is not in ${path}`);
  }
  return { [path]: words ?? "" };
}
