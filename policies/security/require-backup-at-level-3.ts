import { isProvided } from "../../catalog/declaration.ts";
import { writtenPath } from "../../catalog/source/written-path.ts";
import { declared, defineSystemPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a level-3 system that holds data and backs none of them up. */
export const requireBackupAtLevel3 = defineSystemPolicy({
  id: "security/require-backup-at-level-3",
  level: "mandatory",
  waivableBy: "tenant",
  title: { zh: "等保三级系统有备份", en: "A level-3 system backs its data up" },
  why: {
    zh: "三级系统应提供重要数据的备份与恢复；没有备份空间，一次故障或勒索就无法恢复",
    en: "A level-3 system must be able to restore its data: without backup space one fault or one extortion ends it",
  },
  clause: "GB/T 22239-2019 8.1.4.9 数据备份恢复; 合同 附件1 第21项",
  remedy: {
    zh: "写上 backupGb（第21项），按要备份的数据量申请",
    en: "Write backupGb (line 21), sized for the data that are to be backed up",
  },
  check({ declaration }) {
    if (declaration === undefined) return [notApplicable("平台不是业务系统", "the platform is no system of a bureau")];
    if (!isProvided(declaration)) return [notApplicable("系统已下线", "the system is retired")];
    if (declaration.mlps !== 3) return [notApplicable("等保二级系统不要求", "it is asked of level 3 only")];
    const { servers, gpuServers, objectGb, fileGb, backupGb } = declaration;
    if (servers.length + gpuServers.length + objectGb + fileGb === 0)
      return [notApplicable("系统在平台上没有服务器和存储", "the system has neither servers nor storage on the platform")];
    if (backupGb > 0) return [pass()];
    const path = writtenPath(declaration.source, ["backupGb"], ["mlps"]);
    return [
      violation(
        { ...declared(declaration, ["backupGb"]), at: { file: declaration.source.path, path } },
        "系统是等保三级（mlps: 3），却没有申请备份空间；应写 backupGb，大于 0",
        "Cannot run at level 3 (mlps: 3) without backup space: wanted backupGb above 0",
      ),
    ];
  },
});
