/**
 * What two names look like to a person: names of one skeleton pass for each other. NFKC takes care of full-width letters, Kangxi radicals and Roman
 * numerals; the table of the letters, kana and Chinese characters that are taken for another is our own, for names in Chinese need those above all
 * (Unicode's confusables.txt, UTS #39, has no 己已巳 and no 未末).
 */
export function skeletonsOf(name: string): readonly [string, string] {
  const marked = [...name.normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFKC")].map((each) => LOOK_ALIKE.get(each) ?? each).join("");
  // A plural is heard, not seen: one system more of the same name.
  const singular = marked.replace(/(\p{Script=Latin}{3,})s(?![\p{Script=Latin}\p{N}])/giu, "$1");
  const bare = singular.replace(/[\s\p{P}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Sk}\p{So}=+^~$<>]/gu, "");
  // A capital I is taken for l where case counts, and for i where it does not; 1 is taken for both: so there are two skeletons.
  return [
    likeLetters(bare.replace(/[I1|]/g, "l").toLowerCase()),
    likeLetters(bare.replace(/[1|]/g, "i").toLowerCase()).replaceAll("l", "i"),
  ];
}

/** Letters of another script that pass for Latin ones, in a name that is not written in that script. */
export function foreignLetters(name: string): string[] {
  const letters = [...name].filter((each) => /\p{L}/u.test(each));
  const foreign = letters.filter((each) =>
    /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Cherokee}\p{Script=Lisu}]/u.test(each),
  );
  return foreign.length === letters.length ? [] : [...new Set(foreign)];
}

/**
 * Chinese characters of a name outside the common simplified ones (GB/T 2312): traditional and variant forms such as 雲 and 敎, which pass for
 * 云 and 教, and rare ones that few can read.
 */
export function uncommonCharacters(name: string): string[] {
  const written = [...name.normalize("NFKC")].filter((each) => /\p{Script=Han}/u.test(each) && each !== "〇" && each !== "々");
  return [...new Set(written.filter((each) => !commonCharacters().has(each)))];
}

let common: ReadonlySet<string> | undefined;

/** The 6,763 characters of GB/T 2312, rows 16 to 87 of its table. */
function commonCharacters(): ReadonlySet<string> {
  if (common === undefined) {
    const decoder = new TextDecoder("gb2312");
    const rows = Array.from({ length: 72 }, (_, row) => Array.from({ length: 94 }, (_, cell) => [0xb0 + row, 0xa1 + cell]).flat());
    common = new Set(rows.flatMap((row) => [...decoder.decode(Uint8Array.from(row))]).filter((each) => /\p{Script=Han}/u.test(each)));
  }
  return common;
}

/** Pairs of letters that run together into one. */
function likeLetters(words: string): string {
  return words.replaceAll("0", "o").replaceAll("rn", "m").replaceAll("vv", "w").replaceAll("cl", "d");
}

/** Each line: what is meant, then what is taken for it. */
const TABLE = `
a аɑα∂
A АΑᎪꓮ
b Ьƅ
B ВΒᏴꓐ
c сϲᴄ
C СϹᏟꓚ
d ԁᏧ
D Ꭰꓓ
e еҽ℮ε
E ЕΕᎬꓰ
F Ϝꓝ
g ɡց
G ԌᏀꓖ
h һհ
H НΗᎻꓧ
i іıɩι
I ІΙӀ
j јϳ
J ЈᎫꓙ
k κк
K КΚᏦꓗ
l ӏǀ∣
L Ꮮꓡ
M МΜᎷꓟ
n ոп
N Νꓠ
o оοօ
O ОΟՕꓳ〇○◯
p рρ
P РΡᏢꓑ
q ԛզ
r гᴦ
s ѕꜱ
S ЅՏꓢ
t т
T ТΤᎢꓔ
u υսᴜ
U Սꓴ
v νѵᴠ
V ѴᏙꓦ
w ѡԝᴡω
W ԜᎳꓪ
x хχ×
X ХΧꓫ
y уγү
Y ҮΥꓬ
z ᴢ
Z ΖᏃꓜ
工 エㄒ
口 ロ囗
力 カ刀
卜 ト
夕 タ
二 ニ
三 ミ
八 ハ
才 オ
千 チ干于
厶 ム
一 ー—―
己 已巳
未 末
日 曰
土 士
人 入
大 太犬
天 夭
戊 戌戍戎
王 玉
田 由甲申
木 本术
目 自
历 厉
免 兔
乌 鸟
贝 见
今 令
拨 拔
侯 候
竞 竟
治 冶
微 徵
辨 辩辫
栗 粟
准 淮
析 折拆
崇 祟
壁 璧
杨 扬
晴 睛
戴 载
博 搏
密 蜜
遣 遗
徒 徙
叉 又
九 丸
勺 匀
句 旬
哀 衷
茶 荼
洒 酒
亨 享
暑 署
住 往佳
冷 泠
氏 氐
子 孑孓
毋 母
采 釆
市 巿
柬 東
丐 丏
刺 剌
育 肓盲
台 合
社 杜
政 攻玫
税 锐
财 材
环 坏
城 诚
牧 枚
水 冰
籍 藉
视 祝
验 俭捡
急 总
`;

const LOOK_ALIKE: ReadonlyMap<string, string> = new Map(
  TABLE.trim()
    .split("\n")
    .flatMap((line) => {
      const [meant = "", taken = ""] = line.split(" ");
      return [...taken].map((each): [string, string] => [each, meant]);
    }),
);
