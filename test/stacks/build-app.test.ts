import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { propertyAccess } from "cdktf";
import { expect, test } from "vitest";
import { buildApp, synthesise } from "../../stacks/build-app.ts";
import { CATALOGUE } from "./catalogue.ts";
import { BUREAU, declared, servers } from "./declared.ts";
import { CONTRACT } from "./synthesised.ts";

const systems = [declared({ servers: [servers("app", { count: 20 })] }), declared({ id: "hrss/jobs", system: "jobs" })];
const declarations = { tenants: new Map([["hrss", BUREAU]]), systems };

test.each([
  { only: undefined, ids: ["platform", "hrss/pensions", "hrss/jobs"] },
  { only: ["hrss/jobs"], ids: ["hrss/jobs"] },
  { only: ["platform"], ids: ["platform"] },
  { only: ["hrss/unknown"], ids: [] },
])("Asked for $only it builds $ids", ({ only, ids }) => {
  const { stacks } = buildApp(CATALOGUE, CONTRACT, declarations, only === undefined ? {} : { only: new Set(only) });
  expect([...stacks.keys()]).toEqual(ids);
});

test("A system of an unknown bureau is refused", () => {
  expect(() => buildApp(CATALOGUE, CONTRACT, { ...declarations, tenants: new Map() })).toThrow(
    "Cannot build hrss/pensions: wanted tenant.yaml of hrss",
  );
});

test("Files that CDKTF writes say the same as the configuration in memory", () => {
  const outdir = mkdtempSync(join(tmpdir(), "stacks-"));
  try {
    const { app, stacks } = buildApp(CATALOGUE, CONTRACT, declarations, { outdir });
    const inMemory = [...stacks.values()].map((stack) => [stack.node.id, synthesise(stack)]);
    expect(existsSync(join(outdir, "manifest.json"))).toBe(false);
    app.synth();
    expect(readdirSync(join(outdir, "stacks")).sort()).toEqual(["hrss--jobs", "hrss--pensions", "platform"]);
    const withoutMetadata = (_: string, value: unknown) =>
      typeof value === "object" && value !== null && "//" in value
        ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== "//"))
        : value;
    const written = (id: unknown) => JSON.parse(readFileSync(join(outdir, "stacks", String(id), "cdk.tf.json"), "utf8"), withoutMetadata);
    for (const [id, json] of inMemory) expect(written(id)).toEqual(json);
  } finally {
    rmSync(outdir, { recursive: true });
  }
});

test("Tokens carry no creation stack, which would take nine tenths of the time", () => {
  expect(propertyAccess("a", ["b"]).creationStack).toEqual([]);
});
