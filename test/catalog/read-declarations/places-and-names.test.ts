import { describe, expect, test } from "vitest";
import { readDeclarations } from "../../../catalog/read-declarations.ts";
import { CATALOGUE } from "../../declared.ts";
import { type FileOf, printDiagnostic, treeOf } from "../../tree.ts";
import { errorsOf, SYSTEM, TENANT, WHERE } from "./declared-files.ts";

const NAMES = "wanted lower-case letters, digits and single hyphens, beginning with a letter, at most 30 characters";

describe("A file in the wrong place or under a wrong name is refused:", () => {
  test.each<{ what: string; path: string; file?: FileOf; found: string }>([
    {
      what: "beside the bureaus' folders",
      path: "social.yaml",
      found: `social.yaml:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}`,
    },
    {
      what: "a folder too deep",
      path: "hrss/old/social.yaml",
      found: `hrss/old/social.yaml:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}`,
    },
    {
      what: "with the ending .yml",
      path: "hrss/social.yml",
      found: `hrss/social.yml:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}`,
    },
    {
      what: "with the ending .YAML",
      path: "hrss/social.YAML",
      found: `hrss/social.YAML:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}`,
    },
    { what: "as JSON", path: "hrss/social.json", found: `hrss/social.json:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}` },
    { what: "hidden", path: "hrss/.social.yaml", found: `hrss/.social.yaml:1:1+1 bad-name: Cannot accept the name ".social": ${NAMES}` },
    {
      what: "with capitals",
      path: "hrss/Social.yaml",
      found: `hrss/Social.yaml:1:1+1 bad-name: Cannot accept the name "Social": ${NAMES}`,
    },
    { what: "in Chinese", path: "hrss/社保.yaml", found: `hrss/社保.yaml:1:1+1 bad-name: Cannot accept the name "社保": ${NAMES}` },
    {
      what: "with a Cyrillic letter that looks like a Latin one",
      path: "hrss/s\u043ecial.yaml",
      found: `hrss/s\u043ecial.yaml:1:1+1 bad-name: Cannot accept the name "s\u043ecial": ${NAMES}`,
    },
    {
      what: "beginning with a digit",
      path: "hrss/120.yaml",
      found: `hrss/120.yaml:1:1+1 bad-name: Cannot accept the name "120": ${NAMES}`,
    },
    {
      what: "with two hyphens, which part bureau and system in a stack's name",
      path: "hrss/a--b.yaml",
      found: `hrss/a--b.yaml:1:1+1 bad-name: Cannot accept the name "a--b": ${NAMES}`,
    },
    { what: "with a hyphen at its end", path: "hrss/a-.yaml", found: `hrss/a-.yaml:1:1+1 bad-name: Cannot accept the name "a-": ${NAMES}` },
    {
      what: "of 31 characters",
      path: `hrss/${"a".repeat(31)}.yaml`,
      found: `hrss/${"a".repeat(31)}.yaml:1:1+1 bad-name: Cannot accept the name "${"a".repeat(31)}": ${NAMES}`,
    },
    {
      what: "that hides a terminal escape",
      path: "hrss/a\u001b[2J.yaml",
      found: `hrss/a\u001b[2J.yaml:1:1+1 bad-name: Cannot accept the name "a\ufffd[2J": ${NAMES}`,
    },
    {
      what: "as a link",
      path: "hrss/social.yaml",
      file: { irregular: "symbolic link" },
      found: "hrss/social.yaml:1:1+1 unreadable-file: Cannot read hrss/social.yaml: it is a symbolic link, wanted a regular file",
    },
    {
      what: "as a submodule",
      path: "other",
      file: { irregular: "submodule" },
      found: `other:1:1+1 misplaced-file: Cannot accept a file here: ${WHERE}`,
    },
  ])("$what", ({ path, file, found }) => {
    expect(errorsOf({ "hrss/tenant.yaml": TENANT, [path]: file ?? SYSTEM })).toEqual([found]);
  });

  test("in a folder whose name is no name, once for each file", () => {
    expect(errorsOf({ "HRSS/tenant.yaml": TENANT, "HRSS/social.yaml": SYSTEM })).toEqual([
      `HRSS/social.yaml:1:1+1 bad-name: Cannot accept the name "HRSS": ${NAMES}`,
      `HRSS/tenant.yaml:1:1+1 bad-name: Cannot accept the name "HRSS": ${NAMES}`,
    ]);
  });

  test("a link in the place of a bureau's tenant.yaml, without a word about its range", () => {
    expect(errorsOf({ "hrss/tenant.yaml": { irregular: "symbolic link" }, "hrss/social.yaml": `${SYSTEM}subnet: 10.20.1.0/24\n` })).toEqual(
      ["hrss/tenant.yaml:1:1+1 unreadable-file: Cannot read hrss/tenant.yaml: it is a symbolic link, wanted a regular file"],
    );
  });

  test.each(["stacks", "stacks/tenants"])("a link in the place of %s, which would hide every system", (path) => {
    expect(readDeclarations(treeOf({ [path]: { irregular: "symbolic link" } }), CATALOGUE).diagnostics.map(printDiagnostic)).toEqual([
      `${path}:1:1+1 unreadable-file: Cannot read ${path}: it is a symbolic link, wanted a folder`,
    ]);
  });
});
