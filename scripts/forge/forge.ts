import type { Text } from "../../catalog/text.ts";

export type ForgeKind = "gitlab" | "gitea" | "github";

/** Which forge, project and request, and what lets us in. */
export interface ForgeTarget {
  readonly kind: ForgeKind;
  /** Address of the API as the forge tells it to jobs: `…/api/v4`, `…/api/v1`, `https://api.github.com`. */
  readonly url: URL;
  /** `owner/name`; on GitLab a path or a number. */
  readonly project: string;
  readonly token: string;
}

export interface ForgeUser {
  /** Compared with comments' authors; of the forge's own kind, never shown. */
  readonly id: string;
  readonly login: string;
}

/** A merge or pull request. Its texts were written by whoever made it. */
export interface ForgeRequest {
  readonly number: number;
  readonly author: ForgeUser;
  readonly title: string;
  readonly state: "open" | "closed" | "merged";
  /** Commit that the request stands at now. */
  readonly headSha: string;
  /** Whether it comes from another project. */
  readonly fork: boolean;
  readonly labels: readonly string[];
}

export interface ForgeComment {
  readonly id: number;
  readonly author: ForgeUser;
  readonly body: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

export interface Label {
  readonly name: string;
  /** `#rrggbb` */
  readonly color: string;
}

/**
 * What the forge has to be set to, so that nothing but what was approved is applied. Each is a check of `doctor --forge`, so that every forge answers
 * for each of them.
 */
export const SETTINGS = [
  "protected-branch",
  "direct-push",
  "force-push",
  "approvals",
  "own-approval",
  "code-owners",
  "status-checks",
  "fork-secrets",
  "pipeline-definition",
  "protected-variables",
  "squash",
] as const;
export type SettingName = (typeof SETTINGS)[number];

/** How a setting stands; `unknown` where the API does not tell, and why. */
export interface Setting {
  readonly state: "safe" | "advice" | "unsafe" | "unknown";
  readonly found: Text;
  /** Which switch to turn; for what is not safe. */
  readonly remedy?: Text;
}

export type ForgeSettings = Readonly<Record<SettingName, Setting>>;

/** A project of a forge. Every method throws {@link ForgeFailure} where the forge cannot be asked. */
export interface Forge {
  readonly kind: ForgeKind;
  /** Whose token it is. */
  whoAmI(): Promise<ForgeUser>;
  request(number: number): Promise<ForgeRequest>;
  /** The merged request that brought a commit; undefined where none did. */
  requestOfCommit(sha: string): Promise<number | undefined>;
  /** All of them, oldest first. */
  comments(request: number): Promise<readonly ForgeComment[]>;
  createComment(request: number, body: string): Promise<ForgeComment>;
  updateComment(request: number, id: number, body: string): Promise<void>;
  deleteComment(request: number, id: number): Promise<void>;
  /** Adds and takes away labels, and leaves all others alone; makes those that the project does not have. */
  changeLabels(request: number, change: { readonly add: readonly Label[]; readonly remove: readonly string[] }): Promise<void>;
  /** The branch where none is named is the project's default one. */
  settings(branch?: string): Promise<ForgeSettings>;
}

/** Comments in the order in which they were made. */
export function oldestFirst(comments: readonly ForgeComment[]): ForgeComment[] {
  return [...comments].sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt) || a.id - b.id);
}
