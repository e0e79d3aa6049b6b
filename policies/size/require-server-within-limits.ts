import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a server below the pool's smallest or above its largest configuration. */
export const requireServerWithinLimits = defineSystemPolicy({
  id: "size/require-server-within-limits",
  level: "mandatory",
  waivableBy: "tenant",
  title: { zh: "云服务器在平台最低与最高配置之间", en: "A server lies between the pool's smallest and largest configuration" },
  why: {
    zh: "超出最高配置的云服务器平台装不下，低于最低配置的不能用；每月的资源调整也以此为界",
    en: "A larger server fits no host and a smaller one is of no use; right-sizing stops at the same limits",
  },
  clause: "合同 附件2 7.2 注1",
  remedy: {
    zh: "把 cpu、memoryGb 改到范围之内；一台不够的，增加台数（count）",
    en: "Bring cpu and memoryGb within the limits; for a larger load ask for several servers (count)",
  },
  check({ declaration, pool }) {
    if (declaration === undefined || pool === undefined) return [notApplicable("平台没有云服务器", "the platform has no servers")];
    const { smallest, largest } = pool.server;
    return declaration.servers.flatMap((server) =>
      (["cpu", "memoryGb"] as const).map((attribute) => {
        const size = server[attribute];
        if (size >= smallest[attribute] && size <= largest[attribute]) return pass();
        const unit = attribute === "cpu" ? { zh: "核", en: "cores" } : { zh: "GB", en: "GB" };
        return violation(
          declared(declaration, ["servers", server.key, attribute]),
          `服务器组 ${server.key} 每台 ${size} ${unit.zh}，应在 ${smallest[attribute]} 到 ${largest[attribute]} ${unit.zh}之间（资源池 ${pool.key} 的范围）`,
          `Cannot provide ${size} ${unit.en} in one server: pool ${pool.key} has ${smallest[attribute]} to ${largest[attribute]}`,
        );
      }),
    );
  },
});
