import { Temporal } from "temporal-polyfill";
import type { AcceptedDamage, Declaration, Removal, Tenant } from "../../../catalog/declaration.ts";
import { compareResources } from "../../../catalog/terraform-plan/compare.ts";
import type { PlannedResource } from "../../../catalog/terraform-plan/planned-resource.ts";
import { readSynthesised } from "../../../catalog/terraform-plan/read-synthesised.ts";
import type { SystemSubject } from "../../../policies/policy.ts";
import { buildApp, synthesise } from "../../../stacks/build-app.ts";
import { CATALOGUE, CONTRACT, declaration, pool, required, server, sourceOf } from "../../declared.ts";
import { systemSubject } from "../subjects.ts";

const BUREAU: Tenant = {
  id: "hrss",
  source: sourceOf("name: 人社局\n", "stacks/tenants/hrss/tenant.yaml"),
  name: "人社局",
  monthlyBudget: undefined,
  range: "10.20.0.0/16",
};

/** Two web servers with public addresses, one database with a volume, object and file storage. */
export const SHOP: Declaration = declaration({
  servers: [
    server({
      key: "app",
      count: 2,
      listens: [{ protocol: "tcp", port: 443, from: { kind: "internet" } }],
    }),
    server({ key: "db", dataDisks: [{ key: "data", type: "sas", sizeGb: 100 }] }),
  ],
  objectGb: 100,
  fileGb: 80,
});

/** The shop with its database declared otherwise. */
export function withDb(overrides: Parameters<typeof server>[0], more: Partial<Declaration> = {}): Declaration {
  return {
    ...SHOP,
    servers: SHOP.servers.map((each) => (each.key === "db" ? { ...each, ...overrides } : each)),
    ...more,
  };
}

/** The shop with its web servers declared otherwise. */
export function withApp(overrides: Parameters<typeof server>[0], more: Partial<Declaration> = {}): Declaration {
  return {
    ...SHOP,
    servers: SHOP.servers.map((each) => (each.key === "app" ? { ...each, ...overrides } : each)),
    ...more,
  };
}

/** The same declaration in a file that was edited. */
export function edited(declared: Declaration): Declaration {
  return { ...declared, source: sourceOf(`# edited\n${declared.source.text}`, declared.source.path) };
}

export function accepts(damage: AcceptedDamage["damage"], of: string, until = "2026-01-31"): AcceptedDamage {
  return { damage, of, until, reason: "已备份，周末维护窗口内进行" };
}

export function removal(of: string, on = "2026-01-10", attestation = "数据已于一月九日返还，清单编号 TC-2026-011", count = 1): Removal {
  return { of, on, attestation, count };
}

type Bodies = Record<string, Record<string, Record<string, unknown>>>;
/** Changes resources as a catalogue, a provider or a hand could, where no declaration does. */
export type Edit = (resources: Bodies) => void;

function configuration(declared: Declaration): { resource: Bodies } {
  const { stacks } = buildApp(CATALOGUE, CONTRACT, { tenants: new Map([[BUREAU.id, BUREAU]]), systems: [declared] });
  return structuredClone(synthesise(required(stacks.get(declared.id), "the system's stack"))) as unknown as { resource: Bodies };
}

/** What a declaration really builds, read back from its stack. */
export function built(declared: Declaration, edit: Edit = () => undefined): readonly PlannedResource[] {
  const json = configuration(declared);
  edit(json.resource);
  return readSynthesised(json);
}

/** The arguments of one resource, to be edited. */
function body(resources: Bodies, address: string): Record<string, unknown> {
  const [type = "", name = ""] = address.split(".");
  return required(resources[type]?.[name], address);
}

/** Sets arguments of one resource. */
export function set(address: string, values: Readonly<Record<string, unknown>>): Edit {
  return (resources) => {
    Object.assign(body(resources, address), values);
  };
}

/** Sets arguments of a resource's only block of a name. */
export function setBlock(address: string, block: string, values: Readonly<Record<string, unknown>>): Edit {
  return (resources) => {
    const found = body(resources, address)[block];
    Object.assign(required((Array.isArray(found) ? found[0] : found) as object | undefined, block), values);
  };
}

/** Takes a resource out. */
export function drop(...addresses: readonly string[]): Edit {
  return (resources) => {
    for (const address of addresses) {
      const [type = "", name = ""] = address.split(".");
      body(resources, address);
      delete resources[type]?.[name];
    }
  };
}

/** A request as policies see it: what was declared, what is, and what the change does, by the stacks themselves. */
export function changed(
  before: Declaration,
  after: Declaration,
  edits: { readonly before?: Edit; readonly after?: Edit; readonly at?: string } = {},
): SystemSubject {
  const [base, head] = [built(before, edits.before), built(after, edits.after)];
  return systemSubject(after, {
    at: Temporal.PlainDate.from(edits.at ?? "2026-01-15"),
    pool: pool(after.pool),
    resources: head,
    base: { declaration: before, resources: base, monthly: systemSubject().monthly },
    changes: compareResources(base, head),
  });
}

/** The platform, changed by hand-made resources. */
export function platformChanged(before: readonly PlannedResource[], after: readonly PlannedResource[]): SystemSubject {
  return {
    ...systemSubject(),
    id: "platform",
    declaration: undefined,
    pool: undefined,
    resources: after,
    base: { declaration: undefined, resources: before, monthly: systemSubject().monthly },
    changes: compareResources(before, after),
  };
}
