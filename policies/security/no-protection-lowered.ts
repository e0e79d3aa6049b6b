import { type Declaration, isProvided } from "../../catalog/declaration.ts";
import { writtenPath } from "../../catalog/source/written-path.ts";
import { declared, defineSystemPolicy, notApplicable, type Place, pass, type Verdict, violation } from "../policy.ts";

/** Rejects less backup space, or no more commercial cryptography, for a system that stands. */
export const noProtectionLowered = defineSystemPolicy({
  id: "security/no-protection-lowered",
  level: "mandatory",
  title: { zh: "已有系统不减少备份和密码防护", en: "No standing system gives up backup space or cryptography" },
  why: {
    zh: "备份空间小了，旧的备份放不下；停了密码组件，已加密的数据和连接就没有了支撑；平时看不出来，出事才知道",
    en: "Backups do not fit into less space, and what was encrypted stands on its components: nobody notices until something goes wrong",
  },
  clause: "GB/T 22239-2019 8.1.4.9 数据备份恢复; GB/T 39786-2021 8.4 应用和数据安全; 合同 附件1 第21项、第24项",
  remedy: {
    zh: "恢复原来的值；确实不再需要的，登记豁免，写明备份怎样处置、密码评估怎样通过",
    en: "Put the value back; where it is needed no longer, record a waiver that says what becomes of the backups or how the cryptography assessment is met",
  },
  check({ declaration, base }) {
    if (declaration === undefined) return [notApplicable("平台不是业务系统", "the platform is no system of a bureau")];
    const before = base?.declaration;
    if (before === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    if (!isProvided(declaration)) return [notApplicable("系统已下线", "the system is retired")];
    const verdicts: Verdict[] = [];
    if (declaration.backupGb < before.backupGb)
      verdicts.push(
        violation(
          placeOf(declaration, "backupGb"),
          `备份空间从 ${before.backupGb} GB 减到 ${declaration.backupGb} GB`,
          `Cannot lower the backup space from ${before.backupGb} GB to ${declaration.backupGb} GB: wanted ${before.backupGb} or more`,
        ),
      );
    if (before.cryptography && !declaration.cryptography)
      verdicts.push(
        violation(
          placeOf(declaration, "cryptography"),
          "停用了商用密码（cryptography 原为 true）",
          "Cannot give up commercial cryptography: wanted cryptography: true, as before",
        ),
      );
    return verdicts.length === 0 ? [pass()] : verdicts;
  },
});

/** What was taken out is shown at the level that asks for it. Each protection has its own address, so that a waiver of one is none of the other. */
function placeOf(declaration: Declaration, key: "backupGb" | "cryptography"): Place {
  const path = writtenPath(declaration.source, [key], ["mlps"]);
  return { ...declared(declaration, [key]), address: key, at: { file: declaration.source.path, path } };
}
