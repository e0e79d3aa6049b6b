import { type Declaration, isProvided } from "../../catalog/declaration.ts";
import { defineContractPolicy, notApplicable, pass, violation } from "../policy.ts";

/** Rejects a system whose file is gone, its bureau's folder or the whole tree with it: a file that vanishes never destroys (design 8). */
export const noVanishedFile = defineContractPolicy({
  id: "life-cycle/no-vanished-file",
  level: "mandatory",
  waivableBy: "nobody",
  title: { zh: "系统的申请文件不能删除或改名", en: "No system's file is deleted or renamed" },
  why: {
    zh: "删掉申请文件或给它改名，等于销毁系统和全部数据，却没有下线日期和证明；已下线的系统也要留下文件作为凭据",
    en: "A declaration that is deleted or renamed would destroy the system with all its data, without a date or an attestation; a retired one keeps its file as the record",
  },
  clause: "合同 5.4、附件4; GB/T 22239-2019 8.1.4.10 剩余信息保护",
  remedy: {
    zh: "恢复文件；要下线，先写 stage: exiting，到期再写 stage: retired 和证明，文件一直保留",
    en: "Put the file back; to end the system, write stage: exiting first, stage: retired with its attestation when the day has come, and keep the file",
  },
  check({ declarations, base }) {
    if (base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    const present = new Set(declarations.map(({ id }) => id));
    const known = new Set(base.declarations.map(({ id }) => id));
    const gone = base.declarations.filter(({ id }) => !present.has(id));
    if (gone.length === 0) return [pass()];
    const isEmpty = declarations.length === 0;
    return gone.map((declaration) => {
      const { id, name, source } = declaration;
      const renamed = declarations.find((each) => !known.has(each.id) && isSame(each, declaration))?.id;
      const hint =
        renamed !== undefined
          ? {
              zh: `；看起来改名为 ${renamed}，改名等于销毁后另建`,
              en: `; it looks renamed to ${renamed}, which would destroy it and make another`,
            }
          : isEmpty
            ? { zh: "；整个目录里一个系统也没有了", en: "; no system at all is left in the tree" }
            : { zh: "", en: "" };
      const wanted = isProvided(declaration)
        ? { zh: "应先退出、再下线（exiting、retired），文件保留", en: "wanted stage exiting, then retired, in a file that stays" }
        : { zh: "系统已下线，文件应作为凭据保留", en: "the system is retired, and its file stays as the record" };
      return violation(
        { system: id, address: id, attribute: "file" },
        `${name}的申请文件 ${source.path} 不见了；${wanted.zh}${hint.zh}`,
        `Cannot let ${source.path} vanish: ${wanted.en}${hint.en}`,
      );
    });
  },
});

/** The same words in another place, or at least the same name. */
function isSame(one: Declaration, other: Declaration): boolean {
  return one.source.text === other.source.text || one.name === other.name;
}
