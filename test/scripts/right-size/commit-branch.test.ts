import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { InvalidRequest } from "../../../catalog/source/diagnostic.ts";
import { type BranchWish, commitBranches } from "../../../scripts/right-size/commit-branch.ts";
import { type Repository, repositoryWith } from "./repository.ts";

const PATH = "stacks/tenants/hrss/social.yaml";
const WISH: BranchWish = {
  branch: "right-size/2026-10/hrss/social",
  file: PATH,
  content: "cpu: 4 # 核\n",
  message: "调整规格：社保（2026-10）\n\nResize: social\n",
};

let repository: Repository;
beforeEach(() => {
  repository = repositoryWith(
    { [PATH]: "cpu: 8 # 核\n", "stacks/tenants/hrss/other.yaml": "cpu: 1\n", "文件.txt": "x", "run.sh": "#!/bin/sh\n" },
    "2026-11-01",
  );
});
afterEach(() => repository.remove());

/** All that must stay as it is. */
const state = () => ({
  head: repository.git("rev-parse", "HEAD"),
  branch: repository.git("symbolic-ref", "HEAD"),
  status: repository.git("status", "--porcelain"),
  index: repository.git("ls-files", "--stage"),
});

test("A branch has one commit off HEAD that changes the one file; branch, index and work tree in use stay as they are", () => {
  const before = state();
  const [made] = commitBranches(repository.folder, [WISH]);
  expect(made).toEqual({ branch: WISH.branch, commit: repository.git("rev-parse", WISH.branch), kind: "made" });
  expect(state()).toEqual(before);
  expect(repository.git("rev-list", `main..${WISH.branch}`).split("\n")).toEqual([made?.commit]);
  expect(repository.git("diff", "--name-status", "main", WISH.branch)).toBe(`M\t${PATH}`);
  expect(`${repository.git("cat-file", "blob", `${WISH.branch}:${PATH}`)}\n`).toBe(WISH.content);
  expect(repository.git("log", "-1", "--format=%B%an <%ae>|%cn", WISH.branch)).toBe(
    "调整规格：社保（2026-10）\n\nResize: social\n运营单位 <operator@example.org>|运营单位",
  );
  expect(repository.git("fsck", "--strict")).toBe("");
});

test("A second run makes nothing, also after the branch in use went on", () => {
  const [made] = commitBranches(repository.folder, [WISH]);
  repository.put("stacks/tenants/hrss/other.yaml", "cpu: 2\n");
  repository.commit("2026-11-02");
  expect(commitBranches(repository.folder, [WISH])).toEqual([{ ...made, kind: "present" }]);
});

test("A branch with another change is an error with its remedy, and no branch at all is made", () => {
  commitBranches(repository.folder, [WISH]);
  const tip = repository.git("rev-parse", WISH.branch);
  const other = { ...WISH, branch: "right-size/2026-10/hrss/aaa", file: "stacks/tenants/hrss/other.yaml" };
  expect(() => commitBranches(repository.folder, [other, { ...WISH, content: "cpu: 2\n" }])).toThrow(
    `Cannot make branch ${WISH.branch}: it exists (${tip.slice(0, 10)}) with another change, and no branch was made. Merge it, rename it (git branch -m) or, if nobody wants it, delete it (git branch -D ${WISH.branch}), then run this again`,
  );
  expect(repository.git("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/right-size")).toBe(
    `refs/heads/${WISH.branch} ${tip}`,
  );
});

test("A branch that changes more than the one file is another change", () => {
  commitBranches(repository.folder, [WISH]);
  repository.git("checkout", "--quiet", WISH.branch);
  repository.put("run.sh", "rm\n");
  repository.commit("2026-11-02");
  repository.git("checkout", "--quiet", "main");
  expect(() => commitBranches(repository.folder, [WISH])).toThrow(InvalidRequest);
});

test("A tree below the top of its repository is changed where it stands", () => {
  repository.put(`sub/${PATH}`, "cpu: 8\n");
  repository.commit("2026-11-02");
  commitBranches(join(repository.folder, "sub"), [WISH]);
  expect(repository.git("diff", "--name-only", "main", WISH.branch)).toBe(`sub/${PATH}`);
});

test("Without a name and an address nothing is made up", () => {
  repository.git("config", "--unset", "user.name");
  repository.git("config", "--unset", "user.email");
  const home = process.env["HOME"];
  process.env["HOME"] = repository.folder;
  try {
    expect(() => commitBranches(repository.folder, [WISH])).toThrow("Set git config user.name and git config user.email");
  } finally {
    process.env["HOME"] = home;
  }
  expect(repository.git("for-each-ref", "refs/heads/right-size")).toBe("");
});

test("No hook of the repository runs", () => {
  const marker = join(repository.folder, "ran");
  for (const hook of ["pre-commit", "commit-msg", "reference-transaction", "post-commit"]) {
    writeFileSync(join(repository.folder, ".git/hooks", hook), `#!/bin/sh\ntouch ${marker}\n`, { mode: 0o755 });
  }
  commitBranches(repository.folder, [WISH]);
  expect(repository.git("status", "--porcelain")).toBe("");
});
