import { describe, expect, test } from "vitest";
import { withReplaced } from "../../tree.ts";
import { BOOK, errorsOf, FLAVORS, IMAGES, POOLS, type Refusal } from "./catalogues.ts";

describe("A catalogue is refused, at the place of the error:", () => {
  test.each<Refusal>([
    {
      what: "a file that is missing",
      changes: () => ({ [POOLS]: undefined }),
      found: [`${POOLS} «» missing-file: Cannot read the catalogue: ${POOLS} is missing`],
    },
    {
      what: "a link in the place of a file",
      changes: () => ({ [POOLS]: { irregular: "symbolic link" } }),
      found: [`${POOLS} «» unreadable-file: Cannot read ${POOLS}: it is a symbolic link, wanted a regular file`],
    },
    {
      what: "errors of several files, all in one run",
      changes: () => ({
        ...withReplaced(BOOK, '"14": "0.27"', '"14": 0.27'),
        ...withReplaced(IMAGES, "diskFormat: qcow2\n    minDiskGb: 50", "diskFormat: vmdk\n    minDiskGb: 50"),
        [FLAVORS]: "families: [\n",
      }),
      found: [
        `${FLAVORS} «» syntax: Cannot parse YAML: Flow sequence in block collection must be sufficiently indented and end with a ]`,
        `${IMAGES} «vmdk» not-allowed: Cannot accept diskFormat: found the text "vmdk", wanted one of qcow2, raw`,
        `${BOOK} «0.27» not-plain-number: Cannot accept the number 0.27: write a whole number without decimal point, exponent, leading zero or base (put amounts with decimals and serial numbers in quotes)`,
      ],
    },
  ])("$what", ({ changes, found }) => {
    expect(errorsOf(changes())).toEqual(found);
  });
});
