import { describe, expect, test } from "vitest";
import { parseForeignPlan, readPlan, readPlanBytes } from "../../../catalog/terraform-plan/read-plan.ts";
import { viewOf } from "../../../scripts/engine/read-view.ts";
import { readDay } from "../../../scripts/options.ts";
import { judgePlans } from "../../../scripts/plan/judge-plans.ts";
import { planResult } from "../../../scripts/plan/put-into-words.ts";
import { readCheckedTree } from "../../../scripts/plan/read-tree.ts";
import { selectFindings } from "../../../scripts/plan/selection.ts";
import { findingsText } from "../../../scripts/render/findings-text.ts";
import { plain } from "../../../scripts/render/style.ts";
import { realTree } from "../../tree.ts";
import { ROOT } from "../run.ts";
import { checkResult } from "./planned.ts";

const TREE = readCheckedTree(realTree());

/** The result of a recorded plan, changed before it is read, as `judge` has it. */
function resultOf(row: string, lang: "zh" | "en" = "en", change: (words: string) => string = (words) => words) {
  const file = `test/plans/${row}.json`;
  const words = change(new TextDecoder().decode(readPlanBytes(`${ROOT}/${file}`, file)));
  const plan = { id: row, file, view: viewOf(readPlan(parseForeignPlan(file, new TextEncoder().encode(words)))) };
  return checkResult(planResult(selectFindings(judgePlans(TREE, [plan], { at: readDay("2026-01-15"), pool: undefined }), undefined), lang));
}

/** The findings of a recorded plan, as `judge` has them. */
function judged(row: string, lang: "zh" | "en" = "en") {
  const result = resultOf(row, lang);
  return [...result.findings, ...result.systems.flatMap(({ findings }) => findings)];
}

const ROWS = [
  "create-system",
  "retire-all",
  "port-mac-change",
  "key-pair-change",
  "subnet-cidr-change",
  "server-remove",
  "firewall-rule-open",
  "flavor-resize",
  "kubernetes-namespace",
  "key-manager-payload-change",
] as const;

describe("A plan that another pipeline made", () => {
  test.each(ROWS)("has its findings in its own file, each with its address: %s", (row) => {
    const found = judged(row);
    expect(found.length).toBeGreaterThan(0);
    for (const { location, address } of found) {
      expect(location).toEqual({ file: `test/plans/${row}.json`, line: 1, column: 1 });
      expect(address).not.toBe("");
    }
  });

  test.each(ROWS)("is not told to write in a declaration that it has not: %s", (row) => {
    for (const { policy, message, remedy } of judged(row)) {
      expect(`${policy}: ${message} ${remedy}`).not.toMatch(
        /\b(listens|accepts|removals|declares?|retirement|the platform(?!'s engineers))\b|Let from/,
      );
    }
    for (const { policy, message, remedy } of judged(row, "zh"))
      expect(`${policy}：${message} ${remedy}`).not.toMatch(/listens|accepts|removals|申报|平台没有|把 from/);
  });

  test("is not held against what nobody declared, but world-open ports are refused", () => {
    const policies = (row: string) => [...new Set(judged(row).map(({ policy }) => policy))];
    for (const row of ROWS) expect(policies(row)).not.toContain("exposure/no-undeclared-listening");
    expect(judged("firewall-rule-open").filter(({ policy }) => policy.startsWith("exposure/"))).toMatchObject([
      {
        policy: "exposure/no-world-open-admin-port",
        level: "mandatory",
        address: "openstack_fw_rule_v2.ssh",
        message: "Cannot open the administration port tcp 22 (SSH) to any address: wanted the operators' network alone",
        remedy: "Let the rule's source be the operators' network alone, or take the rule out",
      },
    ]);
  });

  test("loses nothing unasked: the change is taken back where the plan was made", () => {
    expect(judged("server-remove").filter(({ policy }) => policy === "damage/no-data-lost")).toMatchObject([
      {
        address: "openstack_compute_instance_v2.api-2",
        message: "Cannot let data be lost: server api-2 is deleted; there is no declaration that could attest to what becomes of them",
        remedy: "Take the change back where it was made: without a declaration of the system nothing can ask for it",
      },
    ]);
  });

  test("is offered no waiver: none could name it", () => {
    const context = { lang: "en", paint: plain, say: (_: string, en: string) => en } as const;
    expect(findingsText(judged("firewall-rule-open"), 40, context).join("\n")).not.toContain("waive");
  });
});

describe("What a plan of another pipeline does to exposure, where no port is seen to open", () => {
  test.each([
    {
      row: "firewall-rule-open",
      en: "firewall-rule-open: firewall rule ssh-from-ops (openstack_fw_rule_v2.ssh) for tcp 22 changes: source_ip_address 10.99.0.0/16 before, 0.0.0.0/0 after; which servers are behind it cannot be known from this plan",
    },
    {
      row: "firewall-rule-order",
      en: "firewall-rule-order: firewall policy edge-in (openstack_fw_policy_v2.in) changes: rules ssh-from-ops, deny-rest before, deny-rest, ssh-from-ops after; which server, port and source that concerns cannot be known from this plan: the servers are not in it",
    },
    {
      row: "floating-ip-add",
      en: "floating-ip-add: association of public address api-1 (openstack_networking_floatingip_associate_v2.api-1) is created; the security groups of server api-1 still let in only tcp 22 from 10.99.0.0/16",
    },
    {
      row: "instance-group-by-id-endless-diff",
      en: "instance-group-by-id-endless-diff: server nam-1 (openstack_compute_instance_v2.nam-1) changes: security_groups default before, nam after; which port of server nam-1 is reached from where cannot be known from this plan: the rules of its security groups are not all in it",
    },
  ])("is told in a sentence: $row", ({ row, en }) => {
    expect(resultOf(row).notes).toEqual([en]);
    expect(resultOf(row, "zh").notes).toEqual([expect.stringMatching(/(此前|新建).*(看不出来|仍只放行)/)]);
  });

  test("is told by its ports alone where it is seen", () => {
    const { notes, systems } = resultOf("create-system");
    expect(systems[0]?.exposure.some(({ change }) => change === "opened")).toBe(true);
    expect(notes.filter((note) => note.startsWith("create-system:"))).toEqual([]);
  });
});

describe("What a plan of another pipeline costs", () => {
  const linesOf = (result: ReturnType<typeof resultOf>) => result.lines.map(({ item, before, after }) => `${item}: ${before} → ${after}`);

  test.each([
    { row: "volume-retype-default", lines: ["14: 20 → 20"], told: 1 },
    { row: "volume-retype-never", lines: ["14: 20 → 20"], told: 1 },
    { row: "volume-retype-on-demand", lines: ["14: 20 → 0", "15: 0 → 20"], told: 0 },
  ])("is that of the volume type that will stand there: $row", ({ row, lines, told }) => {
    expect(linesOf(resultOf(row))).toEqual(lines);
    expect(judged(row).filter(({ policy }) => policy === "damage/no-retype-without-effect")).toHaveLength(told);
  });

  const addressesOf = (findings: ReturnType<typeof judged>) =>
    findings
      .filter(({ policy }) => policy === "price/require-every-resource-priced")
      .map(({ address, message }) => `${address} ${message}`);

  test("is none for what works inside Terraform alone, which is said", () => {
    expect(addressesOf(judged("create-system")).filter((each) => each.includes("terraform_data"))).toEqual([]);
    expect(resultOf("create-system").notes).toContain(
      "1 resource works inside Terraform alone, with nothing in the cloud and no price: terraform_data",
    );
    expect(resultOf("declaration-only-change", "zh").notes).toContain(
      "1 个资源只在 Terraform 内部起作用，云上什么也不建，不计价：terraform_data",
    );
  });

  test("is that of the flavor that the same plan makes, by its reference", () => {
    const flavor = "openstack_compute_flavor_v2.c4m8";
    expect(addressesOf(judged("create-system"))).toEqual(
      ["app-1", "app-2"].map(
        (server) =>
          `openstack_compute_instance_v2.${server} Cannot price it: flavor ${flavor} of this plan does not state cores, memory, no local disk and its family (govcloud:family in extra_specs: general, c86 or arm)`,
      ),
    );
    const stated = resultOf("create-system", "en", (words) => {
      const plan = JSON.parse(words) as {
        resource_changes: { type: string; change: { after: object; after_unknown: Record<string, unknown> } }[];
      };
      for (const { type, change } of plan.resource_changes)
        if (type === "openstack_compute_flavor_v2") {
          Object.assign(change.after, { extra_specs: { "govcloud:family": "general" } });
          delete change.after_unknown["extra_specs"];
        }
      return JSON.stringify(plan);
    });
    expect(linesOf(stated)).toEqual(["1: 0 → 8", "2: 0 → 16", "14: 0 → 100", "15: 0 → 80", "16: 0 → 100", "17: 0 → 50"]);
  });
});

describe("What a plan of another pipeline lets go of", () => {
  /** The recorded server with a flavor of the catalogue: 2 cores and 4 GB, its boot disk 20 GB SSD. */
  const priced = (words: string) => words.replaceAll(/("flavor_id": )"[^"]*"/g, '$1"general-2c-4g"');
  /** The server leaves the state too. */
  const serverToo = (words: string) => {
    const plan = JSON.parse(priced(words)) as { resource_changes: { address: string; change: { actions: string[]; after: unknown } }[] };
    for (const { address, change } of plan.resource_changes)
      if (address === "openstack_compute_instance_v2.api-1") Object.assign(change, { actions: ["forget"], after: null });
    return JSON.stringify(plan);
  };
  const linesOf = (result: ReturnType<typeof resultOf>) => result.lines.map(({ item, before, after }) => `${item}: ${before} → ${after}`);
  const left = (result: ReturnType<typeof resultOf>) =>
    result.systems.flatMap(({ findings }) => findings).filter(({ policy }) => policy === "damage/no-resource-left-unmanaged");
  const [VOLUME, SERVER, ATTACHMENT] = [
    "openstack_blockstorage_volume_v3.api-1-data",
    "openstack_compute_instance_v2.api-1",
    "openstack_compute_volume_attach_v2.api-1-data",
  ];

  test.each([
    { of: "a volume and its attachment", change: priced, found: [VOLUME, ATTACHMENT] },
    { of: "their server too", change: serverToo, found: [VOLUME, SERVER, ATTACHMENT] },
  ])("stays in the sums and is refused: $of", ({ change, found }) => {
    const result = resultOf("forget", "en", change);
    expect(linesOf(result)).toEqual(["1: 2 → 2", "2: 4 → 4", "14: 10 → 10", "15: 20 → 20"]);
    // 2 × 21.60 + 4 × 21.60 + 10 × 0.27 + 20 × 0.45 = 43.20 + 86.40 + 2.70 + 9.00
    expect(result.total.list).toEqual({ before: "141.30", after: "141.30", delta: "0.00" });
    expect(left(result).map(({ address, level }) => [address, level])).toEqual(found.map((address) => [address, "mandatory"]));
    expect(result.verdict).toBe("refused");
  });

  test("is told in both languages", () => {
    const [en, zh] = (["en", "zh"] as const).map((lang) => left(resultOf("forget", lang))[0]?.message);
    expect(en).toBe(
      "Cannot let go of volume api-1-data: it stays in the cloud, managed by nobody, and goes on being delivered and, where it has a price, billed; wanted it managed or deleted",
    );
    expect(zh).toBe("数据盘 api-1-data 移出管理后仍留在云上：没有人管理，却继续交付，有价格的继续计费；应继续管理，或予以删除");
  });

  test("is reached as before, and its damage stays none", () => {
    const [system] = resultOf("forget", "en", serverToo).systems;
    expect(system?.exposure).toEqual([{ server: "api-1", protocol: "tcp", ports: "22", from: "10.99.0.0/16", change: "unchanged" }]);
    expect(system?.resources.filter(({ action }) => action === "forget").flatMap(({ damage }) => damage)).toEqual([]);
    expect(system?.change).toBe("changed");
  });
});
