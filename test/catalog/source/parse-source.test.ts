import { describe, expect, test } from "vitest";
import { parseSource } from "../../../catalog/source/source-file.ts";
import { bytesOf } from "../../tree.ts";

/** Every error as `line:column+length code`. */
function errorsOf(yaml: string | Uint8Array): string[] {
  const parsed = parseSource("f.yaml", bytesOf(yaml));
  if (parsed.kind === "parsed") return [];
  return parsed.diagnostics.map(({ range, code }) => `${range.line}:${range.column}+${range.length} ${code}`);
}

function messageOf(yaml: string | Uint8Array) {
  const parsed = parseSource("f.yaml", bytesOf(yaml));
  return parsed.kind === "parsed" ? undefined : parsed.diagnostics[0]?.message;
}

function dataOf(yaml: string | Uint8Array): unknown {
  const parsed = parseSource("f.yaml", bytesOf(yaml));
  if (parsed.kind === "rejected") throw new Error(parsed.diagnostics.map(({ message }) => message.en).join("; "));
  return JSON.parse(JSON.stringify(parsed.file.value));
}

describe("a file that is no YAML", () => {
  test.each([
    { what: "an unclosed list", yaml: "name: [a, b\nstage: x\n", found: ["2:1+1 syntax"] },
    { what: "an unclosed quotation mark", yaml: 'name: "abc\n', found: ["2:1+1 syntax"] },
    { what: "a tab as indentation", yaml: "servers:\n\tapp: 1\n", found: ["2:1+1 syntax"] },
    { what: "a tab after spaces", yaml: "servers:\n  app:\n\t  cpu: 1\n", found: ["3:1+3 syntax"] },
    { what: "two colons in a line", yaml: "name: a: b\n", found: ["1:7+1 syntax"] },
    { what: "an escape that does not exist", yaml: 'name: "\\q"\n', found: ["1:8+1 syntax"] },
    { what: "a value that begins with @", yaml: "name: @x\n", found: ["1:7+1 syntax"] },
    { what: "a value that begins with a backtick", yaml: "name: `x`\n", found: ["1:7+1 syntax"] },
    { what: "a value that begins with %", yaml: "name: %x\n", found: ["1:7+1 syntax"] },
    { what: "an empty file", yaml: "", found: ["1:1+1 syntax"] },
    { what: "white space alone", yaml: "  \n\n", found: ["1:1+1 syntax"] },
    { what: "comments alone", yaml: "# nothing\n# here\n", found: ["1:1+1 syntax"] },
    { what: "an unknown directive", yaml: "%FOO bar\n---\na: 1\n", found: ["1:1+8 forbidden-yaml"] },
  ])("with $what is refused", ({ yaml, found }) => {
    expect(errorsOf(yaml)).toEqual(found);
  });

  test("is explained in both languages", () => {
    expect(messageOf("servers:\n\tapp: 1\n")).toEqual({
      zh: "不是正确的 YAML：缩进里有制表符，请改用空格",
      en: "Cannot parse YAML: Tabs are not allowed as indentation",
    });
    expect(messageOf("# nothing\n")).toEqual({
      zh: "文件是空的；没有内容要写就不要这个文件",
      en: "Cannot read the file: it is empty; where there is nothing to say, leave the file out",
    });
  });

  test.each([
    ["a colon after a key", "name: x\nstage：production\n", "2:6", "：", ":"],
    ["a colon before a block", "servers:\n  web：\n    count: 2\n", "2:6", "：", ":"],
    ["a colon in braces", "servers: {web：{ count: 2 }}\n", "1:14", "：", ":"],
    ["a comma in braces", "servers: { web: { count: 2，cpu: 4 } }\n", "1:27", "，", ","],
    ["a comma before a space", "listens: [{ port: 443， from: internet }]\n", "1:22", "，", ","],
    ["a bracket", "listens: ［{ port: 443 }］\n", "1:10", "［", "["],
    ["a closing quotation mark", 'name: "养老”\nstage: production\n', "1:10", "”", '"'],
  ])("names full-width punctuation in the place of YAML's own: %s", (_, yaml, place, found, wanted) => {
    const parsed = parseSource("f.yaml", bytesOf(yaml));
    const told = parsed.kind === "parsed" ? [] : parsed.diagnostics;
    expect(told.map(({ range, message }) => [`${range.line}:${range.column}`, message])).toEqual([
      [
        place,
        {
          zh: `不是正确的 YAML：这里是全角的“${found}”（中文输入法），应为半角的 ${wanted}`,
          en: `Cannot parse YAML: found the full-width ${found}, wanted ${wanted}`,
        },
      ],
    ]);
  });

  test("does not blame full-width punctuation in a text, a comment or quotes", () => {
    const yaml = 'accepts: [{ of: web, reason: 更换系统，数据已备份 # 说明：a，b: c\nname: "甲，b: c"\n';
    expect(messageOf(yaml)?.zh).not.toContain("全角");
  });

  test("is told in Chinese without the parser's English", () => {
    expect(messageOf("a: { b: 1 c: 2 }\n")?.zh).toMatch(/^不是正确的 YAML：[^a-z]+$/);
  });

  test("gives its excerpt without the end of the line", () => {
    const parsed = parseSource("f.yaml", bytesOf("name: a\r\nbackupGb: 1.5\r\n"));
    expect(parsed.kind === "rejected" ? parsed.diagnostics.map(({ excerpt }) => excerpt) : []).toEqual(["backupGb: 1.5"]);
  });
});

describe("bytes", () => {
  test.each([
    { what: "in GBK", bytes: new Uint8Array([0x6e, 0x3a, 0x20, 0xc9, 0xe7, 0xbb, 0xe1, 0x0a]) },
    { what: "in UTF-16", bytes: new Uint8Array([0xff, 0xfe, 0x6e, 0, 0x3a, 0]) },
    { what: "of a broken UTF-8 sequence", bytes: new Uint8Array([0x6e, 0x3a, 0x20, 0xe7, 0xa4, 0x0a]) },
    { what: "of an overlong UTF-8 sequence", bytes: new Uint8Array([0x6e, 0x3a, 0x20, 0xc0, 0xaf, 0x0a]) },
  ])("$what are refused", ({ bytes }) => {
    expect(errorsOf(bytes)).toEqual(["1:1+1 unreadable-file"]);
    expect(messageOf(bytes)).toEqual({
      zh: "文件不是 UTF-8 编码，请另存为 UTF-8",
      en: "Cannot read the file: it is not UTF-8; save it as UTF-8",
    });
  });

  test("beyond 64 KB are refused, and 64 KB are read", () => {
    const line = (bytes: number) => `# ${"x".repeat(bytes - 3)}\n`;
    expect(errorsOf(line(65_537))).toEqual(["1:1+1 file-too-large"]);
    expect(errorsOf(`a: 1\n${line(65_536 - 4)}`)).toEqual(["1:1+1 file-too-large"]);
    expect(dataOf(`a: 1\n${line(65_536 - 5)}`)).toEqual({ a: 1 });
    expect(messageOf(line(300 * 1024))).toEqual({
      zh: "文件超过上限 65536 字节",
      en: "Cannot read the file: it is larger than the limit of 65536 bytes",
    });
  });

  test("may begin with a byte order mark, and only begin", () => {
    expect(dataOf("\ufeffname: a\n")).toEqual({ name: "a" });
    expect(errorsOf("name: a\n\ufeffstage: b\n")).toEqual(["2:1+1 forbidden-yaml"]);
  });

  test("may end their lines as Windows does", () => {
    expect(dataOf("name: a\r\nlist:\r\n  - b\r\n")).toEqual({ name: "a", list: ["b"] });
  });

  test("may not move the cursor back by a lone carriage return", () => {
    expect(errorsOf("name: a # \rname: b\n")).toEqual(["1:11+1 forbidden-yaml"]);
  });
});

describe("a number", () => {
  test.each([
    { written: "1e1", length: 3 },
    { written: "1E5", length: 3 },
    { written: "16.0", length: 4 },
    { written: "1.5", length: 3 },
    { written: ".5", length: 2 },
    { written: "0x10", length: 4 },
    { written: "0o10", length: 4 },
    { written: "010", length: 3 },
    { written: "08", length: 2 },
    { written: "+5", length: 2 },
    { written: "-0", length: 2 },
    { written: "-.inf", length: 5 },
    { written: ".inf", length: 4 },
    { written: ".nan", length: 4 },
    { written: "9007199254740993", length: 16 },
    { written: "99999999999999999999999999", length: 26 },
  ])("written $written is refused, for it reads differently from what it looks like", ({ written, length }) => {
    expect(errorsOf(`backupGb: ${written}\n`)).toEqual([`1:11+${length} not-plain-number`]);
  });

  test("is explained in both languages", () => {
    expect(messageOf("backupGb: 16.0\n")).toEqual({
      zh: "数字写成了 16.0；请写整数，不带小数点、指数、前导零或进制前缀（带小数的金额、编号等文字请加引号）",
      en: "Cannot accept the number 16.0: write a whole number without decimal point, exponent, leading zero or base (put amounts with decimals and serial numbers in quotes)",
    });
  });

  test.each([
    { written: "16", value: 16 },
    { written: "0", value: 0 },
    { written: "-5", value: -5 },
    { written: "9007199254740991", value: 9_007_199_254_740_991 },
    { written: "1_000", value: "1_000" },
    { written: "16GB", value: "16GB" },
    { written: "yes", value: "yes" },
    { written: "true", value: true },
    { written: "12:30:45", value: "12:30:45" },
    { written: "2026-02-30", value: "2026-02-30" },
    { written: '"010"', value: "010" },
    { written: "~", value: null },
    { written: "", value: null },
  ])("or word written $written is read as $value, whatever older YAML made of it", ({ written, value }) => {
    expect(dataOf(`key: ${written}\n`)).toEqual({ key: value });
  });

  test("of a hundred thousand digits is not repeated in the message", () => {
    expect(messageOf(`a: ${"9".repeat(100_000)}\n`)?.en.length).toBeLessThan(300);
  });
});

describe("a construct that means more than it shows", () => {
  test.each([
    { what: "an anchor", yaml: "a: &x 1\n", found: ["1:4+2 forbidden-yaml"] },
    { what: "an alias", yaml: "a: &x 1\nb: *x\n", found: ["1:4+2 forbidden-yaml", "2:4+2 forbidden-yaml"] },
    { what: "an alias of nothing", yaml: "a: *y\n", found: ["1:4+2 forbidden-yaml"] },
    { what: "a merge key", yaml: "a: 1\n<<: {b: 1}\n", found: ["2:1+2 forbidden-yaml"] },
    { what: "a tag of the core schema", yaml: "name: !!str 16\n", found: ["1:7+5 forbidden-yaml"] },
    { what: "a tag on the line before its value", yaml: "name: !!str\n  hello\n", found: ["1:7+5 forbidden-yaml"] },
    { what: "a tag before a comment", yaml: "name: !!str # note\n  hello\n", found: ["1:7+5 forbidden-yaml"] },
    { what: "a tag far before its value", yaml: `name: !!str${" ".repeat(60)}hello\n`, found: ["1:7+5 forbidden-yaml"] },
    { what: "a tag on a key", yaml: "!!str name: x\n", found: ["1:1+5 forbidden-yaml"] },
    { what: "a tag on the whole", yaml: "!!map\nname: x\n", found: ["1:1+5 forbidden-yaml"] },
    { what: "a tag of its own", yaml: "name: !foo 16\n", found: ["1:7+4 forbidden-yaml"] },
    { what: "a tag without a name", yaml: "name: ! 16\n", found: ["1:7+1 forbidden-yaml"] },
    { what: "a binary tag", yaml: "name: !!binary aGk=\n", found: ["1:7+8 forbidden-yaml"] },
    {
      what: "a tag that a directive declares",
      yaml: "%TAG !e! tag:e,2000:\n---\nname: !e!x 1\n",
      found: ["3:7+4 forbidden-yaml", "1:1+20 forbidden-yaml"],
    },
    { what: "a directive of YAML 1.1, in which yes is true", yaml: "%YAML 1.1\n---\na: yes\n", found: ["1:1+9 forbidden-yaml"] },
    { what: "a second document", yaml: "a: 1\n---\nb: 2\n", found: ["2:1+3 forbidden-yaml"] },
    { what: "a second document that is empty", yaml: "a: 1\n---\n", found: ["2:1+3 forbidden-yaml"] },
    { what: "the key __proto__", yaml: "__proto__: {a: 1}\n", found: ["1:1+9 forbidden-yaml"] },
    { what: "the key __proto__ further in", yaml: "a:\n  __proto__:\n    b: 1\n", found: ["2:3+9 forbidden-yaml"] },
    { what: "the key __proto__ behind an escape", yaml: '"__pro\\x74o__": 1\n', found: ["1:1+14 forbidden-yaml"] },
    { what: "the key constructor", yaml: "constructor: 1\n", found: ["1:1+11 forbidden-yaml"] },
    { what: "the key prototype", yaml: "prototype: 1\n", found: ["1:1+9 forbidden-yaml"] },
    { what: "a number as a key", yaml: "1: a\n", found: ["1:1+1 forbidden-yaml"] },
    { what: "a truth value as a key", yaml: "true: a\n", found: ["1:1+4 forbidden-yaml"] },
    { what: "nothing as a key", yaml: ": b\n", found: ["1:1+1 forbidden-yaml"] },
    { what: "a list as a key", yaml: "? [a, b]\n: 1\n", found: ["1:3+6 forbidden-yaml"] },
    { what: "a mapping as a key", yaml: "{a: 1}: b\n", found: ["1:1+6 forbidden-yaml"] },
    { what: "a number and its text as keys", yaml: '1: a\n"1": b\n', found: ["1:1+1 forbidden-yaml"] },
  ])("is refused: $what", ({ yaml, found }) => {
    expect(errorsOf(yaml)).toEqual(found);
  });

  test("is named in both languages", () => {
    expect(messageOf("name: !!str 16\n")).toEqual({ zh: "不接受 YAML 标签 !!str", en: "Cannot accept the YAML tag !!str" });
    expect(messageOf("a: *y\n")).toEqual({
      zh: "不接受 YAML 别名（*）：请把内容直接写出来",
      en: "Cannot accept a YAML alias (*): write the content out",
    });
    expect(messageOf("<<: {b: 1}\n")).toEqual({ zh: "不接受 YAML 合并键（<<）", en: "Cannot accept a YAML merge key (<<)" });
    expect(messageOf("a: 1\n---\nb: 2\n")).toEqual({
      zh: "一个文件只能有一个 YAML 文档（多了“---”）",
      en: "Cannot read a second YAML document: one file holds one document",
    });
  });

  test.each([
    { what: "an exclamation mark in text", yaml: "name: hello! x\n", value: { name: "hello! x" } },
    { what: "an exclamation mark at the end of a word", yaml: "list: [hi! , b]\n", value: { list: ["hi!", "b"] } },
    { what: "an exclamation mark in a comment", yaml: "# wow!\nname: a\n", value: { name: "a" } },
    { what: "an ampersand and an asterisk in text", yaml: "name: a & b * c\n", value: { name: "a & b * c" } },
    { what: "the start of the first document", yaml: "---\na: 1\n...\n", value: { a: 1 } },
  ])("is not mistaken for $what", ({ yaml, value }) => {
    expect(dataOf(yaml)).toEqual(value);
  });
});

describe("a key that stands twice", () => {
  test.each([
    { where: "at the top", yaml: "name: a\nname: b\n", found: ["2:1+4 duplicate-key"] },
    { where: "further in", yaml: "servers:\n  app: 1\n  db: 2\n  app: 3\n", found: ["4:3+3 duplicate-key"] },
    { where: "on one line", yaml: "a: {b: 1, b: 2}\n", found: ["1:11+1 duplicate-key"] },
    { where: "in quotes", yaml: 'name: a\n"name": b\n', found: ["2:1+6 duplicate-key"] },
    { where: "three times", yaml: "a: 1\na: 2\na: 3\n", found: ["2:1+1 duplicate-key", "3:1+1 duplicate-key"] },
  ])("is refused $where", ({ yaml, found }) => {
    expect(errorsOf(yaml)).toEqual(found);
    expect(messageOf(yaml)).toEqual({
      zh: "这个键写了两次；同一层里每个键只能出现一次",
      en: "Cannot use a key twice: each key stands once at its level",
    });
  });

  test("is no such thing at two levels", () => {
    expect(dataOf("app:\n  app: 1\n")).toEqual({ app: { app: 1 } });
  });
});

describe("a character that hides something", () => {
  test.each([
    { what: "a bell", yaml: "name: a\u0007b\n", found: "1:8+1", named: "U+0007" },
    { what: "a terminal escape", yaml: "name: a\u001b[31mb\n", found: "1:8+1", named: "U+001B" },
    { what: "a C1 control", yaml: "name: a\u009bb\n", found: "1:8+1", named: "U+009B" },
    { what: "a NUL", yaml: "name: a\u0000b\n", found: "1:8+1", named: "U+0000" },
    { what: "a right-to-left override", yaml: "name: a\u202eb\n", found: "1:8+1", named: "U+202E" },
    { what: "a right-to-left isolate", yaml: "name: a\u2067b\n", found: "1:8+1", named: "U+2067" },
    { what: "a right-to-left override in a comment", yaml: "name: a # \u202e hidden\n", found: "1:11+1", named: "U+202E" },
    { what: "a right-to-left override in a key", yaml: "na\u202eme: b\n", found: "1:3+1", named: "U+202E" },
    { what: "a zero-width space", yaml: "name: a\u200bb\n", found: "1:8+1", named: "U+200B" },
    { what: "a zero-width joiner in a key", yaml: "na\u200dme: b\n", found: "1:3+1", named: "U+200D" },
    { what: "a soft hyphen", yaml: "name: a\u00adb\n", found: "1:8+1", named: "U+00AD" },
    { what: "a line separator", yaml: "name: a\u2028b\n", found: "1:8+1", named: "U+2028" },
    { what: "a Hangul filler", yaml: "name: a\u3164b\n", found: "1:8+1", named: "U+3164" },
    { what: "a tag character", yaml: "name: a\u{e0041}b\n", found: "1:8+2", named: "U+E0041" },
    { what: "an escaped bell", yaml: 'name: "a\\x07b"\n', found: "1:7+8", named: "U+0007" },
    { what: "an escaped override", yaml: 'name: "a\\u202eb"\n', found: "1:7+10", named: "U+202E" },
    { what: "an escaped half of a pair", yaml: 'name: "a\\ud800b"\n', found: "1:7+10", named: "U+D800" },
  ])("is refused: $what", ({ yaml, found, named }) => {
    expect(errorsOf(yaml)).toEqual([`${found} forbidden-yaml`]);
    expect(messageOf(yaml)).toEqual({
      zh: `文字里有不可见的控制字符 ${named}`,
      en: `Cannot accept the invisible control character ${named} in text`,
    });
  });

  test.each([
    { what: "Chinese", words: "社会保险（二期）" },
    { what: "a rare character beyond the first plane", words: "𠮷林" },
    { what: "an emoji with its variation selector", words: "⚠️注意" },
    { what: "accents", words: "Zürich" },
  ])("is not seen in $what", ({ words }) => {
    expect(dataOf(`name: ${words}\n`)).toEqual({ name: words });
  });
});

describe("the caret", () => {
  test.each([
    { before: "Chinese text", yaml: "社会: 1.5\n", found: ["1:5+3 not-plain-number"] },
    { before: "Chinese text and a mapping on one line", yaml: "名称: { 甲: 保险, 乙: 1.5 }\n", found: ["1:17+3 not-plain-number"] },
    { before: "a character of two UTF-16 units", yaml: "𠮷: 1.5\n", found: ["1:5+3 not-plain-number"] },
    { before: "two lines", yaml: "甲: 1\n乙:\n  丙: 010\n", found: ["3:6+3 not-plain-number"] },
    { before: "Windows line ends", yaml: "甲: 1\r\n乙: 010\r\n", found: ["2:4+3 not-plain-number"] },
  ])("stands in UTF-16 units after $before", ({ yaml, found }) => {
    expect(errorsOf(yaml)).toEqual(found);
  });

  test("stays on the first line of a value that has several", () => {
    const parsed = parseSource("f.yaml", bytesOf("servers:\n  app:\n    cpu: 1\n    image: x\n"));
    if (parsed.kind === "rejected") throw new Error("wanted a parsed file");
    const { file } = parsed;
    expect(file.locate(["servers", "app"])).toEqual({ line: 3, column: 5, length: 6 });
    expect(file.locate(["servers", "app"], "key")).toEqual({ line: 2, column: 3, length: 3 });
    expect(file.locate(["servers", "app", "cpu"])).toEqual({ line: 3, column: 10, length: 1 });
    expect(file.locate(["servers", "app", "memoryGb"])).toEqual({ line: 2, column: 3, length: 3 });
    expect(file.locate([])).toEqual({ line: 1, column: 1, length: 8 });
    expect(file.lineAt(3)).toBe("    cpu: 1");
    expect(file.lineAt(99)).toBe("");
  });

  test("stands under the key of an empty value", () => {
    const parsed = parseSource("f.yaml", bytesOf("a: 1\nbackupGb:\n"));
    expect(parsed.kind === "parsed" ? parsed.file.locate(["backupGb"]) : undefined).toEqual({ line: 2, column: 1, length: 8 });
  });

  test("finds a position in a list", () => {
    const parsed = parseSource("f.yaml", bytesOf("list: [{a: 1}, {a: 22}]\n"));
    expect(parsed.kind === "parsed" ? parsed.file.locate(["list", 1, "a"]) : undefined).toEqual({ line: 1, column: 20, length: 2 });
  });
});

describe("a file that would wear the parser out", () => {
  test.each([
    { what: "60,000 open brackets", yaml: `a: ${"[".repeat(60_000)}`, found: ["1:24+1 too-deep"] },
    { what: "15,000 open braces", yaml: `a: ${"{a: ".repeat(15_000)}`, found: ["1:84+1 too-deep"] },
    { what: "30,000 dashes", yaml: `${"- ".repeat(30_000)}a\n`, found: ["1:43+1 too-deep"] },
    { what: "30,000 question marks", yaml: `${"? ".repeat(30_000)}a\n`, found: ["1:43+1 too-deep"] },
    {
      what: "300 levels of indentation",
      yaml: Array.from({ length: 300 }, (_, level) => `${" ".repeat(level)}a:\n`).join(""),
      found: ["22:22+1 too-deep"],
    },
    { what: "21 levels", yaml: `a: ${"[".repeat(20)}1${"]".repeat(20)}\n`, found: ["1:24+1 too-deep"] },
  ])("is refused at its twenty-first level: $what", ({ yaml, found }) => {
    expect(errorsOf(yaml)).toEqual(found);
    expect(messageOf(yaml)).toEqual({ zh: "嵌套超过 20 层", en: "Cannot read more than 20 levels of nesting" });
  });

  test("may nest 20 deep", () => {
    expect(errorsOf(`a: ${"[".repeat(19)}1${"]".repeat(19)}\n`)).toEqual([]);
  });

  test("is not unfolded when it is an alias bomb", () => {
    const bomb = [
      "a: &a [x, x]",
      ...[..."bcdefghijklmnop"].map((name, index) => `${name}: &${name} [*${"abcdefghijklmno"[index]}, *${"abcdefghijklmno"[index]}]`),
    ].join("\n");
    const errors = errorsOf(bomb);
    expect(errors).toHaveLength(46);
    expect(new Set(errors.map((error) => error.split(" ")[1]))).toEqual(new Set(["forbidden-yaml"]));
  });

  test.each([
    { what: "7,000 keys", yaml: Array.from({ length: 7_000 }, (_, index) => `${index.toString(36)}k: 1\n`).join(""), errors: 0 },
    { what: "13,000 times the same key", yaml: "k: 1\n".repeat(13_000), errors: 100 },
    {
      what: "6,000 errors, of which it names the first hundred",
      yaml: Array.from({ length: 6_000 }, (_, index) => `${index.toString(36)}k: 01\n`).join(""),
      errors: 100,
    },
  ])("is read within two seconds: $what", ({ yaml, errors }) => {
    const start = performance.now();
    expect(errorsOf(yaml)).toHaveLength(errors);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});
