import { declared, defineContractPolicy, type Place, pass, unchangedFirst, violation } from "../policy.ts";

/** Rejects declared power beyond what a rack is rated for. */
export const requireRackPower = defineContractPolicy({
  id: "capacity/require-rack-power",
  level: "mandatory",
  title: { zh: "机柜功率够用", en: "Declared power stays inside the rack's rating" },
  why: {
    zh: "一个机柜里设备功率之和超过额定功率会跳闸，整柜断电",
    en: "Devices that draw more than the rack is rated for trip its breaker and take the whole rack down",
  },
  clause: "合同 附件1 第18项、第19项",
  remedy: {
    zh: "在 colocation.rackUnits 里换功率有余的机柜（rack），或用大功率机柜",
    en: "Under colocation.rackUnits name a rack with power to spare, or a high-power one",
  },
  check(subject) {
    const { catalogue } = subject;
    const drawn = new Map<string, { rack: string; rated: number; total: number; last: Place }>();
    for (const declaration of unchangedFirst(subject)) {
      if (declaration.stage === "retired") continue;
      for (const [index, { rack, powerW }] of declaration.rackUnits.entries()) {
        const key = `${declaration.pool}/${rack}`;
        const rated = catalogue.pools.get(declaration.pool)?.racks[rack]?.powerW ?? 0;
        const last = declared(declaration, ["colocation", "rackUnits", index, "powerW"]);
        drawn.set(key, { rack, rated, total: (drawn.get(key)?.total ?? 0) + powerW, last });
      }
    }
    return [...drawn.values()].map(({ rack, rated, total, last }) =>
      total <= rated
        ? pass()
        : violation(
            last,
            `机柜 ${rack} 里设备的功率（powerW）合计 ${total} W，超过额定的 ${rated} W`,
            `Cannot draw ${total} W from rack ${rack}: it is rated for ${rated} W`,
          ),
    );
  },
});
