import { expect, test } from "vitest";
import { readSource } from "../../../catalog/read-catalogue.ts";
import { InvalidInput } from "../../../catalog/source/diagnostic.ts";
import { approvalKeysOf, KEYS_FILE, readApprovalKeys } from "../../../scripts/approval/approval-keys.ts";
import { readApprovalRules } from "../../../scripts/approval/approval-rules.ts";
import { printUnderCaret, treeOf } from "../../tree.ts";
import { ROOT } from "../run.ts";
import { approver, keysYaml } from "./keys.ts";

/** What is wrong with a list of keys; empty where nothing is. */
function wrong(words: string): string[] {
  const read = readSource(treeOf({ [KEYS_FILE]: words }), KEYS_FILE, "approval-keys");
  if (read.kind === "rejected") return read.diagnostics.map(printUnderCaret);
  try {
    approvalKeysOf(read.file);
    return [];
  } catch (error) {
    if (error instanceof InvalidInput) return error.diagnostics.map(printUnderCaret);
    throw error;
  }
}

const centre = approver();
const hrss = approver({ role: "bureau", bureau: "hrss", holder: "head@hrss.example.org" }, "ed25519");

test("the program's own rules and keys can be read", () => {
  expect(readApprovalRules(ROOT).rules.length).toBeGreaterThan(5);
  expect(readApprovalKeys(ROOT)).toEqual([]);
});

test("a list of keys of both kinds is read", () => {
  expect(wrong(keysYaml([centre, hrss]))).toEqual([]);
  // A key is followed by another of the same person in the same role.
  expect(wrong(keysYaml([centre, approver()]))).toEqual([]);
});

const KEYS = "policies/approval-keys.yaml";
test.each([
  {
    what: "a key listed twice, with two roles",
    words: keysYaml([
      centre,
      { ...centre, listed: { ...centre.listed, role: "security", holder: "security-officer@bigdata.example.org" } },
    ]),
    wanted: [expect.stringContaining("contradiction: Cannot list a key twice: it is director@bigdata.example.org's already")],
  },
  {
    what: "a person with two roles",
    words: keysYaml([centre, approver({ role: "security" })]),
    wanted: [
      `${KEYS} «director@bigdata.example.org» contradiction: Cannot give director@bigdata.example.org a second role beside centre: one person would approve twice`,
    ],
  },
  {
    what: "a person with two roles, one by a tag and an alias",
    words: keysYaml([
      centre,
      approver({ role: "security", holder: "officer@bigdata.example.org", aliases: ["director+x@bigdata.example.org"] }),
    ]),
    wanted: [expect.stringContaining("contradiction: Cannot give director@bigdata.example.org a second role beside centre")],
  },
  {
    what: "two bureaus for one person",
    words: keysYaml([hrss, approver({ role: "bureau", bureau: "health", holder: "head@hrss.example.org" })]),
    wanted: [expect.stringContaining("contradiction: Cannot give head@hrss.example.org a second role beside bureau hrss")],
  },
  {
    what: "a bureau's key that does not say which",
    words: keysYaml([approver({ role: "bureau" })]),
    wanted: [`${KEYS} «bureau» contradiction: Cannot take this role so: bureau needs to say which (bureau: hrss), no other role has one`],
  },
  {
    what: "a key of the centre that names a bureau",
    words: keysYaml([approver({ bureau: "hrss" })]),
    wanted: [`${KEYS} «centre» contradiction: Cannot take this role so: bureau needs to say which (bureau: hrss), no other role has one`],
  },
  {
    what: "a key that ends before it begins",
    words: keysYaml([approver({ until: "2025-12-31" })]),
    wanted: [`${KEYS} «2025-12-31» contradiction: Cannot accept a key that ends before it begins`],
  },
  {
    what: "a holder with letters that look like others",
    words: keysYaml([approver({ holder: "dіrector@bigdata.example.org" })]),
    wanted: [expect.stringMatching(/«dіrector@bigdata\.example\.org» bad-format: .*wanted an address in lower case/)],
  },
  {
    what: "a private key",
    words: keysYaml([{ ...centre, publicPem: centre.privatePem }]),
    wanted: [expect.stringMatching(/bad-format: .*wanted a public key in PEM/)],
  },
  {
    what: "a key of another kind",
    words: keysYaml([{ ...centre, publicPem: "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n" }]),
    wanted: [expect.stringContaining("bad-format: Cannot read the key: wanted a public key of SM2 or Ed25519 in PEM")],
  },
])("refuses $what", ({ words, wanted }) => {
  expect(wrong(words)).toEqual(wanted);
});
