import { describe, expect, test } from "vitest";
import { govcloud } from "../scripts/run.ts";
import { CORPUS } from "./corpus.ts";
import { BUREAU } from "./input.ts";
import { inFolder } from "./judge.ts";

/** Some of the corpus through the real command: nothing on standard output, the place and the reason on standard error. */
const CHOSEN = [
  "yaml: an anchor",
  "yaml: a merge key",
  "yaml: a tag of JavaScript",
  "yaml: a second document",
  "yaml: a duplicate key of what decides",
  "yaml: the key __proto__",
  "yaml: a directive of the version",
  "bytes: GBK",
  "bytes: UTF-16 with its mark, little end first",
  "bytes: a carriage return that overwrites",
  "characters: a window's title",
  "characters: an escaped override",
  "limits: one byte more than 64 KiB",
  "limits: 60,000 open brackets",
  "disk: a link to a device that never ends",
  "disk: a link in the place of waivers",
  "disk: a named pipe",
  "disk: a folder that is called as a file",
  "disk: a name that is no UTF-8",
  "disk: a name with a line feed",
  "schema: a provisioner",
  "numbers: the largest exponent",
  "templates: a function",
];

describe("The command refuses with exit code 3, and names the place:", () => {
  test.each(CHOSEN)("%s", (name) => {
    const input = CORPUS.find((each) => each.name === name);
    if (input === undefined) throw new Error(`wanted an input called ${name}`);
    inFolder({ ...BUREAU, ...input.files }, (folder) => {
      input.onDisk?.(folder);
      const { code, stdout, stderr } = govcloud(["check", "--tree", folder, "--at", "2026-01-15", "--lang", "en"]);
      expect([code, stdout]).toEqual([3, ""]);
      expect(stderr).toMatch(/^(?:stacks|catalog)\/\S.*:\d+:\d+: Cannot /);
      expect(stderr).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    });
  });
});
