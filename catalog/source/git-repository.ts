import { lstatSync, readFileSync, realpathSync, type Stats } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { text } from "../text.ts";
import { InvalidRequest } from "./diagnostic.ts";

/** Where git keeps what it knows of a work tree. */
interface Repository {
  /** `.git` itself: a folder, or the file of a linked work tree. */
  readonly dotGit: string;
  /** Folder of this work tree alone. */
  readonly gitFolder: string;
  /** Folder that all work trees of the repository share: objects, refs, settings. */
  readonly commonFolder: string;
}

const PROGRAM = fileURLToPath(new URL("../..", import.meta.url));

/**
 * Refuses a repository that leads git out of itself: to another's objects, to settings elsewhere, to a file that never ends. The
 * program's own repository, linked work trees included, was trusted when the program was started. Throws {@link InvalidRequest}.
 */
export function requireSelfContained(folder: string): void {
  const repository = findRepository(folder);
  if (repository === undefined || repository.commonFolder === findRepository(PROGRAM)?.commonFolder) return;
  const way = wayOut(repository);
  if (way === undefined) return;
  throw new InvalidRequest(
    text(
      `${folder} 的 Git 仓库指向仓库之外（${way}），不予读取；请用自带全部内容的克隆，或用 --base none、--base <目录>`,
      `Cannot use the Git repository of ${folder}: ${way} leads out of it; wanted a clone that holds everything itself, or --base none or --base <folder>`,
    ),
  );
}

/** The repository that git would find from here upwards. */
function findRepository(folder: string): Repository | undefined {
  let here = realpathOf(folder);
  while (here !== undefined) {
    const dotGit = join(here, ".git");
    if (statusOf(dotGit) !== undefined) return repositoryAt(dotGit);
    here = dirname(here) === here ? undefined : dirname(here);
  }
  return undefined;
}

function repositoryAt(dotGit: string): Repository {
  const pointer = /^gitdir: (.*?)\s*$/s.exec(wordsOf(dotGit))?.[1];
  const gitFolder = pointer === undefined ? dotGit : resolve(dirname(dotGit), pointer);
  const common = wordsOf(join(gitFolder, "commondir")).trim();
  return { dotGit, gitFolder, commonFolder: common === "" ? gitFolder : resolve(gitFolder, common) };
}

/** What in the repository leads out of it, by the name of its file. */
function wayOut({ dotGit, gitFolder, commonFolder }: Repository): string | undefined {
  if (statusOf(dotGit)?.isSymbolicLink() === true) return ".git";
  if (gitFolder === dotGit) {
    if (commonFolder !== gitFolder) return ".git/commondir";
  } else if (resolve(gitFolder, wordsOf(join(gitFolder, "gitdir")).trim()) !== dotGit) {
    // A linked work tree is known to its repository; what only points there is not.
    return ".git";
  }
  for (const name of ["objects", "objects/info", "objects/pack", "refs", "refs/heads"]) {
    if (statusOf(join(commonFolder, name))?.isDirectory() === false) return `.git/${name}`;
  }
  for (const name of ["config", "config.worktree", "HEAD", "packed-refs", "shallow", ALTERNATES]) {
    for (const place of new Set([gitFolder, commonFolder])) {
      if (statusOf(join(place, name))?.isFile() === false) return `.git/${name}`;
    }
  }
  for (const settings of [join(commonFolder, "config"), join(gitFolder, "config.worktree")]) {
    if ((statusOf(settings)?.size ?? 0) > MOST_BYTES) return ".git/config";
    // Its value may be another file's or folder's name anywhere.
    const setting = /^\s*(?:\[(include(?:if)?)\b|(?:\[core\]\s*)?(worktree)\s*=)/im.exec(wordsOf(settings));
    if (setting !== null) return `.git/config (${setting[1] ?? setting[2]})`;
  }
  return wordsOf(join(commonFolder, ALTERNATES)).trim() === "" ? undefined : `.git/${ALTERNATES}`;
}

/** Other folders in which git looks for objects. */
const ALTERNATES = "objects/info/alternates";
/** Settings are far smaller. */
const MOST_BYTES = 1 << 20;

/** Words of a regular file that is not too large; none where there is none. */
function wordsOf(path: string): string {
  const status = statusOf(path);
  return status?.isFile() === true && status.size <= MOST_BYTES ? readFileSync(path, "utf8") : "";
}

function statusOf(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function realpathOf(folder: string): string | undefined {
  try {
    return realpathSync(folder);
  } catch {
    return undefined;
  }
}
