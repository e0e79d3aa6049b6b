import { declared, defineContractPolicy, pass, type Verdict, violation } from "../policy.ts";

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
  remedy: { zh: "移到余量够的机柜，或用大功率机柜", en: "Move to a rack with power to spare, or to a high-power one" },
  check({ catalogue, declarations }) {
    const drawn = new Map<string, number>();
    const verdicts: Verdict[] = [];
    for (const declaration of declarations) {
      if (declaration.stage === "retired") continue;
      for (const [index, { rack, powerW }] of declaration.rackUnits.entries()) {
        const rated = catalogue.pools.get(declaration.pool)?.racks[rack]?.powerW ?? 0;
        const key = `${declaration.pool}/${rack}`;
        const total = (drawn.get(key) ?? 0) + powerW;
        drawn.set(key, total);
        verdicts.push(
          total <= rated
            ? pass()
            : violation(
                declared(declaration, ["colocation", "rackUnits", index, "powerW"]),
                `机柜 ${rack} 合计 ${total} W，额定 ${rated} W`,
                `Cannot draw ${total} W from rack ${rack}: it is rated for ${rated} W`,
              ),
        );
      }
    }
    return verdicts;
  },
});
