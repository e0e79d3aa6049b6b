import { readFileSync } from "node:fs";

interface Block {
  readonly attributes?: Readonly<Record<string, { readonly type: unknown }>>;
  readonly block_types?: Readonly<Record<string, { readonly nesting_mode: string; readonly block?: Block }>>;
}

let schemas: Readonly<Record<string, { readonly block: Block }>> | undefined;

/** Whether the order of the values at this path (list positions left out) means nothing to the provider: its schema makes them a set. */
export function isSetAttribute(type: string, path: string): boolean {
  schemas ??= readSchemas();
  let block: Block | undefined = schemas[type]?.block;
  const steps = path.split(".");
  for (const [depth, step] of steps.entries()) {
    const nested: { readonly nesting_mode: string; readonly block?: Block } | undefined = block?.block_types?.[step];
    if (depth === steps.length - 1) {
      const attribute = block?.attributes?.[step]?.type;
      return nested?.nesting_mode === "set" || (Array.isArray(attribute) && attribute[0] === "set");
    }
    block = nested?.block;
  }
  return false;
}

function readSchemas(): NonNullable<typeof schemas> {
  const { provider_schemas: providers } = JSON.parse(
    readFileSync(new URL("../../providers/openstack/schema.json", import.meta.url), "utf8"),
  ) as { provider_schemas: Record<string, { resource_schemas: NonNullable<typeof schemas> }> };
  return Object.assign({}, ...Object.values(providers).map((provider) => provider.resource_schemas)) as NonNullable<typeof schemas>;
}
