import { type Text, text } from "../../catalog/text.ts";
import type { ReasonKind } from "../affected/change.ts";

/** Kinds of reasons as people call them. */
export const REASON_WORDS: Readonly<Record<ReasonKind, Text>> = {
  "own-file": text("自己的申报", "own file"),
  tenant: text("单位文件", "bureau's file"),
  waiver: text("豁免", "waiver"),
  "price-book": text("价格簿", "price book"),
  contract: text("合同", "contract"),
  "annex-1": text("附件1", "Annex 1"),
  pool: text("资源池", "pool"),
  flavor: text("规格", "flavor"),
  image: text("镜像", "image"),
  component: text("安全组件", "component"),
  "platform-data": text("平台数据", "platform data"),
  code: text("程序", "code"),
};
