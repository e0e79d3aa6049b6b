import { describe, expect, test } from "vitest";
import { readCatalogue } from "../../../catalog/read-catalogue.ts";
import { CATALOGUE } from "../../declared.ts";
import { printUnderCaret, treeWith, withReplaced } from "../../tree.ts";

const FILE = "catalog/usage-queries.yaml";

describe("The queries for usage", () => {
  test("are those of the sets in use, with the labels that join them to servers", () => {
    const { stepSeconds, hoursPerQuery, queries = [] } = CATALOGUE.usageQueries ?? {};
    expect({ stepSeconds, hoursPerQuery }).toEqual({ stepSeconds: 300, hoursPerQuery: 24 });
    expect(queries.map(({ id, quantity, join }) => [id, quantity, join])).toEqual(
      ["cpuPercent", "memoryPercent", "diskUsedGb"].map((quantity) => [
        `node.${quantity}`,
        quantity,
        { by: "metadata", system: "system", server: "server", index: "index" },
      ]),
    );
  });

  test("follow the order in which sets are used", () => {
    const result = readCatalogue(treeWith(withReplaced(FILE, "use: [node]", "use: [libvirt, recorded]")));
    const queries = result.kind === "valid" ? (result.catalogue.usageQueries?.queries ?? []) : [];
    expect(queries.map(({ id }) => id)).toEqual([
      "libvirt.cpuPercent",
      "libvirt.memoryPercent",
      "recorded.cpuPercent",
      "recorded.memoryPercent",
      "recorded.diskUsedGb",
    ]);
    expect(queries[0]?.join).toEqual({ by: "names", project: "project_name", name: "instance_name" });
  });

  test("may be left out by a city that has files alone", () => {
    const result = readCatalogue(treeWith({ [FILE]: undefined }));
    expect(result.kind === "valid" && result.catalogue.usageQueries).toBe(undefined);
  });

  test.each([
    {
      what: "a set that is not there",
      passage: "use: [node]",
      replacement: "use: [node, window]",
      found: `${FILE} «window» unknown-reference: Cannot find the set window: wanted one of node, windows, libvirt, recorded → windows`,
    },
    {
      what: "labels of two kinds",
      passage: "join: { project: project_name, name: instance_name }",
      replacement: "join: { project: project_name, system: system }",
      found: `${FILE} «join» contradiction: Cannot join the series of libvirt to servers: wanted the labels system, server and index, or project and name`,
    },
    {
      what: "a set without a query",
      passage: "  recorded:\n",
      replacement: "  bare:\n    join: { project: p, name: n }\n  recorded:\n",
      found: `${FILE} «bare» missing-key: Cannot use bare, which has no query: wanted at least one of cpuPercent, memoryPercent, diskUsedGb`,
    },
    {
      what: "a step that does not divide a day",
      passage: "stepSeconds: 300",
      replacement: "stepSeconds: 7",
      found: `${FILE} «7» not-allowed: Cannot accept stepSeconds: found the number 7, wanted one of 60, 120, 300, 600, 900`,
    },
    {
      what: "a label that is none",
      passage: "name: instance_name",
      replacement: 'name: "instance-name"',
      found: `${FILE} «"instance-name"» bad-format: Cannot accept name: found the text "instance-name", wanted the name of a Prometheus label`,
    },
  ])("are refused with $what", ({ passage, replacement, found }) => {
    const result = readCatalogue(treeWith(withReplaced(FILE, passage, replacement)));
    expect(result.kind === "invalid" ? result.diagnostics.map(printUnderCaret) : []).toEqual([found]);
  });
});
