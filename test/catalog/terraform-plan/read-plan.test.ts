import { describe, expect, test } from "vitest";
import { readExposure } from "../../../catalog/terraform-plan/exposure.ts";
import { reasonWords } from "../../../catalog/terraform-plan/read-plan.ts";
import { blockOf, constant, entryOf, type Fields, planOf, read, readEntries, reference } from "./read-plan-example.ts";

const SERVER = "openstack_compute_instance_v2.web";
const PORT = "openstack_networking_port_v2";
const UUID = (digit: number) => `0000000${digit}-0000-4000-8000-000000000000`;
const updated = (before: Fields, after: Fields, more: Fields = {}) => ({ actions: ["update"], before, after, ...more });

describe("Unknown is told from left out:", () => {
  const after = (expressions: Fields | undefined, afterUnknown: Fields, values: Fields = {}) => {
    const blocks = expressions === undefined ? [] : [blockOf(SERVER, expressions)];
    const plan = readEntries([entryOf(SERVER, { actions: ["create"], after: values, after_unknown: afterUnknown })], blocks);
    return [...(plan.after[0]?.unknown ?? [])];
  };
  test.each([
    {
      what: "given by reference",
      expressions: { flavor_id: reference("a.b.id", "a.b") },
      unknown: { flavor_id: true, id: true },
      found: ["flavor_id"],
    },
    { what: "left out, computed", expressions: {}, unknown: { region: true, security_groups: true }, found: [] },
    {
      what: "in a block",
      expressions: { network: [{ port: reference("a.b.id") }] },
      unknown: { network: [{ port: true, mac: true }] },
      found: ["network.port"],
    },
    {
      what: "in one of two blocks",
      expressions: { network: [{ uuid: constant("x") }, { port: reference("a.b.id") }] },
      unknown: { network: [{}, { port: true }] },
      found: ["network.port"],
    },
    { what: "a dynamic block of unknown length", expressions: {}, unknown: { block_device: true }, found: ["block_device"] },
    {
      what: "inside a dynamic block",
      expressions: {},
      unknown: { network: [{ port: true }] },
      values: { network: [{}] },
      found: ["network.port"],
    },
    {
      what: "a key of a map",
      expressions: { metadata: reference("a.b.id") },
      unknown: { metadata: { owner: true } },
      values: { metadata: {} },
      found: ["metadata.owner"],
    },
    { what: "no configuration at all: everything", expressions: undefined, unknown: { flavor_id: true }, found: ["flavor_id"] },
  ])("$what", ({ expressions, unknown, values, found }) => {
    expect(after(expressions, unknown, values)).toEqual(found);
  });

  test("what is null is left out of the values, in lists and blocks too", () => {
    const plan = readEntries([entryOf(SERVER, { actions: ["create"], after: { a: null, b: [null, 1], c: [{ d: null, e: "" }] } })]);
    expect(plan.after[0]?.values).toEqual({ b: [1], c: [{ e: "" }] });
  });
});

describe("Actions:", () => {
  test.each([
    { actions: ["no-op"], action: "no-op" },
    { actions: ["create"], action: "create" },
    { actions: ["update"], action: "update" },
    { actions: ["delete"], action: "delete" },
    { actions: ["forget"], action: "forget" },
    { actions: ["delete", "create"], action: "replace", order: "delete-first" },
    { actions: ["create", "delete"], action: "replace", order: "create-first" },
    { actions: ["create", "forget"], action: "replace", order: "forget" },
  ])("$actions", ({ actions, action, order }) => {
    const before = actions[0] === "create" && actions.length === 1 ? null : {};
    const after = ["delete", "forget"].includes(actions.join()) ? null : {};
    const plan = readEntries([entryOf("t.x", { actions, before, after })]);
    expect(plan.changes.map((each) => [each.action, each.order])).toEqual([[action, order]]);
    expect([plan.before.length, plan.after.length]).toEqual([before === null ? 0 : 1, after === null ? 0 : 1]);
  });

  test("a deposed object is a change of its own, and no data source is one", () => {
    const volume = "openstack_blockstorage_volume_v3.v";
    const plan = readEntries([
      entryOf(volume, { actions: ["no-op"], before: { size: 1 }, after: { size: 1 } }),
      entryOf(volume, { actions: ["delete"], before: { size: 1 } }, { deposed: "ab12cd34" }),
      { ...entryOf("t.x", { actions: ["read"] }), address: "data.t.x", mode: "data" },
    ]);
    expect(plan.changes.map(({ address, action, deposed, damage }) => [address, action, deposed, damage])).toEqual([
      [volume, "no-op", undefined, []],
      [`${volume} (deposed ab12cd34)`, "delete", "ab12cd34", ["data-lost"]],
    ]);
  });

  test("why it is replaced, where it was moved from, that it is imported", () => {
    const plan = readEntries([
      entryOf("t.a", { actions: ["delete", "create"], before: {}, after: {} }, { action_reason: "replace_because_tainted" }),
      entryOf("t.b", { actions: ["no-op"], before: {}, after: {} }, { previous_address: "t.c" }),
      entryOf("t.d", { actions: ["no-op"], before: {}, after: {}, importing: { id: "x" } }),
      entryOf("t.e", { actions: ["delete"], before: {} }, { action_reason: "delete_because_of\u202e_something new" }),
    ]);
    expect(plan.changes.map(({ address, reason, movedFrom, isImported }) => ({ address, reason, movedFrom, isImported }))).toEqual([
      { address: "t.a", reason: "replace_because_tainted" },
      { address: "t.b", movedFrom: "t.c" },
      { address: "t.d", isImported: true },
      { address: "t.e", reason: "delete_because_of\ufffd_something new" },
    ]);
  });
});

test("a reason has words in both languages; one that is not known is told as it is", () => {
  expect(reasonWords("replace_because_tainted")).toEqual({
    zh: "上次建成一半，已标为损坏",
    en: "it was left half made and is marked as tainted",
  });
  expect(reasonWords("replace_because_new")).toEqual({ zh: "replace_because_new", en: "replace_because_new" });
});

describe("What an attribute refers to:", () => {
  const server = (address: string, change: Fields) => entryOf(address, { after_unknown: { network: [{ port: true }] }, ...change });
  const references = (entries: readonly Fields[], root: Fields, address: string) => {
    const plan = read(planOf({ resource_changes: entries, configuration: { root_module: root } }));
    const found = [...plan.after, ...plan.before].find((each) => each.address === address);
    return found?.references.get("network.port")?.map((each) => `${each.address} ${each.attribute}`);
  };
  const port = (address: string, id?: string) =>
    entryOf(
      address,
      id === undefined
        ? { actions: ["create"], after: {}, after_unknown: { id: true } }
        : { actions: ["no-op"], before: { id }, after: { id } },
    );
  const block = (words: readonly string[], more: Fields = {}) => blockOf(SERVER, { network: [{ port: reference(...words) }] }, more);
  const create = { actions: ["create"], after: { network: [{}] } };

  test("a resource beside it", () => {
    expect(references([server(SERVER, create), port(`${PORT}.p`)], { resources: [block([`${PORT}.p.id`, `${PORT}.p`])] }, SERVER)).toEqual([
      `${PORT}.p id`,
    ]);
  });

  test("the instance with the same key, where count and for_each make as many; else all of them", () => {
    const counted = (count: number) =>
      [0, 1].map((at) => server(`${SERVER}[${at}]`, create)).concat(Array.from({ length: count }, (_, at) => port(`${PORT}.p[${at}]`)));
    const root = { resources: [block([`${PORT}.p`, "count.index"], { count_expression: constant(2) })] };
    expect(references(counted(2), root, `${SERVER}[1]`)).toEqual([`${PORT}.p[1] `]);
    expect(references(counted(3), root, `${SERVER}[1]`)).toEqual([0, 1, 2].map((at) => `${PORT}.p[${at}] `));
    const keyed = ["a", "b"].flatMap((key) => [server(`${SERVER}["${key}"]`, create), port(`${PORT}.p["${key}"]`)]);
    const each = { resources: [block([`${PORT}.p`, "each.key"], { for_each_expression: {} })] };
    expect(references(keyed, each, `${SERVER}["b"]`)).toEqual([`${PORT}.p["b"] `]);
    expect(references(keyed, { resources: [block([`${PORT}.p["a"].id`, `${PORT}.p["a"]`, `${PORT}.p`])] }, `${SERVER}["b"]`)).toEqual([
      `${PORT}.p["a"] id`,
    ]);
  });

  test("a known id chooses among them", () => {
    const known = {
      actions: ["update"],
      before: { network: [{ port: UUID(2) }] },
      after: { network: [{ port: UUID(1) }] },
      after_unknown: {},
    };
    const entries = [server(`${SERVER}[0]`, known), port(`${PORT}.p[0]`, UUID(1)), port(`${PORT}.p[1]`, UUID(2))];
    const plan = readEntries(entries, [block([`${PORT}.p`, "count.index"], { count_expression: constant(1) })]);
    const of = (side: "before" | "after") => plan[side].find(({ address }) => address === `${SERVER}[0]`)?.references.get("network.port");
    expect([of("before"), of("after")]).toEqual(
      [[{ address: `${PORT}.p[1]`, attribute: "" }], [{ address: `${PORT}.p[0]`, attribute: "" }]].map((each) =>
        each.map((one) => expect.objectContaining({ address: one.address })),
      ),
    );
  });

  test("through a variable of a module, an output of another, and the value of for_each; within the same instance of the module", () => {
    const inner = {
      resources: [block(["var.port_id"]), blockOf(`${PORT}.own`, {})],
      outputs: { own: { expression: reference(`${PORT}.own.id`, `${PORT}.own`) } },
    };
    const root = {
      resources: [
        blockOf(`${PORT}.p`, {}),
        blockOf("t.each", { network: [{ port: reference("each.value") }] }, { for_each_expression: reference("module.b.own") }),
      ],
      module_calls: { a: { expressions: { port_id: reference("module.b.own", "module.b") }, module: inner }, b: { module: inner } },
    };
    const entries = ["a", "b"]
      .flatMap((key) => [server(`module.${key}.${SERVER}`, create), port(`module.${key}.${PORT}.own`)])
      .concat(server("t.each", create));
    expect(references(entries, root, `module.a.${SERVER}`)).toEqual([`module.b.${PORT}.own id`]);
    expect(references(entries, root, `module.b.${SERVER}`)).toEqual(undefined);
    expect(references(entries, root, "t.each")).toEqual([`module.b.${PORT}.own id`]);
    const own = { resources: [block([`${PORT}.own.id`]), blockOf(`${PORT}.own`, {})] };
    const twice = ["x", "y"].flatMap((key) => [server(`module.a["${key}"].${SERVER}`, create), port(`module.a["${key}"].${PORT}.own`)]);
    expect(references(twice, { module_calls: { a: { module: own } } }, `module.a["y"].${SERVER}`)).toEqual([
      `module.a["y"].${PORT}.own id`,
    ]);
  });

  test("an id that stands there as text, and nothing where it leads in a circle", () => {
    const literal = server(SERVER, { actions: ["create"], after: { network: [{ port: UUID(1) }] }, after_unknown: {} });
    expect(references([literal, port(`${PORT}.p`, UUID(1))], { resources: [] }, SERVER)).toEqual([`${PORT}.p id`]);
    const circle = {
      module_calls: { a: { expressions: { x: reference("module.a.x") }, module: { outputs: { x: { expression: reference("var.x") } } } } },
      resources: [block(["module.a.x"])],
    };
    expect(references([server(SERVER, create)], circle, SERVER)).toBeUndefined();
  });

  test.each([
    { what: "a local beside a resource in one expression", written: [{ port: reference(`${PORT}.p.id`, `${PORT}.p`, "local.more") }] },
    {
      what: "a block of a local beside that of a resource",
      written: [{ port: reference(`${PORT}.p.id`) }, { port: reference("local.x") }],
    },
    { what: "a function of nothing", written: [{ port: reference(`${PORT}.p.id`) }, { port: {} }] },
  ])("what is known later and names no resource stands beside what does: $what", ({ written }) => {
    const after_unknown = { network: written.map(() => ({ port: true })) };
    const made = server(SERVER, { actions: ["create"], after: { network: written.map(() => ({})) }, after_unknown });
    const root = { resources: [blockOf(SERVER, { network: written })] };
    expect(references([made, port(`${PORT}.p`)], root, SERVER)).toEqual([`${PORT}.p id`, " "]);
    // Once it is known, its value tells it.
    const known = { network: written.map((_, at) => ({ port: UUID(at + 1) })) };
    const stands = server(SERVER, { actions: ["no-op"], before: known, after: known, after_unknown: {} });
    expect(references([stands, port(`${PORT}.p`, UUID(1))], root, SERVER)).toEqual([`${PORT}.p id`]);
  });

  test("an id that is known, beside one that is not and that the configuration does not name", () => {
    const change = { actions: ["create"], after: { network: [{ port: UUID(1) }, {}] }, after_unknown: { network: [{}, { port: true }] } };
    const root = { resources: [blockOf(SERVER, { network: [{ port: reference("local.x") }, { port: reference("local.y") }] })] };
    expect(references([server(SERVER, change), port(`${PORT}.p`, UUID(1))], root, SERVER)).toEqual([`${PORT}.p id`, " "]);
  });

  test("a variable or a key beside a resource is known when planning, and says nothing of its own", () => {
    const root = { resources: [block([`${PORT}.p.id`, `${PORT}.p`, "var.x", "each.key", "count.index"])] };
    expect(references([server(SERVER, create), port(`${PORT}.p`)], root, SERVER)).toEqual([`${PORT}.p id`]);
  });

  test("the exposure of servers that count makes is each one's own", () => {
    const entries = [0, 1].flatMap((at) => [
      server(`${SERVER}[${at}]`, { actions: ["create"], after: { name: `web-${at}`, network: [{}] } }),
      entryOf(`${PORT}.p[${at}]`, {
        actions: ["create"],
        after: { port_security_enabled: at === 0, no_security_groups: true },
        after_unknown: { id: true },
      }),
    ]);
    const plan = readEntries(entries, [
      block([`${PORT}.p`, "count.index"], { count_expression: constant(2) }),
      blockOf(`${PORT}.p`, {}, { count_expression: constant(2) }),
    ]);
    expect(readExposure(plan.after).map(({ server: name, from }) => `${name} ${from}`)).toEqual(["web-1 anyone"]);
  });
});

describe("What causes an update:", () => {
  const cause = (change: Fields, expressions: Fields = {}) =>
    readEntries([entryOf("t.x", change)], [blockOf("t.x", expressions)]).changes[0]?.cause;
  test.each([
    { what: "a value", change: updated({ a: 1, b: 2 }, { a: 1, b: 3 }), found: ["b"] },
    { what: "a value inside a block", change: updated({ b: [{ c: 1, d: 1 }] }, { b: [{ c: 2, d: 1 }] }), found: ["b.c"] },
    { what: "a block more", change: updated({ b: [{ c: 1 }] }, { b: [{ c: 1 }, { c: 2 }] }), found: ["b"] },
    { what: "null is nothing", change: updated({ a: null, b: 1 }, { b: 2 }), found: ["b"] },
    {
      what: "given and not known yet",
      change: updated({ a: "x", id: "i" }, { id: "i" }, { after_unknown: { a: true } }),
      expressions: { a: reference("t.y.id") },
      found: ["a"],
    },
    {
      what: "not computed ones that go along",
      change: updated({ a: 1, rev: 1 }, { a: 2 }, { after_unknown: { rev: true } }),
      found: ["a"],
    },
    {
      what: "computed ones where there is nothing else",
      change: updated({ rev: 1 }, {}, { after_unknown: { rev: true } }),
      found: ["rev"],
    },
  ])("$what", ({ change, expressions, found }) => {
    expect(cause(change, expressions)).toEqual(found);
  });

  test("and a replacement, by the engine's own paths", () => {
    const change = {
      actions: ["delete", "create"],
      before: { b: [{ c: 1 }] },
      after: { b: [{ c: 2 }] },
      replace_paths: [["b", 0, "c"], ["b", 1, "c"], ["a"]],
    };
    expect(cause(change)).toEqual(["a", "b.c"]);
  });
});

describe("Drift without its noise:", () => {
  const drift = (change: Fields, expressions: Fields, planned: Fields = { actions: ["no-op"], before: {}, after: {} }) =>
    readEntries([entryOf("t.x", planned)], [blockOf("t.x", expressions)], { resource_drift: [entryOf("t.x", change)] }).drift.map(
      (each) => [each.action, ...each.cause],
    );
  test.each([
    { what: "a deletion counts", change: { actions: ["delete"], before: { a: 1 } }, expressions: {}, found: [["delete"]] },
    {
      what: "a declared argument counts",
      change: updated({ size: 1 }, { size: 2 }),
      expressions: { size: constant(1) },
      found: [["update", "size"]],
    },
    { what: "one that was not declared does not", change: updated({ device_id: "" }, { device_id: "x" }), expressions: {}, found: [] },
    {
      what: "nothing written otherwise is the same",
      change: updated({ tags: null, a: {} }, { tags: [], a: null }),
      expressions: { tags: constant([]), a: constant({}) },
      found: [],
    },
    {
      what: "a key beside those of a declared map does not, for the provider adds its own",
      change: updated({ properties: { sha256: "a", task: "t" } }, { properties: { sha256: "a" } }),
      expressions: { properties: constant({ sha256: "a" }) },
      found: [],
    },
    {
      what: "a key of a declared map counts",
      change: updated({ properties: { sha256: "a" } }, { properties: { sha256: "b" } }),
      expressions: { properties: constant({ sha256: "a" }) },
      found: [["update", "properties.sha256"]],
    },
    {
      what: "one that the plan changes back counts",
      change: updated({ power_state: "active" }, { power_state: "shutoff" }),
      expressions: {},
      planned: updated({ power_state: "shutoff" }, { power_state: "active" }),
      found: [["update", "power_state"]],
    },
  ])("$what", ({ change, expressions, planned, found }) => {
    expect(drift(change, expressions, planned)).toEqual(found);
  });
});

describe("Damage that only the engine's plan tells:", () => {
  test("a deleted flavor whose server is to have the same again: it goes and does not come back", () => {
    const before = { flavor_id: "", name: "web" };
    const plan = readEntries(
      [entryOf(SERVER, { actions: ["delete", "create"], before, after: { flavor_id: "f-1" }, replace_paths: [["flavor_id"]] })],
      [blockOf(SERVER, { flavor_id: constant("f-1") })],
      { resource_drift: [entryOf(SERVER, updated({ flavor_id: "f-1" }, { flavor_id: "" }))] },
    );
    // It has no port of its own that would keep its address.
    expect(plan.changes[0]?.damage).toEqual(["root-disk-lost", "fails-at-apply", "re-addressed"]);
    expect(plan.drift[0]?.damage).toEqual([]);
  });

  test("groups by id that are read back by name are the same groups, but for two of one name", () => {
    const group = (name: string, id: string) =>
      entryOf(`openstack_networking_secgroup_v2.${name}`, { actions: ["no-op"], before: { id, name: "g" }, after: { id, name: "g" } });
    const server = entryOf(SERVER, updated({ security_groups: ["g"] }, { security_groups: [UUID(1)] }));
    const damage = (...groups: readonly Fields[]) =>
      readEntries([server, ...groups]).changes.find(({ address }) => address === SERVER)?.damage;
    expect(damage(group("a", UUID(1)))).toEqual([]);
    expect(damage(group("a", UUID(2)))).toEqual(["exposure-changed"]);
    expect(damage(group("a", UUID(1)), group("b", UUID(2)))).toEqual(["exposure-changed"]);
  });
});

const VOLUME = "openstack_blockstorage_volume_v3.data";
const bootFrom = (uuid: string) => ({ boot_index: 0, delete_on_termination: true, destination_type: "volume", source_type: "image", uuid });

describe("What the provider can only replace does what a replacement does, though the plan calls it an update:", () => {
  test.each([
    {
      what: "a server's boot image",
      address: SERVER,
      before: { block_device: [bootFrom(UUID(1))] },
      after: { block_device: [bootFrom(UUID(2))] },
      damage: ["root-disk-lost", "re-addressed"],
    },
    {
      what: "a server's user data",
      address: SERVER,
      before: { user_data: "a" },
      after: { user_data: "b" },
      damage: ["root-disk-lost", "re-addressed"],
    },
    {
      what: "a server's network, known after apply",
      address: SERVER,
      before: { network: [{ uuid: UUID(1) }] },
      after: { network: [{}] },
      unknown: { network: [{ uuid: true }] },
      damage: ["root-disk-lost", "re-addressed"],
    },
    { what: "a volume's image", address: VOLUME, before: { image_id: UUID(1) }, after: { image_id: UUID(2) }, damage: ["data-lost"] },
    {
      what: "nothing written in two ways",
      address: VOLUME,
      before: { image_id: null, name: "a" },
      after: { image_id: "", name: "b" },
      damage: [],
    },
    { what: "a volume's name, which is no such thing", address: VOLUME, before: { name: "a" }, after: { name: "b" }, damage: [] },
  ])("$what", ({ address, before, after, unknown = {}, damage }) => {
    const plan = readEntries([entryOf(address, { actions: ["update"], before, after, after_unknown: unknown })]);
    expect(plan.changes.map((each) => each.damage)).toEqual([damage]);
  });
});

test("time grows with the plan, not with its square: 40,000 instances of a module, each referring to its own", () => {
  const entries = Array.from({ length: 40_000 }, (_, at) => [
    entryOf(`module.m[${at}].t.a`, { actions: ["create"], after: {}, after_unknown: { p: true } }),
    entryOf(`module.m[${at}].t.p`, { actions: ["create"], after: {}, after_unknown: { id: true } }),
  ]).flat();
  const module = { resources: [blockOf("t.a", { p: reference("t.p.id", "t.p") }), blockOf("t.p", {})] };
  const plan = read(planOf({ resource_changes: entries, configuration: { root_module: { module_calls: { m: { module } } } } }));
  expect(plan.after.find(({ address }) => address === "module.m[39999].t.a")?.references.get("p")).toEqual([
    { address: "module.m[39999].t.p", attribute: "id" },
  ]);
}, 30_000);

test("each side of a change tells its provider's source; where the plan names none, an empty one", () => {
  const source = "registry.opentofu.org/example/openstack";
  const change = { actions: ["no-op"], before: { size: 1 }, after: { size: 1 } };
  const plan = readEntries([entryOf(VOLUME, change, { provider_name: source }), entryOf(`${VOLUME}-2`, change)]);
  expect([...plan.before, ...plan.after].map(({ provider }) => provider)).toEqual([source, "", source, ""]);
});
