import type { Waiver, WaiverUse } from "../../../catalog/waiver.ts";
import { sourceOf } from "../../declared.ts";

const FILE = `waivers:
  - policy: size/require-server-within-limits
    system: hrss/social
    address: servers.app
    reason: 年终结算
    owner: 信息科
    approver: 大数据中心
    expires: 2026-01-15
`;

/** A waiver that ends on 2026-01-15, with some of it changed. */
export function waiver(overrides: Partial<Waiver> = {}): Waiver {
  return {
    policy: "size/require-server-within-limits",
    system: "hrss/social",
    address: "servers.app",
    reason: "年终结算",
    owner: "信息科",
    approver: "大数据中心",
    expires: "2026-01-15",
    source: sourceOf(FILE, "policies/waivers.yaml"),
    index: 0,
    ...overrides,
  };
}

export function use(used: boolean, overrides: Partial<Waiver> = {}): WaiverUse {
  return { waiver: waiver(overrides), used };
}
