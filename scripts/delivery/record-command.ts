import { spawnSync } from "node:child_process";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { text } from "../../catalog/text.ts";
import type { Keep } from "./delivery-options.ts";

const TIME_LIMIT_MS = 60_000;

/**
 * Hands each record to a command's standard input, and waits for its end. The command is words parted by blanks, or a JSON array of words where
 * one has blanks in it; no shell reads it, so nothing in a record or in the variable is ever expanded.
 */
export function recordCommand(words: string): Keep {
  const [program = "", ...args] = wordsOf(words);
  return (line) => {
    const { status, signal, error, stderr } = spawnSync(program, args, {
      input: `${line}\n`,
      encoding: "utf8",
      timeout: TIME_LIMIT_MS,
      stdio: ["pipe", "ignore", "pipe"],
    });
    // A command that needs no input may end before it has read it.
    const broken = error !== undefined && (error as NodeJS.ErrnoException).code !== "EPIPE";
    if (status === 0 && !broken) return;
    const how = broken ? error.message : signal === null ? `exit ${status}` : signal;
    throw new Error(`GOVCLOUD_RECORD ${program}: ${how}${stderr?.trim() ? `: ${stderr.trim().slice(0, 1_000)}` : ""}`);
  };
}

function wordsOf(words: string): readonly string[] {
  if (!words.trim().startsWith("[")) return words.trim().split(/\s+/);
  try {
    const parsed = JSON.parse(words) as unknown;
    if (Array.isArray(parsed) && parsed.length > 0 && parsed.every((word) => typeof word === "string" && word !== "")) return parsed;
  } catch {
    // Told below.
  }
  throw new InvalidRequest(
    text(
      'GOVCLOUD_RECORD 不能读：要用空格分开的词，或 JSON 数组，如 ["record", "--to", "a b"]',
      'Cannot read GOVCLOUD_RECORD: wanted words parted by blanks, or a JSON array such as ["record", "--to", "a b"]',
    ),
  );
}
