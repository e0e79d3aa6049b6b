import type { Declaration } from "../../catalog/declaration.ts";
import { didYouMean } from "../../catalog/source/did-you-mean.ts";
import type { Path } from "../../catalog/source/source-file.ts";
import { declared, defineContractPolicy, notApplicable, pass, type Verdict, violation } from "../policy.ts";

/** Rejects a new entry of `accepts` or `removals` that names nothing which the system has, or had before the change: a slip asks for nothing. */
export const requireKnownNames = defineContractPolicy({
  id: "damage/require-known-names",
  level: "mandatory",
  waivableBy: "nobody",
  title: { zh: "accepts 和 removals 写的名称都存在", en: "What accepts and removals name is there" },
  why: {
    zh: "名称写错的一条不起任何作用：以为接受了影响、证明了数据去向，其实没有",
    en: "An entry with a slip in its name does nothing: somebody believes that damage is accepted or data are attested, and it is not so",
  },
  clause: "本项目规则; 合同 附件4 3",
  remedy: {
    zh: "改成服务器名（db）、服务器名.数据盘名（db.data）、storage.object 或 storage.file；或删掉这一条",
    en: "Write the name of a server group (db), of a data volume (db.data), storage.object or storage.file; or take the entry out",
  },
  check({ declarations, base }) {
    if (base === undefined) return [notApplicable("没有可比较的原状", "there is nothing before to compare with")];
    const earlier = new Map(base.declarations.map((each) => [each.id, each]));
    return declarations.flatMap((declaration) => {
      const before = earlier.get(declaration.id);
      if (before?.source.text === declaration.source.text) return [pass()];
      const known = [...new Set([...namesIn(declaration), ...(before === undefined ? [] : namesIn(before))])];
      return (["accepts", "removals"] as const).flatMap((list) =>
        declaration[list].map(({ of }, index): Verdict => {
          // What an earlier change asked for may be long gone.
          if (known.includes(of) || before?.[list].some((each) => each.of === of)) return pass();
          return unknownName(declaration, [list, index, "of"], of, known);
        }),
      );
    });
  },
});

function unknownName(declaration: Declaration, path: Path, of: string, known: readonly string[]): Verdict {
  const meant = didYouMean(of, known);
  return violation(
    declared(declaration, path),
    `没有“${of}”${meant === undefined ? "" : `；是不是 ${meant}`}（有：${known.join("、") || "无"}）`,
    `Cannot find "${of}"${meant === undefined ? "" : `; did you mean ${meant}`}: wanted one of ${known.join(", ") || "none"}`,
  );
}

/** Everything of a system that damage may be accepted for, or that may leave it. */
function namesIn({ servers, gpuServers, objectGb, fileGb }: Declaration): readonly string[] {
  return [
    ...servers.flatMap(({ key, dataDisks }) => [key, ...dataDisks.map((disk) => `${key}.${disk.key}`)]),
    ...gpuServers.map(({ key }) => key),
    ...(objectGb > 0 ? ["storage.object"] : []),
    ...(fileGb > 0 ? ["storage.file"] : []),
  ];
}
