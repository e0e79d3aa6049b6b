import { expect, test } from "vitest";
import { requireCardsFitBox } from "../../../policies/size/require-cards-fit-box.ts";
import { declaration, gpuServer } from "../../declared.ts";
import { testCases } from "../cases.ts";
import { onlyFinding, PLATFORM, printed, systemSubject } from "../subjects.ts";
import { cases } from "./require-cards-fit-box.cases.ts";

testCases(requireCardsFitBox, cases);

test.each([
  { verdict: "pass", box: 1, count: 2, found: "pass" },
  {
    verdict: "violation",
    box: 1,
    count: 3,
    found: "violation gpuServers.train.cards#count: Cannot put 3 cards into GPU box 1: it takes 2",
  },
  { verdict: "pass", box: 2, count: 4, found: "pass" },
  {
    verdict: "violation",
    box: 2,
    count: 5,
    found: "violation gpuServers.train.cards#count: Cannot put 5 cards into GPU box 2: it takes 4",
  },
  { verdict: "pass", box: 3, count: 8, found: "pass" },
  {
    verdict: "violation",
    box: 3,
    count: 9,
    found: "violation gpuServers.train.cards#count: Cannot put 9 cards into GPU box 3: it takes 8",
  },
] as const)("$verdict: $count cards in box $box", ({ box, count, found }) => {
  const subject = systemSubject(declaration({ gpuServers: [gpuServer({ box, cards: { type: 1, count } })] }));
  expect(printed(requireCardsFitBox.check(subject))).toEqual([found]);
});

test("pass: an empty box, however many of them", () => {
  expect(printed(requireCardsFitBox.check(systemSubject(declaration({ gpuServers: [gpuServer({ count: 100 })] }))))).toEqual(["pass"]);
});

test("pass: cards are counted for each box, not for all", () => {
  expect(
    printed(requireCardsFitBox.check(systemSubject(declaration({ gpuServers: [gpuServer({ count: 10, cards: { type: 1, count: 2 } })] })))),
  ).toEqual(["pass"]);
});

test("Each group of boxes has its own verdict, a system without any has none", () => {
  const gpuServers = [gpuServer({ key: "a" }), gpuServer({ key: "b", cards: { type: 1, count: 3 } })];
  expect(printed(requireCardsFitBox.check(systemSubject(declaration({ gpuServers }))))).toEqual([
    "pass",
    "violation gpuServers.b.cards#count: Cannot put 3 cards into GPU box 1: it takes 2",
  ]);
  expect(requireCardsFitBox.check(systemSubject())).toEqual([]);
});

test("not-applicable: the platform", () => {
  expect(printed(requireCardsFitBox.check(PLATFORM))).toEqual(["not-applicable"]);
});

test("The finding points at the number of cards, in both languages", () => {
  expect(
    onlyFinding(requireCardsFitBox.check(systemSubject(declaration({ gpuServers: [gpuServer({ cards: { type: 1, count: 4 } })] })))),
  ).toEqual({
    kind: "violation",
    system: "hrss/social",
    address: "gpuServers.train.cards",
    attribute: "count",
    at: { file: "stacks/tenants/hrss/social.yaml", path: ["gpuServers", "train", "cards", "count"] },
    message: { zh: "每台 4 块显卡，GPU服务器1型只能插 2 块", en: "Cannot put 4 cards into GPU box 1: it takes 2" },
  });
});
