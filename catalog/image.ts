import type { Family } from "./pool.ts";
import type { Text } from "./text.ts";

/** An operating system image, pinned by id and digest; its id is the same in every stack that names it. */
export interface Image {
  readonly key: string;
  readonly name: Text;
  readonly families: readonly Family[];
  readonly diskFormat: "qcow2" | "raw";
  readonly minDiskGb: number;
  readonly sha256: string;
  readonly source: string;
  /** Last day of the vendor's support, ISO date. */
  readonly supportedUntil: string;
  /** Image id in each pool that has it. */
  readonly pools: Readonly<Record<string, string>>;
}
