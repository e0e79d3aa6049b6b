import type { BoxType } from "../../catalog/pool.ts";
import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Card slots of GPU boxes 1, 2 and 3 (Annex 1 lines 5, 6 and 7: "可以插2块", "4块", "8块"). */
const CARD_SLOTS: Readonly<Record<BoxType, number>> = { 1: 2, 2: 4, 3: 8 };

/** Rejects more GPU cards than the box has slots. */
export const requireCardsFitBox = defineSystemPolicy({
  id: "size/require-cards-fit-box",
  level: "mandatory",
  title: { zh: "每台 GPU服务器的显卡不超过能插的块数", en: "GPU cards fit the box" },
  why: {
    zh: "GPU服务器1、2、3型分别能插 2、4、8 块显卡，多出的卡装不进去却会计费",
    en: "GPU boxes 1, 2 and 3 take 2, 4 and 8 cards; any more could not be installed, yet would be billed",
  },
  clause: "合同 附件1 第5项、第6项、第7项",
  remedy: {
    zh: "减少 cards.count（每台的显卡数），改用能插更多显卡的型号（box），或增加台数（count）",
    en: "Lower cards.count (cards in each box), use a larger box (box), or more of them (count)",
  },
  check({ declaration }) {
    if (declaration === undefined) return [notApplicable("平台没有 GPU 服务器", "the platform has no GPU servers")];
    return declaration.gpuServers.map(({ key, box, cards }) => {
      if (cards === undefined || cards.count <= CARD_SLOTS[box]) return pass();
      return violation(
        declared(declaration, ["gpuServers", key, "cards", "count"]),
        `每台 ${cards.count} 块显卡，GPU服务器${box}型只能插 ${CARD_SLOTS[box]} 块`,
        `Cannot put ${cards.count} cards into GPU box ${box}: it takes ${CARD_SLOTS[box]}`,
      );
    });
  },
});
