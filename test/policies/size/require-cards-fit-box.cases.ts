import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration, gpuServer } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";

const boxes = (overrides: Parameters<typeof gpuServer>[0]) => systemSubject(declaration({ gpuServers: [gpuServer(overrides)] }));

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "GPU服务器3型插满 8 块显卡", en: "eight cards in a GPU box of type 3" },
    subject: boxes({ box: 3, cards: { type: 5, count: 8 } }),
    verdict: "pass",
  },
  {
    example: { zh: "10 台GPU服务器1型，每台 2 块显卡", en: "ten boxes of type 1 with two cards each" },
    subject: boxes({ count: 10, cards: { type: 1, count: 2 } }),
    verdict: "pass",
  },
  {
    example: { zh: "GPU服务器1型只有 2 个插槽，申请每台 3 块显卡", en: "three cards in a box of type 1, which has two slots" },
    subject: boxes({ cards: { type: 1, count: 3 } }),
    verdict: "violation",
    finds: ["violation gpuServers.train.cards#count: Cannot put 3 cards into GPU box 1: it takes 2"],
  },
  { example: { zh: "平台没有 GPU 服务器", en: "the platform, which has no GPU servers" }, subject: PLATFORM, verdict: "not-applicable" },
];
