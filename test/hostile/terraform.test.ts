import { rmSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { buildApp, synthesise } from "../../stacks/build-app.ts";
import { literal } from "../../stacks/constructs/literal.ts";
import { CATALOGUE } from "../stacks/catalogue.ts";
import { BUREAU, declared } from "../stacks/declared.ts";
import { engine, initialised, plannedChanges } from "../stacks/engine.ts";
import { CONTRACT } from "../stacks/synthesised.ts";

/** Text that the readers refuse or let through: whatever reaches the engine has to stay text there. */
const WORDS = [
  "${path.root}",
  "$${path.root}",
  "$$${path.root}",
  "%{ if true }x%{ endif }",
  "%%{ if true }",
  "${",
  "%{",
  "$",
  "$$",
  "%",
  '${file("/etc/hostname")}',
  "${{ secrets.TOKEN }}",
  "$%{x}%${y}",
  "{{ .Values.x }}",
  "`id` $(id) ; id | id && id",
  "| a | b |",
  "<script>alert(1)</script>",
  "=cmd()",
  "+1",
  "-1",
  "@SUM(1)",
  "\\ \\\\ \" ' \\n \\u0041 \\${x}",
  "\u001b[31mred\u001b]0;title\u0007",
  "\u009b31m",
  "zeile\nzeile\ttab\r",
  "*/ // # /* <<EOF",
  "\u202egnirts",
  "𠮷 社会保险 é",
  "__proto__",
];

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test.skipIf(engine === undefined)(
  `Every hostile text is planned as the text that it is, by an engine without any provider${engine === undefined ? " (skipped: neither tofu nor terraform is on PATH)" : ""}`,
  () => {
    const inputs = Object.fromEntries(WORDS.map((words, index) => [`text-${index}`, { input: literal(words) }]));
    const { folder, failure } = initialised({ resource: { terraform_data: inputs } });
    folders.push(folder);
    expect(failure).toBeUndefined();
    const planned = new Map(plannedChanges(folder).map(({ address, change }) => [address, change.after["input"]]));
    // The engine composes letters and their accents, as the reader of a name does.
    expect(WORDS.map((_, index) => planned.get(`terraform_data.text-${index}`))).toEqual(WORDS.map((words) => words.normalize("NFC")));
  },
);

/** Hostile words in every text that a declaration and its bureau can hold, each with a name to find it by. */
const text = (name: string) => `${name} ${WORDS.filter((words) => !/[\n\r\t\u001b\u009b\u202e]/.test(words)).join(" ")}`;
const tenant = { ...BUREAU, name: text("bureau") };
const more = {
  changeReason: text("change"),
  sizing: { exempt: text("exempt"), until: "2026-03-31" },
  accepts: [{ damage: "reboot" as const, of: "s", until: "2026-03-31", reason: text("accepted") }],
  removals: [{ of: "s", count: 1, on: "2026-03-31", attestation: text("removed") }],
};
const systems = [
  declared({ name: text("name"), ...more }),
  declared({
    id: "hrss/gone",
    system: "gone",
    name: text("gone"),
    stage: "retired",
    retirement: { on: "2026-03-31", attestation: text("attested") },
    ...more,
  }),
];
const { stacks } = buildApp(CATALOGUE, CONTRACT, { tenants: new Map([["hrss", tenant]]), systems });
const [running, retired] = systems.map(({ id }) => {
  const stack = stacks.get(id);
  if (stack === undefined) throw new Error(`wanted the stack of ${id}`);
  return synthesise(stack);
});

/** Every text of a value that holds one of the names. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return /\b(?:bureau|name|gone|attested|change|exempt|accepted|removed) \$/.test(value) ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

test("Of a declaration's free text only names and attestations reach the engine, and no template of them stays open", () => {
  const found = [running, retired].flatMap((json) => textsIn(json));
  expect(found).toEqual([literal(`${tenant.name} ${systems[0]?.name}`), literal(text("attested"))]);
});

const first = running === undefined || engine === undefined ? undefined : initialised(running);
if (first !== undefined) folders.push(first.folder);
const reason = engine === undefined ? "neither tofu nor terraform is on PATH" : first?.failure;

test.skipIf(reason !== undefined)(
  `Names and attestations are planned verbatim with the real providers${reason === undefined ? "" : ` (skipped: ${reason})`}`,
  () => {
    if (first === undefined || retired === undefined) throw new Error("wanted both systems");
    const project = plannedChanges(first.folder).find(({ address }) => address.startsWith("openstack_identity_project_v3."));
    expect(project?.change.after["description"]).toBe(`${tenant.name} ${systems[0]?.name}`);
    const second = initialised(retired);
    folders.push(second.folder);
    const record = plannedChanges(second.folder).find(({ address }) => address === "terraform_data.records_retirement");
    expect(record?.change.after["input"]).toMatchObject({ attestation: text("attested") });
  },
);
