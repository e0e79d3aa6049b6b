import { numberOf, PROJECT_RULE } from "../../catalog/clause-words.ts";

/** A place in the contract or a standard that something rests on. */
export interface ClauseReference {
  /** `合同`, `合同 附件1`, `GB/T 22239-2019`, or `本项目规则` for what no clause demands. */
  readonly source: string;
  /** Section by its numbers, `["7", "1", "1"]`; empty for the source as a whole. */
  readonly section: readonly string[];
  /** Line of Annex 1, `14`. */
  readonly item: string | undefined;
}

export const CONTRACT = "合同";

/**
 * Reads every clause that a passage names, the way clauses are written here: `合同 7.1.1、附件3 二（一）`, `附件1 第22至24项`,
 * `Annex 2 §7 note 1`, `GB/T 22239-2019 8.1.3.1 边界防护; 合同 9.3.7`, `本项目规则; 合同 7.2.1`. Within a passage a number goes with the source named before it.
 */
export function readClauses(words: string): ClauseReference[] {
  return words
    .replace(/第\s*(\d+)、(\d+)项/g, "第$1项、第$2项")
    .replace(/lines?\s+(\d+),\s*(\d+)/gi, "line $1, line $2")
    .split(/[；;]/)
    .flatMap(readSource);
}

function readSource(words: string): ClauseReference[] {
  if (/^\s*(?:本项目规则|rule of this project|project rule)\s*$/i.test(words))
    return [{ source: PROJECT_RULE, section: [], item: undefined }];
  if (/^\s*(?:合同|contract)\s*$/i.test(words)) return [{ source: CONTRACT, section: [], item: undefined }];
  const standard = /GB\s*\/?\s*T\s*(\d+)(?:\s*-\s*(\d{4}))?/i.exec(words);
  if (standard !== null) {
    const source = `GB/T ${standard[1]}${standard[2] === undefined ? "" : `-${standard[2]}`}`;
    const rest = words.slice(standard.index + standard[0].length);
    const sections = [...rest.matchAll(/(?<![\d.])\d+(?:\.\d+)*/g)].map(([section]) => section);
    return sections.length === 0
      ? [{ source, section: [], item: undefined }]
      : sections.map((section) => ({ source, section: section.split("."), item: undefined }));
  }
  let source = CONTRACT;
  return words
    .replace(/^\s*(?:合同|contract|clause)\s*/i, "")
    .split(/[、,，]/)
    .flatMap((piece) => {
      const annex = /(?:附件|annex)\s*(?:(\d+)|([一二三四五六七八九十]))/i.exec(piece);
      if (annex !== null) source = `${CONTRACT} 附件${annex[1] ?? numberOf(annex[2] ?? "")}`;
      return readPiece(source, annex === null ? piece : piece.slice(annex.index + annex[0].length), annex !== null);
    });
}

function readPiece(source: string, piece: string, isNamed: boolean): ClauseReference[] {
  const items = /第\s*(\d+)(?:\s*(?:至|到|-|–)\s*第?(\d+))?\s*项/.exec(piece) ?? /lines?\s+(\d+)(?:\s*(?:to|-|–)\s*(\d+))?/i.exec(piece);
  if (items !== null) {
    const [first, last] = [Number(items[1]), Number(items[2] ?? items[1])];
    const annex = source === CONTRACT ? `${CONTRACT} 附件1` : source;
    return Array.from({ length: Math.max(0, Math.min(last - first + 1, 100)) }, (_, index) => ({
      source: annex,
      section: [],
      item: String(first + index),
    }));
  }
  // A note belongs to its section.
  const plain = piece.replace(/(?:注|note)\s*\d*.*$/i, "");
  const section = /\d+(?:\.\d+)*/.exec(plain)?.[0].split(".") ?? /^\s*第?([一二三四五六七八九十]+)/.exec(plain)?.slice(1, 2);
  if (section !== undefined) return [{ source, section, item: undefined }];
  return isNamed ? [{ source, section: [], item: undefined }] : [];
}

/** Whether a citation is of the clause asked for, or of something inside it. */
export function isWithin(cited: ClauseReference, asked: ClauseReference): boolean {
  const sameSource = cited.source === asked.source || (asked.source.startsWith("GB/T ") && cited.source.startsWith(`${asked.source}-`));
  if (!sameSource) return asked.source === cited.source.split(" ")[0] && asked.section.length === 0 && asked.item === undefined;
  if (asked.item !== undefined) return cited.item === asked.item;
  return asked.section.every((number, index) => cited.section[index] === number);
}

/** A clause as it is cited: `合同 7.1.1`, `合同 附件1 第14项`. */
export function printClause({ source, section, item }: ClauseReference): string {
  return [source, item === undefined ? section.join(".") : `第${item}项`].filter(Boolean).join(" ");
}
