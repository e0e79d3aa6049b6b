import type { Diagnostic, DiagnosticCode } from "../../catalog/source/diagnostic.ts";
import { type Text, text } from "../../catalog/text.ts";

/** What a kind of error is called, and what to do about it where the message names no spelling. */
interface DiagnosticRule {
  readonly title: Text;
  readonly remedy: Text;
}

/** `invalid-request`: the command as it was called, not a file, is wrong. */
export type InvalidCode = DiagnosticCode | "invalid-request";

export const DIAGNOSTIC_RULES: Readonly<Record<InvalidCode, DiagnosticRule>> = {
  "unreadable-file": {
    title: text("文件无法读取", "A file cannot be read"),
    remedy: text("换成本机可读的普通文件，用 UTF-8 编码保存", "Put a regular, readable file there, saved as UTF-8"),
  },
  "file-too-large": {
    title: text("文件过大", "A file is too large"),
    remedy: text("拆成几个文件，或删去不需要的内容", "Split the file, or take out what it does not need"),
  },
  "misplaced-file": {
    title: text("文件放错了位置", "A file stands where nothing reads it"),
    remedy: text("移到应在的位置，或删掉", "Move the file to where it belongs, or remove it"),
  },
  "missing-file": {
    title: text("缺少文件", "A file is missing"),
    remedy: text("补上这个文件", "Add the file"),
  },
  "bad-name": {
    title: text("名称不合要求", "A name is not allowed"),
    remedy: text("改名：小写字母、数字和连字符", "Rename it: lower-case letters, digits and hyphens"),
  },
  syntax: {
    title: text("文件不能解析", "A file cannot be parsed"),
    remedy: text("改正所指位置的写法；核对缩进、引号和括号", "Mend what stands there; look at indentation, quotes and brackets"),
  },
  "forbidden-yaml": {
    title: text("不接受的 YAML 写法", "A construct of YAML is refused"),
    remedy: text(
      "直接写出内容，不用锚点、别名、合并键、标签或多个文档",
      "Write it out: no anchor, alias, merge key, tag or second document",
    ),
  },
  "duplicate-key": {
    title: text("键重复", "A key stands twice"),
    remedy: text("只保留一个", "Keep one of them"),
  },
  "too-deep": {
    title: text("嵌套过深", "A file nests too deep"),
    remedy: text("减少嵌套层数", "Nest less deep"),
  },
  "unknown-key": {
    title: text("没有这个键", "A key is unknown"),
    remedy: text("改成已有的键，或删掉", "Write a key that there is, or take it out"),
  },
  "missing-key": {
    title: text("缺少键", "A key is missing"),
    remedy: text("补上这个键", "Add the key"),
  },
  "wrong-type": {
    title: text("值的类型不对", "A value is of the wrong type"),
    remedy: text("按说明改写这个值", "Write the value as the message wants it"),
  },
  "not-plain-number": {
    title: text("数字的写法不接受", "A number is not plain"),
    remedy: text(
      "写成不带单位的整数；带小数的金额和序列号加引号",
      "Write a whole number without unit; quote amounts with decimals and serial numbers",
    ),
  },
  "out-of-range": {
    title: text("数值超出范围", "A number is out of range"),
    remedy: text("改成范围内的数值", "Write a number inside the range"),
  },
  "not-allowed": {
    title: text("值不允许", "A value is not allowed"),
    remedy: text("改成允许的值", "Write a value that is allowed"),
  },
  "bad-format": {
    title: text("值的格式不对", "A value has the wrong format"),
    remedy: text("按说明的格式改写", "Write it in the format that the message wants"),
  },
  "unknown-reference": {
    title: text("引用的东西不存在", "What is named does not exist"),
    remedy: text("改成已有的名称，或先把它加上", "Name one that there is, or add it first"),
  },
  contradiction: {
    title: text("前后矛盾", "Two statements contradict each other"),
    remedy: text("改正其中一处", "Mend one of the two"),
  },
  "invalid-request": {
    title: text("命令不能这样执行", "The command cannot be carried out as it was called"),
    remedy: text(
      "改正命令的选项或比较的基准后再执行；--help 查看用法",
      "Mend the options or what is compared with, and call it again; --help shows how",
    ),
  },
};

/** What to do about one error: the spelling that was probably meant, or what its kind calls for. */
export function diagnosticRemedy({ code, didYouMean }: Pick<Diagnostic, "didYouMean"> & { readonly code: InvalidCode }): Text {
  return didYouMean === undefined ? DIAGNOSTIC_RULES[code].remedy : text(`是不是想写：${didYouMean}`, `Did you mean: ${didYouMean}`);
}
