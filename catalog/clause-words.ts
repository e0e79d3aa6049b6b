import type { Lang } from "./text.ts";

/** Chinese titles of the standards' sections that are cited, and what they mean in English: the standards themselves are Chinese. */
const SECTION_TITLES: Readonly<Record<string, string>> = {
  网络架构: "network architecture",
  通信传输: "communication transmission",
  边界防护: "boundary protection",
  访问控制: "access control",
  入侵防范: "intrusion prevention",
  安全审计: "security audit",
  身份鉴别: "identity authentication",
  恶意代码防范: "malicious code prevention",
  数据完整性: "data integrity",
  数据保密性: "data confidentiality",
  数据备份恢复: "data backup and recovery",
  剩余信息保护: "residual information protection",
  个人信息保护: "personal information protection",
  审计管理: "audit management",
  集中管控: "centralized control",
  漏洞和风险管理: "vulnerability and risk management",
  安全运维管理: "security operation and maintenance",
  资产管理: "asset management",
  基础设施位置: "location of infrastructure",
  镜像和快照保护: "image and snapshot protection",
  网络和通信安全: "network and communication security",
  设备和计算安全: "device and computing security",
  应用和数据安全: "application and data security",
  管理制度: "management rules",
  安全建设管理: "security development management",
};

/** What a policy cites that no clause demands: this project asks for it, and says so. */
export const PROJECT_RULE = "本项目规则";

const NUMERALS = "一二三四五六七八九十";
const TITLES = new RegExp(Object.keys(SECTION_TITLES).join("|"), "g");

/**
 * A clause as people read it. It is written as the contract and the standards print it; for readers of English their words of place and their titles
 * are translated, numbers stay.
 */
export function clauseWords(clause: string, lang: Lang): string {
  if (lang === "zh") return clause.replace(/\s*[;；]\s*/g, "；");
  return clause
    .replace(/\s*[;；]\s*/g, "; ")
    .replaceAll(PROJECT_RULE, "rule of this project")
    .replaceAll("合同", "contract")
    .replace(/附件\s*(\d)/g, "Annex $1")
    .replace(/第(\d+)项/g, "line $1")
    .replace(/第(\d+)条/g, "section $1")
    .replace(/\s*注(\d)/g, " note $1")
    .replace(
      /([一二三四五六七八九十])（([一二三四五六七八九十])）/g,
      (_, part: string, item: string) => `${numberOf(part)}(${numberOf(item)})`,
    )
    .replace(TITLES, (title) => SECTION_TITLES[title] ?? title)
    .replaceAll("、", ", ")
    .replace(/ {2,}/g, " ");
}

/** The number that a Chinese numeral below a hundred stands for: 七, 十四, 二十七. */
export function numberOf(numeral: string): number {
  const [tens, units] = numeral.includes("十") ? numeral.split("十") : [undefined, numeral];
  const digit = (character: string) => (character === "" ? 0 : NUMERALS.indexOf(character) + 1);
  return (tens === undefined ? 0 : 10 * (tens === "" ? 1 : digit(tens))) + digit(units ?? "");
}
