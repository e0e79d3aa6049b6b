import type { Waiver, WaiverOutcome, WaiverUse } from "../../../catalog/waiver.ts";
import { sourceOf } from "../../declared.ts";

const FILE = `waivers:
  - policy: size/require-server-within-limits
    system: hrss/social
    address: servers.app
    reason: 年终结算
    owner: 信息科
    approver: 大数据中心主任
    expires: 2026-01-15
`;

/** A waiver that ends on 2026-01-15, with some of it changed. */
export function waiver(overrides: Partial<Waiver> = {}): Waiver {
  return {
    policy: "size/require-server-within-limits",
    system: "hrss/social",
    address: "servers.app",
    attribute: undefined,
    covers: "violation",
    reason: "年终结算",
    owner: "信息科",
    approver: "大数据中心主任",
    expires: "2026-01-15",
    source: sourceOf(FILE, "policies/waivers.yaml"),
    index: 0,
    ...overrides,
  };
}

export function use(kind: "covers" | "unneeded", overrides: Partial<Waiver> = {}): WaiverUse {
  return useWith({ kind }, overrides);
}

export function useWith(outcome: WaiverOutcome, overrides: Partial<Waiver> = {}, isNew = false): WaiverUse {
  return { waiver: waiver(overrides), outcome, isNew };
}
