import { BARE, declarations, names } from "../input.ts";

const utf8 = new TextEncoder();
/** Bytes of text around bytes that are none. */
function around(before: string, bytes: readonly number[], after: string): Uint8Array {
  return new Uint8Array([...utf8.encode(before), ...bytes, ...utf8.encode(after)]);
}
const utf16 = (words: string, littleEndian: boolean): number[] =>
  [...words].flatMap((each) => {
    const unit = each.charCodeAt(0);
    return littleEndian ? [unit & 255, unit >> 8] : [unit >> 8, unit & 255];
  });
const named = (...bytes: readonly number[]) => around("name: a", bytes, `b\n${BARE.slice(BARE.indexOf("stage"))}`);
const escaped = (character: string) => `"a\\u${character}b"`;

/** What is no UTF-8, and characters that hide, reorder or overwrite others: written out, escaped, in a comment. */
export const byteInputs = [
  ...declarations("bytes", [
    ["GBK", named(0xc9, 0xe7, 0xbb, 0xe1)],
    ["Latin 1", named(0xe9)],
    ["UTF-16 with its mark, little end first", around("", [0xff, 0xfe, ...utf16("name: a\n", true)], "")],
    ["UTF-16 with its mark, big end first", around("", [0xfe, 0xff, ...utf16("name: a\n", false)], "")],
    ["UTF-16 without a mark", around("", utf16("name: a\n", true), "")],
    ["UTF-32 with its mark", around("", [0xff, 0xfe, 0, 0, 0x6e, 0, 0, 0], "")],
    ["an overlong slash", named(0xc0, 0xaf)],
    ["an overlong NUL", named(0xc0, 0x80)],
    ["half a sequence", named(0xe7, 0xa4)],
    ["a lone continuation", named(0x80)],
    ["half of a surrogate pair", named(0xed, 0xa0, 0x80)],
    ["beyond the last code point", named(0xf4, 0x90, 0x80, 0x80)],
    ["a byte that never occurs", named(0xff)],
    ["a byte order mark in the middle", `name: a\n\ufeff${BARE.slice(BARE.indexOf("stage"))}`],
    ["a picture", around("", [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], "")],
    ["an archive", around("", [0x1f, 0x8b, 8, 0, 0, 0, 0, 0], "")],
    ["a NUL alone", around("", [0], "")],
    ["an override in a comment", `# \u202e gnirts\n${BARE}`],
    ["an override in a key", `na\u202eme: x\n${BARE}`],
    ["a zero-width space in a key", `na\u200bme: x\n${BARE}`],
    [
      "an override that swaps a value and its comment",
      BARE.replace("classified: false", "classified: false # \u2066eurt :deifissalc\u2069"),
    ],
    ["a carriage return that overwrites", BARE.replace("classified: false", "classified: true # \rclassified: false")],
  ]),
  ...names("characters", [
    ["NUL", "a\u0000b"],
    ["a bell", "a\u0007b"],
    ["a backspace", "abc\b\b\bxyz"],
    ["a vertical tab", "a\vb"],
    ["a form feed", "a\fb"],
    ["a colour", "\u001b[31mred\u001b[0m"],
    ["a cleared screen", "\u001b[2J\u001b[H"],
    ["a window's title", "\u001b]0;title\u0007"],
    ["a link of the terminal", "\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\"],
    ["the clipboard", "\u001b]52;c;aWQ=\u0007"],
    ["a control sequence in one character", "a\u009b31mb"],
    ["an operating system command in one character", "a\u009d0;title\u009cb"],
    ["next line", "a\u0085b"],
    ["delete", "a\u007fb"],
    ["a right-to-left override", "abc\u202ecba"],
    ["a right-to-left isolate", "abc\u2067cba"],
    ["a right-to-left mark", "abc\u200fcba"],
    ["an Arabic letter mark", "abc\u061ccba"],
    ["a zero-width space", "a\u200bb"],
    ["a zero-width joiner", "a\u200db"],
    ["a word joiner", "a\u2060b"],
    ["a soft hyphen", "a\u00adb"],
    ["a Mongolian vowel separator", "a\u180eb"],
    ["a combining grapheme joiner", "a\u034fb"],
    ["a Hangul filler", "\u3164"],
    ["a half-width Hangul filler", "\uffa0"],
    ["the blank of Braille", "\u2800"],
    ["a line separator", "a\u2028b"],
    ["a paragraph separator", "a\u2029b"],
    ["a tag character", "a\u{e0041}b"],
    ["an interlinear annotation", "a\ufff9b\ufffac\ufffb"],
    ["a code point that is no character", "a\ufffeb"],
    ["another one", "a\u{1ffff}b"],
    ["an escaped NUL", escaped("0000")],
    ["an escaped terminal escape", '"\\e[31mred"'],
    ["an escaped override", escaped("202e")],
    ["an escaped zero-width space", escaped("200b")],
    ["an escaped half of a pair", escaped("d800")],
    ["an escaped line feed", '"a\\nb"'],
    ["an escaped carriage return", '"a\\rb"'],
    ["an escaped tab", '"a\\tb"'],
    ["an escaped next line", '"a\\Nb"'],
    ["an escaped line separator", '"a\\Lb"'],
    ["a space that cannot be seen at the end", '"档案库\u3000"'],
    ["a space that does not break, alone", '"\u00a0"'],
  ]),
];
