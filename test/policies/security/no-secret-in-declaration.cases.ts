import type { ContractSubject } from "../../../policies/policy.ts";
import { declaration, sourceOf } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { contractSubject } from "../subjects.ts";

const HEAD = "name: 社会保险\nstage: production\nmlps: 2\npool: gov\nclassified: false\n";
const yaml = (more: string) => contractSubject([declaration({ source: sourceOf(HEAD + more) })]);
const reason = (words: string) => yaml(`changeReason: ${JSON.stringify(words)}\n`);
const found = (kind: string, where = "changeReason") =>
  `violation hrss/social#${where}: Cannot keep what looks like ${kind} in a declaration (not shown here)`;
// Put together, so that no scanner takes this file for the thing that it tests.
const made = (...parts: readonly string[]) => parts.join("");

const SECRETS: readonly (readonly [zh: string, en: string, words: string, kind: string])[] = [
  ["私钥", "a private key", made("-----BEGIN RSA PRIV", "ATE KEY-----"), "a private key"],
  ["AWS 访问密钥", "an AWS access key", made("备份账号 AKIA", "IOSFODNN7EXAMPLE"), "an AWS access key"],
  ["GitHub 令牌", "a GitHub token", made("ghp_", "16C7e42F292c6912E7710c838347Ae178B4a"), "a GitHub token"],
  ["sk- 开头的密钥", "a key that begins with sk-", made("sk-", "proj-abcdefghijklmnop1234"), "a service key (sk-...)"],
  ["JWT 令牌", "a JSON web token", made("eyJhbGciOiJIUzI1NiJ9", ".eyJzdWIiOiIxMjM0NTY3ODkwIn0.x"), "a JSON web token"],
  ["password= 口令", "password= and a word", made("password", "=Abc123456"), "a password or key"],
  ["“密码：”后面跟着口令", "the Chinese word for password and one behind it", made("数据库密码", "：Abc@1234"), "a password or key"],
  ["全角字符写的口令", "a password in full-width letters", made("ｐａｓｓｗｏｒｄ", "＝Abc123456"), "a password or key"],
  ["网址里带口令", "a URL with a password", made("postgres://app:", "s3cret@10.20.3.5/db"), "a URL with a password"],
  ["口令的散列", "a hashed password", made("$6$rounds$", "abcdefgh12345678"), "a hashed password"],
  [
    "没有特征的长随机串",
    "a long random string of no known form",
    made("wJalrXUtnFEMI/K7MDENG", "/bPxRfiCYzzzzEXKEY"),
    "a long random string",
  ],
  [
    "“密码”后面不带冒号的口令",
    "the Chinese word for password and one behind it, without a sign",
    made("数据库密码 Xyz", "@2025"),
    "a password or key",
  ],
  ["账号/口令", "an account and its password", made("堡垒机 root", "/baotou@2025x"), "a password or key"],
  ["单位名加年份的口令", "a word and a year, as most passwords are", made("初始为 Baotou", "@2025"), "a password or key"],
  ["数字代替字母的 passw0rd", "passw0rd with a figure for a letter", made("passw0rd", ": qwerty12"), "a password or key"],
  ["password 和箭头", "password and an arrow", made("password", " -> qwerty12"), "a password or key"],
  ["“口令：”和口令", "the other Chinese word for password", made("口令", "：qwerty12"), "a password or key"],
  ["Base64 编码的口令", "a password in base64", made("cGFzc3dvcmQ6", "aHVudGVyMjAyNQ=="), "a password or key"],
  ["Base64 编码的账号和口令", "an account and its password in base64", made("YWRtaW46QmFv", "dG91QDIwMjU="), "a password or key"],
  ["云厂商的密钥名", "a key by its service's name", made("AccessKeySecret ", "8F14E45FCEEA467FA8B10D2F"), "a password or key"],
  ["命令行里的口令", "a password behind an option", made("mysql -uroot -p", "qwerty2025"), "a password or key"],
  ["紧跟在“密码”后面", "a password right behind the Chinese word", made("数据库密码", "qwerty2025"), "a password or key"],
  ["psw", "psw", made("psw", "=qwerty12"), "a password or key"],
  ["句子里的口令", "a password in a sentence", made("the admin password is ", "Sunny-Day2026"), "a password or key"],
  [
    "句子里全是小写的口令",
    "one in small letters in a sentence",
    made("the password has been changed to ", "sunny2026"),
    "a password or key",
  ],
  ["“密码已改成”后面的口令", "a password that 密码 has been changed to", made("数据库密码已改成 ", "sunny2026"), "a password or key"],
  ["“密码就是”后面的口令", "a password that 密码 is, said with stress", made("数据库密码就是", "Xyz12345"), "a password or key"],
  ["“密码统一为”后面的口令", "one password for all", made("登录密码 统一为 ", "Baotou2025"), "a password or key"],
  ["括号里的口令", "a password in brackets", made("数据库密码（", "xyz12345）"), "a password or key"],
  ["引号里的口令", "a password in quotes", made("数据库密码“", "xyz12345”"), "a password or key"],
  ["只有数字的口令", "a password of figures alone", made("初始密码 ", "123456"), "a password or key"],
  ["英文 password 后面不带冒号", "the word password and one behind it", made("password ", "Sunny-Day2026"), "a password or key"],
  ["pwd 后面不带冒号", "pwd and one behind it", made("pwd ", "sunny2026"), "a password or key"],
  ["没有符号的账号/口令", "an account and a password without a mark", made("堡垒机 root", "/Xyz12345"), "a password or key"],
  ["带空格的账号 / 口令", "an account, a stroke, a password", made("Root / ", "Xyz12345"), "a password or key"],
  ["账号名加数字的口令", "an account's own name and a number", made("数据库 oracle", "/oracle123"), "a password or key"],
  ["几个单词连成的口令短语", "a passphrase of words", made("passphrase ", "correct-horse-battery-staple"), "a password or key"],
  ["十六进制密钥", "a key in hexadecimal", made("9f86d081884c7d659a2f", "eaa0c55ad015"), "a long random string"],
];

const PLAIN: readonly (readonly [zh: string, en: string, words: string])[] = [
  ["普通的原因", "an ordinary reason", "汛期扩容，依据市政府会议纪要〔2025〕第 12 号，编号 TC-2026-007"],
  ["谈到密码应用，没有写出口令", "words about passwords without one", "密码应用改造：密钥：SM4，口令见密钥管理服务"],
  ["云上资源的编号", "the id of a resource", "镜像 d153d332-7b5a-496a-9f61-0ef916fe3087"],
  ["公钥", "a public key", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDoWn8a7YQkTrb3G6bXU2n4PJtXjYb3C8m0dQpC0vK3x"],
  ["标准的编号", "the number of a standard", "密码应用方案按 GM/T 0054-2018 和 GB/T39786-2021 评估，密码 GM/T0054-2018"],
  [
    "说明口令放在哪里",
    "where a password is kept, not what it is",
    "the password is stored in key management, 口令由密钥管理服务 v2.1 保管",
  ],
  [
    "口令的规则",
    "the rules for passwords",
    "password is at least 12-characters long, 口令复杂度按 GB/T 39786-2021，密码改造编号为 TC-2026-007",
  ],
  [
    "算法、版本和型号",
    "algorithms, versions and models",
    "token is RS256, private key is 2048-bit, 密钥统一为 SM4-CBC，商用密码（TC-2026-007），密码机为 SJJ1012-A",
  ],
  ["镜像和目录的名称", "names of images and folders", "redis:7.0.5-alpine, mysql/mysql-5.7.40, admin/portal-2, root/usr/Lib64"],
  ["带“密码”的日期", "a date behind the Chinese word for password", "商用密码 20260115 验收，密码 202601 批次"],
  ["邮箱", "a mail address", "联系 admin: ops2025@example.org"],
  ["很长的名称", "a long name", "social-insurance-database-2025-primary-01"],
];

export const cases: readonly PolicyCase<ContractSubject>[] = [
  ...PLAIN.map(
    ([zh, en, words]): PolicyCase<ContractSubject> => ({ example: { zh, en }, subject: reason(words), verdict: "pass", finds: [] }),
  ),
  ...SECRETS.map(
    ([zh, en, words, kind]): PolicyCase<ContractSubject> => ({
      example: { zh: `变更原因里有${zh}`, en: `${en} in the reason of a change` },
      subject: reason(words),
      verdict: "violation",
      finds: [found(kind)],
    }),
  ),
  {
    example: { zh: "下线证明里写了口令", en: "a password in the attestation of a retirement" },
    subject: yaml(`retirement:\n  on: 2026-03-31\n  attestation: ${JSON.stringify(made("管理口令", "是 Abc@1234"))}\n`),
    verdict: "violation",
    finds: ["violation retirement#attestation: Cannot keep what looks like a password or key in a declaration (not shown here)"],
  },
  {
    example: { zh: "注释里写了口令", en: "a password in a comment" },
    subject: yaml(made("backupGb: 10   # 管理员 pass", "word: Abc@1234\n")),
    verdict: "violation",
    finds: ["violation hrss/social#backupGb: Cannot keep what looks like a password or key in a comment (not shown here)"],
  },
  {
    example: { zh: "服务器的名称就是密钥，名称也不显示", en: "a server whose very name is a key, which is not shown either" },
    subject: yaml(made("servers:\n  sk-", "abcdefghijklmnop1234: { cpu: 1 }\n")),
    verdict: "violation",
    finds: [found("a service key (sk-...)", "servers")],
  },
  {
    example: { zh: "单位文件里写了口令", en: "a password in a bureau's file" },
    subject: contractSubject([], {
      tenants: new Map([
        [
          "hrss",
          {
            id: "hrss",
            source: sourceOf(made("name: 人社局 pwd", "=Abc123456\n"), "stacks/tenants/hrss/tenant.yaml"),
            name: "人社局",
            monthlyBudget: undefined,
            range: undefined,
          },
        ],
      ]),
    }),
    verdict: "violation",
    finds: ["violation hrss#name: Cannot keep what looks like a password or key in a declaration (not shown here)"],
  },
  {
    example: { zh: "豁免文件的注释里写了口令", en: "a password in a comment of a waivers file" },
    subject: contractSubject([], {
      sources: [sourceOf(made("waivers: []   # pass", "word=Abc123456\n"), "stacks/tenants/hrss/waivers.yaml")],
    }),
    verdict: "violation",
    finds: [
      "violation stacks/tenants/hrss/waivers.yaml#waivers: Cannot keep what looks like a password or key in a comment (not shown here)",
    ],
  },
  {
    example: { zh: "目录文件里写了口令", en: "a password in a file of the catalogue" },
    subject: contractSubject([], { sources: [sourceOf(made("pools: { gov: 管理员 root", "/Abc@1234 }\n"), "catalog/pools.yaml")] }),
    verdict: "violation",
    finds: ["violation pools#gov: Cannot keep what looks like a password or key in a declaration (not shown here)"],
  },
];
