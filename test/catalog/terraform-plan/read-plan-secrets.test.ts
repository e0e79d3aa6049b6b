import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { InvalidInput } from "../../../catalog/source/diagnostic.ts";
import { causeWords } from "../../../catalog/terraform-plan/cause-words.ts";
import { type EnginePlan, parseForeignPlan, readPlan } from "../../../catalog/terraform-plan/read-plan.ts";
import { RECORDED, recordedBytes, recordedPlan } from "../../plans/recorded.ts";
import { blockOf, constant, entryOf, type Fields, readEntries } from "./read-plan-example.ts";

const SECRET = "hunter2-hunter2";
const OTHER = "other-other-other";

/** Everything that a plan says, sets and maps too. */
function told(plan: EnginePlan): string {
  const words = plan.changes.map((each) => causeWords(each));
  return JSON.stringify([plan, words], (_, value: unknown) => (value instanceof Set || value instanceof Map ? [...value] : value));
}

const changed = (type: string, before: Fields | null, after: Fields | null, more: Fields = {}) => {
  const actions = before === null ? ["create"] : after === null ? ["delete"] : ["update"];
  return readEntries([entryOf(`${type}.x`, { actions, before, after, ...more })], [blockOf(`${type}.x`, { name: constant("n") })]);
};

describe("A secret is in no result:", () => {
  test.each([
    { type: "t", value: { a: SECRET }, marks: { a: true } },
    { type: "t", value: { a: [{ b: SECRET }] }, marks: { a: [{ b: true }] } },
    { type: "t", value: { a: { [SECRET]: SECRET } }, marks: { a: true } },
    { type: "t", value: { a: SECRET }, marks: true },
    { type: "t", value: { db_password: SECRET } },
    { type: "t", value: { settings: { "api-key": SECRET } } },
    { type: "t", value: { env: [{ name: "DB_PASSWORD", value: SECRET }] } },
    { type: "t", value: { tls_private_key_pem: SECRET } },
    { type: "openstack_identity_application_credential_v3", value: { secret: SECRET } },
    { type: "openstack_keymanager_secret_v1", value: { payload: SECRET } },
    { type: "openstack_identity_user_v3", value: { password: SECRET } },
    { type: "openstack_db_instance_v1", value: { user: [{ password: SECRET }] } },
    { type: "openstack_vpnaas_site_connection_v2", value: { psk: SECRET } },
    { type: "openstack_compute_keypair_v2", value: { private_key: SECRET } },
    { type: "openstack_compute_instance_v2", value: { user_data: SECRET } },
    { type: "openstack_compute_instance_v2", value: { personality: [{ file: "/etc/x", content: SECRET }] } },
    { type: "openstack_objectstorage_tempurl_v1", value: { url: SECRET } },
    { type: "kubernetes_secret_v1", value: { data: { [SECRET]: SECRET } } },
  ])("$type $value $marks", ({ type, value, marks = {} }) => {
    const swapped = JSON.parse(JSON.stringify(value).replaceAll(SECRET, OTHER)) as Fields;
    for (const plan of [
      changed(type, null, value, { after_sensitive: marks }),
      changed(type, value, null, { before_sensitive: marks }),
      changed(type, value, swapped, { before_sensitive: marks, after_sensitive: marks }),
      // Marked on one side alone: what was a secret is one.
      changed(type, value, swapped, { before_sensitive: marks }),
      changed(type, swapped, value, { after_sensitive: marks, replace_paths: [["a", 0, SECRET]] }),
    ]) {
      expect(told(plan)).not.toContain(SECRET);
      expect(told(plan)).not.toContain(OTHER);
    }
  });

  test("it tells whether it changes, counts as unknown, and what causes the change is named", () => {
    const same = changed("t", { psk: SECRET, a: 1 }, { psk: SECRET, a: 2 });
    const other = changed("t", { psk: SECRET, a: 1 }, { psk: OTHER, a: 1 });
    const print = ({ before, after, changes }: EnginePlan) => [
      JSON.stringify(before[0]?.values["psk"]),
      JSON.stringify(after[0]?.values["psk"]),
      changes[0]?.cause,
    ];
    expect(print(same)).toEqual(['"***"', '"***"', ["a"]]);
    expect(print(other)).toEqual(['"***"', '"*** (2)"', ["psk"]]);
    expect([...(other.after[0]?.unknown ?? [])]).toEqual(["psk"]);
    expect([...(other.after[0]?.sensitive ?? [])]).toEqual(["psk"]);
    expect(causeWords(other.changes[0] as NonNullable<(typeof other.changes)[0]>).en).toBe(
      'psk of t x changes from "***" to "*** (2)", so it is changed in place',
    );
  });

  test("what is only named like one is told: flags, empty values, references to secrets, public keys", () => {
    const value = {
      ignore_password_expiry: true,
      password: "",
      secret_ref: "http://127.0.0.1/secrets/1",
      public_key: "ssh-ed25519 AAAA",
      secret_type: "opaque",
    };
    expect(changed("t", null, value).after[0]?.values).toEqual(value);
  });

  test("of a recorded plan: the values that stand for secrets", () => {
    for (const plan of RECORDED) expect(told(recordedPlan(plan))).not.toMatch(/test-only/);
  });
});

/** Changes one place of a JSON value: takes it away, or puts something else there. */
function mutate(value: unknown, picks: readonly number[], replacement: unknown): unknown {
  const [pick = 0, ...rest] = picks;
  if (typeof value !== "object" || value === null || rest.length === 0) return replacement;
  const keys = Object.keys(value);
  const key = keys[pick % Math.max(1, keys.length)];
  if (key === undefined) return replacement;
  const inner = mutate((value as Record<string, unknown>)[key], rest, replacement);
  if (Array.isArray(value)) return value.map((each: unknown, index) => (String(index) === key ? inner : each));
  const entries = Object.entries(value).filter(([each]) => each !== key || inner !== undefined);
  return Object.fromEntries(entries.map(([each, old]) => [each, each === key ? inner : old]));
}

const ANYTHING = fc.oneof(
  fc.constantFrom(undefined, null, true, false, 0, -1, "", "x", [], {}, [[]], [{}], { references: [7] }, { root_module: 7 }, "a.b.c", [
    "create",
  ]),
  fc.jsonValue({ maxDepth: 3 }),
);
const SEEDS = ["flavor-resize", "drift", "create-system", "key-manager-payload-change", "forget", "kubernetes-namespace", "tainted"].map(
  (plan) => JSON.parse(recordedBytes(plan).toString()) as unknown,
);

describe("A plan that is changed anywhere", () => {
  test("is read or refused as invalid, never anything else, and says no secret", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...SEEDS),
        fc.array(fc.tuple(fc.array(fc.nat(200), { minLength: 2, maxLength: 9 }), ANYTHING), { minLength: 1, maxLength: 4 }),
        (seed, mutations) => {
          let plan = seed;
          for (const [picks, replacement] of mutations) plan = mutate(plan, picks, replacement);
          const words = JSON.stringify(plan) ?? "";
          try {
            const result = readPlan(parseForeignPlan("plan.json", Buffer.from(words)));
            expect(result.changes.every(({ address }) => address !== "")).toBe(true);
            // All that is read only when it is asked for.
            expect(told(result)).not.toBe("");
          } catch (error) {
            if (!(error instanceof InvalidInput)) throw error;
            expect(error.message).not.toContain("test-only");
          }
        },
      ),
      { numRuns: 400, seed: 5 },
    );
  }, 120_000);

  test("is refused where its bytes are changed, or read as JSON that says something else", () => {
    const bytes = recordedBytes("tainted");
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), fc.nat(40), (at, byte, cut) => {
        const changedBytes = Buffer.concat([bytes.subarray(0, at), Buffer.from([byte]), bytes.subarray(at + cut)]);
        try {
          readPlan(parseForeignPlan("plan.json", changedBytes));
        } catch (error) {
          if (!(error instanceof InvalidInput)) throw error;
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  }, 120_000);
});
