import { byKey } from "../by-key.ts";
import { text } from "../text.ts";
import { InvalidRequest } from "./diagnostic.ts";
import type { TreeEntry } from "./tree.ts";

/** More names in one folder, or more in a tree, are an attack or a mistake: 10,000 systems are the design point. */
const MAX_FOLDER_FILES = 10_000;
export const MAX_TREE_FILES = 100_000;
/** 10,000 systems of 20 KB, and as much again. */
export const MAX_TREE_BYTES = 400 << 20;
/** A declaration lies three folders deep. */
export const MAX_FOLDER_DEPTH = 20;

/** Collects what a tree holds and refuses it, by {@link InvalidRequest}, as soon as it holds more than a tree can. */
export class TreeEntries {
  readonly #label: string;
  readonly #entries = new Map<string, TreeEntry>();
  readonly #counted = new Set<string>();
  readonly #inFolder = new Map<string, number>();
  #bytes = 0;
  constructor(label: string) {
    this.#label = label;
  }

  /** Adds a file of so many bytes. */
  add(path: string, entry: TreeEntry, bytes = 0): void {
    this.count(path);
    this.#bytes += bytes;
    if (this.#bytes > MAX_TREE_BYTES) this.#refuse(`${MAX_TREE_BYTES >> 20} MiB`, `${MAX_TREE_BYTES >> 20} MiB`);
    this.#entries.set(path, entry);
  }

  /** Counts a name, and those of the folders above it, once each. */
  count(path: string): void {
    for (let child = path; child !== "" && !this.#counted.has(child); ) {
      const folder = child.slice(0, Math.max(0, child.lastIndexOf("/")));
      const siblings = (this.#inFolder.get(folder) ?? 0) + 1;
      this.#counted.add(child);
      this.#inFolder.set(folder, siblings);
      if (siblings > MAX_FOLDER_FILES)
        this.#refuse(`${MAX_FOLDER_FILES} 个文件（目录 ${folder}）`, `${MAX_FOLDER_FILES} files in the folder ${folder}`);
      child = folder;
    }
    if (this.#counted.size > MAX_TREE_FILES) this.#refuse(`${MAX_TREE_FILES} 个文件`, `${MAX_TREE_FILES} files`);
  }

  /** The entries in the order of their paths; refuses what is no tree. */
  complete(): ReadonlyMap<string, TreeEntry> {
    if (!this.#entries.has("catalog/annex-1.yaml")) {
      throw new InvalidRequest(
        text(
          `${this.#label} 不是一棵完整的树：里面没有 catalog/annex-1.yaml（树是含 catalog/ 和 stacks/tenants/ 的目录）`,
          `Cannot read ${this.#label} as a tree: it has no catalog/annex-1.yaml (a tree is a folder with catalog/ and stacks/tenants/)`,
        ),
      );
    }
    return this.sorted();
  }

  /** The entries in the order of their paths, whatever there is. */
  sorted(): ReadonlyMap<string, TreeEntry> {
    return new Map([...this.#entries].sort(byKey));
  }

  #refuse(zh: string, en: string): never {
    throw new InvalidRequest(text(`${this.#label} 超过上限：${zh}`, `Cannot read ${this.#label}: it has more than ${en}`));
  }
}
