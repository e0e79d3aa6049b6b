import { withReplaced } from "../../tree.ts";
import { additions, BARE, declarations, type HostileInput, SYSTEM, server, TENANT, WAIVERS } from "../input.ts";

const waiver = (changes: Readonly<Record<string, string>>) => {
  const fields = {
    policy: "size/require-server-within-limits",
    system: "a/s",
    address: "servers.s",
    reason: "x",
    owner: "o",
    approver: "p",
    expires: "2026-03-31",
    ...changes,
  };
  return `waivers:\n  - { ${Object.entries(fields)
    .map(([key, value]) => `${key}: ${value}`)
    .join(", ")} }\n`;
};
const file = (name: string, path: string, content: string): HostileInput => ({
  name: `schema: ${name}`,
  files: { [SYSTEM]: BARE, [path]: content },
});
const replaced = (name: string, path: string, passage: string, replacement: string): HostileInput => ({
  name: `schema: ${name}`,
  files: withReplaced(path, passage, replacement, "first"),
});

/** Values of the wrong type, beyond their range, in no key; references to nothing; contradictions. */
export const schemaInputs = [
  ...additions("schema", [
    ["an unknown key", "password: x"],
    ["a misspelt key", "sever: {}"],
    ["a key of the program", "source: x"],
    ["a key of Terraform", "provider: { openstack: {} }"],
    ["a provisioner", "servers: { s: { provisioner: { local-exec: { command: id } } } }"],
    ["nothing for servers", "servers:"],
    ["a list for servers", "servers: []"],
    ["text for servers", "servers: none"],
    ["a server without anything", "servers: { s: {} }"],
    ["a server that is nothing", "servers: { s: }"],
    ["a family of none", `servers: { s: ${server({ family: "quantum" })} }`],
    ["an image of nowhere", `servers: { s: ${server({ image: "windows-xp" })} }`],
    ["an image by its address", `servers: { s: ${server({ image: "http://evil.example/x.img" })} }`],
    ["an image that is a way up", `servers: { s: ${server({ image: "../../etc/passwd" })} }`],
    ["an image from too small a disk", `servers: { s: ${server({ systemDisk: "{ type: ssd, sizeGb: 1 }" })} }`],
    ["a disk of no type", `servers: { s: ${server({ systemDisk: "{ type: nvme, sizeGb: 60 }" })} }`],
    ["user data", `servers: { s: ${server({ userData: '"#!/bin/sh"' })} }`],
    ["a server's name with a capital", `servers: { Web: ${server()} }`],
    ["a server's name with a template", `servers: { "\${x}": ${server()} }`],
    ["a server's name of 31 letters", `servers: { ${"s".repeat(31)}: ${server()} }`],
    ["a disk's name with a blank", `servers: { s: ${server({ dataDisks: '{ "a b": { type: ssd, sizeGb: 1 } }' })} }`],
    ["a protocol of none", `servers: { s: ${server({ listens: "[{ port: 80, from: self, protocol: any }]" })} }`],
    ["the same opening twice", `servers: { s: ${server({ listens: "[{ port: 80, from: self }, { port: 80, from: self }]" })} }`],
    ["a card of no type", "gpuServers: { g: { box: 1, cards: { type: 7, count: 1 } } }"],
    ["a box of no type", "gpuServers: { g: { box: 4 } }"],
    ["a rack of nowhere", "colocation: { rackUnits: [{ rack: Z99, from: 1, to: 2, powerW: 1 }] }"],
    ["rack units upside down", "colocation: { rackUnits: [{ rack: A07, from: 3, to: 2, powerW: 1 }] }"],
    ["a cabinet twice", "colocation: { cabinets: [B03, B03] }"],
    ["a node without its serial number", "managedNodes: [{ name: n1 }]"],
    ["a node twice", 'managedNodes: [{ name: n1, serial: "1" }, { name: n1, serial: "2" }]'],
    ["a serial number with a command", 'managedNodes: [{ name: n1, serial: "$(id)" }]'],
    ["a retirement of what stays", "retirement: { on: 2026-03-31, attestation: x }"],
    ["a trial that is none", "trialSince: 2026-01-01"],
    ["an exemption without its end", "sizing: { exempt: x }"],
    ["damage that nobody may accept", "accepts: [{ damage: data-lost, of: s, until: 2026-03-31, reason: x }]"],
    ["a removal without its attestation", "removals: [{ of: db, on: 2026-02-10 }]"],
    ["a removal of a way up", "removals: [{ of: ../x, on: 2026-02-10, attestation: x }]"],
  ]),
  ...declarations("schema", [
    ["no stage", BARE.replace("stage: production\n", "")],
    ["nothing but a name", "name: x\n"],
    ["a stage of none", BARE.replace("production", "deleted")],
    ["a level of none", BARE.replace("mlps: 2", "mlps: 1")],
    ["a level in quotes", BARE.replace("mlps: 2", 'mlps: "2"')],
    ["a pool of nowhere", BARE.replace("gov", "aws")],
    ["a pool called as what every object has", BARE.replace("gov", "toString")],
    ["yes for a truth value", BARE.replace("false", "no")],
    ["nothing for a truth value", BARE.replace("false", "~")],
    ["an empty name", BARE.replace("档案库", '""')],
    ["a name of 61 characters", BARE.replace("档案库", "长".repeat(61))],
    ["a list for a name", BARE.replace("档案库", "[a]")],
    ["classified", BARE.replace("false", "true")],
  ]),
  file("a bureau without a name", TENANT, "range: 10.20.0.0/16\n"),
  file("a bureau with a key of its own", TENANT, "name: A\nadmin: true\n"),
  file("a bureau with a list for a name", TENANT, "name: [A]\n"),
  file("waivers that are no list", WAIVERS, "waivers: all\n"),
  file("a waiver of no policy", WAIVERS, waiver({ policy: "security/everything" })),
  file("a waiver of a pattern of policies", WAIVERS, waiver({ policy: '"*"' })),
  file("a waiver of what nobody may waive", WAIVERS, waiver({ policy: "security/no-classified-system" })),
  file("a waiver for another bureau", WAIVERS, waiver({ system: "b/s" })),
  file("a waiver without its end", WAIVERS, waiver({ expires: '""' })),
  file("a waiver with a template", WAIVERS, waiver({ reason: '"${path.root}"' })),
  file("a waiver with a terminal escape", WAIVERS, waiver({ owner: '"\\e[31mx"' })),
  file("a waiver that its author approves", WAIVERS, waiver({ approver: "author" })),
  file("waivers with a second document", WAIVERS, "waivers: []\n---\nwaivers: []\n"),
  replaced("a catalogue with an unknown key", "catalog/pools.yaml", "pools:\n", "extra: 1\npools:\n"),
  replaced("a catalogue with an anchor", "catalog/flavors.yaml", "families:", "families: &f"),
  replaced("a price above its ceiling", "catalog/price-books/2025-06-20.yaml", '"21.60"', '"21.61"'),
  replaced("a negative price", "catalog/price-books/2025-06-20.yaml", '"21.60"', '"-21.60"'),
  replaced("a price in exponents", "catalog/price-books/2025-06-20.yaml", '"21.60"', '"2e1"'),
  replaced("a contract until 9999", "catalog/contracts/baotou-2025.yaml", "2026-06-19", "9999-12-31"),
  replaced("an image by no digest", "catalog/images.yaml", "sha256:", "md5:"),
];
