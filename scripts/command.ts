import type { Command } from "commander";

/** A command: its words, its options and its work. One file each in scripts/, exported as `command`. */
export interface CommandDefinition {
  readonly name: string;
  readonly summary: string;
  readonly examples: readonly string[];
  readonly configure: (command: Command) => void;
  /** Does the work and returns the exit code: 0 fine, 1 failed, 2 refused, 3 invalid. */
  readonly run: (options: never, operands: readonly string[]) => Promise<number> | number;
}
