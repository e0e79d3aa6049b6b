import { expect, test } from "vitest";
import { editSizes, type SizeEdit } from "../../../scripts/right-size/edit-sizes.ts";

const CPU: SizeEdit = { path: ["servers", "app", "cpu"], from: 8, to: 12 };
const MEMORY: SizeEdit = { path: ["servers", "app", "memoryGb"], from: 16, to: 4 };
const DISK: SizeEdit = { path: ["servers", "app", "dataDisks", "logs", "sizeGb"], from: 200, to: 217 };

const BLOCK = `# 第一行注释
name: "系统: 八 8"   # cpu: 8
servers:

  db: { cpu: 8, memoryGb: 16 }

  app:          # 应用
    memoryGb:   16   # 内存 16
    cpu: 8
    'image':  "kylin"
    # cpu: 8
    dataDisks: { logs: { type: sas,   sizeGb: 200 }, }


`;

test.each<{ readonly key: string; readonly source: string; readonly edits: readonly SizeEdit[]; readonly expected: string }>([
  {
    key: "blocks with comments, blank lines, quotes and odd spaces",
    source: BLOCK,
    edits: [CPU, MEMORY, DISK],
    expected: BLOCK.replace("    cpu: 8\n", "    cpu: 12\n").replace("memoryGb:   16   #", "memoryGb:   4   #").replace("200", "217"),
  },
  {
    key: "Windows line ends and a byte order mark",
    source: "\ufeffservers:\r\n  app:\r\n    cpu: 8 # 核\r\n    memoryGb: 16\r\n",
    edits: [MEMORY, CPU],
    expected: "\ufeffservers:\r\n  app:\r\n    cpu: 12 # 核\r\n    memoryGb: 4\r\n",
  },
  {
    key: "one line in braces, without an end of line",
    source: "servers: {app: {cpu: 8,memoryGb: 16}}",
    edits: [CPU, MEMORY],
    expected: "servers: {app: {cpu: 12,memoryGb: 4}}",
  },
  {
    key: "characters outside of the first plane before it",
    source: "# 𠮷𠮷 🏛\nservers: { app: { cpu: 8 } } # 𠮷",
    edits: [CPU],
    expected: "# 𠮷𠮷 🏛\nservers: { app: { cpu: 12 } } # 𠮷",
  },
  { key: "nothing to change", source: BLOCK, edits: [], expected: BLOCK },
])("Only the digits change: $key", ({ source, edits, expected }) => {
  expect(editSizes(source, edits)).toBe(expected);
});

test.each([
  ["another number", "servers: { app: { cpu: 4 } }", "Cannot edit servers.app.cpu: found 4, wanted 8"],
  ["the number in quotes", 'servers: { app: { cpu: "8" } }', 'Cannot edit servers.app.cpu: found "8", wanted 8'],
  ["no such key", "servers: { web: { cpu: 8 } }", "Cannot edit servers.app.cpu: found nothing, wanted 8"],
])("A place that does not hold the size is not touched: %s", (_, source, message) => {
  expect(() => editSizes(source, [CPU])).toThrow(message);
});
