import type { Listen } from "../../catalog/declaration.ts";
import { writtenPath } from "../../catalog/source/written-path.ts";
import { readAddressRange } from "../../catalog/terraform-plan/exposure/address-range.ts";
import { type PublicSpace, publicSpaceOf } from "../../catalog/terraform-plan/exposure/public-space.ts";
import { counted } from "../../catalog/text.ts";
import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a single server behind a port of the internet, in production at level 3. */
export const noSingleServerBehindInternet = defineSystemPolicy({
  id: "security/no-single-server-behind-internet",
  level: "mandatory",
  waivableBy: "tenant",
  title: { zh: "三级正式系统对互联网的服务不靠单台服务器", en: "No service to the internet hangs on a single server at level 3" },
  why: {
    zh: "三级系统应有硬件冗余；面向公众的端口后面只有一台，它一停全市都看得到。一个端口的来源合起来超过一个 /24 公网地址，就是互联网",
    en: "Level 3 asks for redundancy: behind a public port a single server that stops is an outage for the whole city. Sources of one port that are together more public addresses than a /24 are the internet",
  },
  clause: "GB/T 22239-2019 8.1.4.9 数据备份恢复; GB/T 22239-2019 8.1.2.1 网络架构",
  remedy: {
    zh: "把这组服务器的 count 写成 2 或以上，或不对互联网开放（from: tenant、self 或网段）",
    en: "Raise the count of these servers to 2 or more, or do not open them to the internet (from: tenant, self or a network)",
  },
  check({ declaration, catalogue }) {
    if (declaration === undefined) return [notApplicable("平台不是业务系统", "the platform is no system of a bureau")];
    if (declaration.mlps !== 3 || declaration.stage !== "production")
      return [notApplicable("只对正式运行的三级系统要求", "it is asked of level 3 in production only")];
    return (["servers", "gpuServers"] as const).flatMap((kind) =>
      declaration[kind].map(({ key, count, listens }) => {
        const open = portOfTheWorld(listens, publicSpaceOf(catalogue));
        if (open === undefined || count >= 2) return pass();
        const path = [kind, key, "count"];
        return violation(
          {
            ...declared(declaration, path),
            at: { file: declaration.source.path, path: writtenPath(declaration.source, path, [kind, key]) },
          },
          `${open.protocol} ${open.port} 对互联网开放，后面只有 ${count} 台，至少 2 台`,
          `Cannot serve ${open.protocol} ${open.port} to the internet with ${counted(count, "server")}: wanted at least 2`,
        );
      }),
    );
  },
});

/** The first port that the world may reach: said so in one word, or as networks that together are the world. */
function portOfTheWorld(listens: readonly Listen[], space: PublicSpace): Listen | undefined {
  return listens.find(({ protocol, port, from }) => {
    const alike = listens.filter((each) => each.protocol === protocol && each.port === port);
    const ranges = alike.flatMap(({ from }) => (from.kind === "cidr" || from.kind === "tenant" ? (readAddressRange(from.cidr) ?? []) : []));
    return from.kind === "internet" || space.isWorld(ranges);
  });
}
