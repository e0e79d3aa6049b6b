import { describe, expect, test } from "vitest";
import { withReplaced } from "../../tree.ts";
import { errorsOf, FLAVORS, IMAGES, POOLS, type Refusal, textOf } from "./catalogues.ts";

describe("A catalogue is refused, at the place of the error:", () => {
  test.each<Refusal>([
    {
      what: "an image in a pool that does not exist",
      changes: () =>
        withReplaced(IMAGES, '      gov: "61f88826-eda4-4912-bf53-0f21c8ef5914"', '      gvo: "61f88826-eda4-4912-bf53-0f21c8ef5914"'),
      found: [`${IMAGES} «gvo» unknown-reference: Cannot find pool gvo: wanted one of gov, ps`],
    },
    {
      what: "a subnet pool outside the pool's range",
      changes: () => withReplaced(POOLS, "prefixes: [10.176.0.0/12]", "prefixes: [10.192.0.0/12]"),
      found: [`${POOLS} «10.192.0.0/12» out-of-range: Cannot accept 10.192.0.0/12: it lies outside the pool's range 10.128.0.0/10`],
    },
    {
      what: "a high-power rack of 6.9 kW",
      changes: () =>
        withReplaced(
          POOLS,
          "PH01: { heightU: 42, class: high-power, powerW: 7000 }",
          "PH01: { heightU: 42, class: high-power, powerW: 6900 }",
        ),
      found: [`${POOLS} «6900» out-of-range: Cannot accept powerW 6900 for a high-power rack: Annex 1 line 19 wants at least 7000`],
    },
    {
      what: "a rack of 41 U",
      changes: () =>
        withReplaced(POOLS, "P03: { heightU: 42, class: standard, powerW: 4000 }", "P03: { heightU: 41, class: standard, powerW: 4000 }"),
      found: [`${POOLS} «41» out-of-range: Cannot accept heightU 41 for a standard rack: Annex 1 line 18 wants at least 42`],
    },
    {
      what: "more cards offered than the box has slots",
      changes: () =>
        withReplaced(FLAVORS, "      - { type: 4, count: 2 }\n  # GPU服务器2型", "      - { type: 4, count: 3 }\n  # GPU服务器2型"),
      found: [`${FLAVORS} «3» out-of-range: Cannot offer 3 cards in box 1: it takes 2`],
    },
    {
      what: "a box with other slots than Annex 1 gives it",
      changes: () => withReplaced(FLAVORS, "cardSlots: 2", "cardSlots: 3"),
      found: [`${FLAVORS} «3» contradiction: Cannot accept cardSlots 3 for box 1: Annex 1 line 5 has 2`],
    },
    {
      what: "a box smaller than Annex 1 wants it",
      changes: () => withReplaced(FLAVORS, "    cpu: 24\n", "    cpu: 23\n"),
      found: [`${FLAVORS} «23» out-of-range: Cannot accept cpu 23 for box 2: Annex 1 line 6 wants at least 24`],
    },
  ])("$what", ({ changes, found }) => {
    expect(errorsOf(changes())).toEqual(found);
  });

  test("a smallest server above the largest, and a GPU image that its pool does not have", () => {
    const text = textOf(POOLS)
      .replace("smallest: { cpu: 1, memoryGb: 1 }", "smallest: { cpu: 65, memoryGb: 1 }")
      .replace("gpuImage: kylin-v10-sp3", "gpuImage: windows-11");
    expect(errorsOf({ [POOLS]: text })).toEqual([
      `${POOLS} «windows-11» unknown-reference: Cannot find image windows-11 in pool gov`,
      `${POOLS} «{ cpu: 65, memoryGb: 1 }» contradiction: Cannot accept a smallest server above the largest`,
    ]);
  });
});
