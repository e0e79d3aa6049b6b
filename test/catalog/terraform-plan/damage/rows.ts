import { expect } from "vitest";
import { compareResources } from "../../../../catalog/terraform-plan/compare.ts";
import type { ResourceChange } from "../../../../catalog/terraform-plan/planned-resource.ts";
import { readSynthesised } from "../../../../catalog/terraform-plan/read-synthesised.ts";
import { FIREWALL, type Resources, shop, stackOf, VENDED } from "../shop.ts";

export function changesOf(base: Resources, head: Resources): readonly ResourceChange[] {
  return compareResources(readSynthesised(stackOf(base)), readSynthesised(stackOf(head)));
}

/** What changes, as `action type.name damage`, with the shared beginning and end of OpenStack's types left out. */
export function print(changes: readonly ResourceChange[]): string[] {
  return changes
    .filter(({ action }) => action !== "no-op")
    .map(({ action, address, damage }) => [action, address.replace(/^openstack_/, "").replace(/_v\d\./, "."), ...damage].join(" "));
}

export function damageOf(changes: readonly ResourceChange[]): string[] {
  return [...new Set(changes.flatMap(({ damage }) => damage))].sort();
}

/** A change of the shop, and what comes of it. */
export interface Row {
  /** Name of the recorded plan whose row this is, or words of its own where none was recorded. */
  readonly row: string;
  readonly before?: (system: Resources) => void;
  readonly after: (system: Resources) => void;
  readonly changes: readonly string[];
  readonly damage: readonly string[];
}

/** One resource of the shop, to be edited. */
export function of(system: Resources, address: string): Record<string, unknown> {
  const [type = "", name = ""] = address.split(".");
  const found = system[type]?.[name];
  if (found === undefined) throw new Error(`wanted ${address} in the shop`);
  return found;
}

export function edit(address: string, values: Readonly<Record<string, unknown>>) {
  return (system: Resources) => Object.assign(of(system, address), values);
}

/** The first block of a name, with other values. */
export function editBlock(address: string, block: string, values: Readonly<Record<string, unknown>>) {
  return (system: Resources) => {
    const [first] = of(system, address)[block] as Record<string, unknown>[];
    Object.assign(first ?? {}, values);
  };
}

export function remove(...addresses: readonly string[]) {
  return (system: Resources) => {
    for (const address of addresses) {
      const [type = "", name = ""] = address.split(".");
      of(system, address);
      delete system[type]?.[name];
    }
  };
}

export function add(address: string, values: Record<string, unknown>) {
  return (system: Resources) => {
    const [type = "", name = ""] = address.split(".");
    system[type] = { ...system[type], [name]: values };
  };
}

export function all(...edits: readonly ((system: Resources) => void)[]) {
  return (system: Resources) => {
    for (const each of edits) each(system);
  };
}

/** A system of these resources alone. */
export const bare = (resources: Resources) => (system: Resources) => {
  for (const type of Object.keys(system)) delete system[type];
  Object.assign(system, structuredClone(resources));
};

export const withFirewall = (system: Resources) => Object.assign(system, structuredClone(FIREWALL));
export const vended = (system: Resources) => Object.assign(system, structuredClone(VENDED));

export function check({ before = () => undefined, after, changes, damage }: Row): void {
  const base = shop();
  before(base);
  const head = structuredClone(base);
  after(head);
  const found = changesOf(base, head);
  expect(print(found)).toEqual(changes);
  expect(damageOf(found)).toEqual([...damage].sort());
}
