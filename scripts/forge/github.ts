import { Octokit } from "@octokit/rest";
import { everyPage, PAGE_SIZE } from "./every-page.ts";
import { type Forge, type ForgeComment, type ForgeTarget, type ForgeUser, oldestFirst } from "./forge.ts";
import { ForgeFailure, forgeFailureIn } from "./forge-failure.ts";
import { githubSettings } from "./github-settings.ts";
import { requireComment, requireRequest } from "./read-item.ts";

/** A repository of GitHub or a GitHub Enterprise Server. */
export function openGithub({ url, project, token }: ForgeTarget, fetch: typeof globalThis.fetch): Forge {
  const silent = () => undefined;
  const api = new Octokit({
    auth: token,
    baseUrl: url.href.replace(/\/$/, ""),
    request: { fetch },
    log: { debug: silent, info: silent, warn: silent, error: silent },
  });
  // The library puts our failures into errors of its own, which quote the request.
  api.hook.error("request", (error) => {
    throw forgeFailureIn(error) ?? error;
  });
  const [owner = "", repo = ""] = project.split("/");
  const here = { owner, repo };
  return {
    kind: "github",
    whoAmI: async () => {
      try {
        return userOf((await api.rest.users.getAuthenticated()).data);
      } catch (error) {
        // The token of a job is an app's: it may not ask for its user, but for the viewer.
        if (!(error instanceof ForgeFailure) || error.kind !== "forbidden") throw error;
        return userOf((await api.graphql<{ readonly viewer: { readonly login: string } }>("query { viewer { login } }")).viewer);
      }
    },
    request: async (number) => {
      const { data: found } = await api.rest.pulls.get({ ...here, pull_number: number });
      return requireRequest({
        number: found.number,
        author: userOf(found.user),
        title: found.title,
        state: found.merged ? "merged" : found.state === "open" ? "open" : "closed",
        headSha: String(found.head?.sha),
        fork: found.head?.repo?.full_name !== found.base?.repo?.full_name,
        labels: (found.labels ?? []).map(({ name }) => String(name)),
      });
    },
    requestOfCommit: async (sha) => {
      const { data } = await api.rest.repos.listPullRequestsAssociatedWithCommit({ ...here, commit_sha: sha });
      const merged = data.filter(({ merged_at: mergedAt }) => mergedAt !== null);
      // Of several that hold the commit, the one whose merge it is.
      return (merged.find(({ merge_commit_sha: commit }) => commit === sha) ?? merged[0])?.number;
    },
    comments: async (request) => {
      const all = await everyPage(
        async (page) => (await api.rest.issues.listComments({ ...here, issue_number: request, per_page: PAGE_SIZE, page })).data,
      );
      return oldestFirst(all.map(commentOf));
    },
    createComment: async (request, body) => commentOf((await api.rest.issues.createComment({ ...here, issue_number: request, body })).data),
    updateComment: async (_, id, body) => {
      await api.rest.issues.updateComment({ ...here, comment_id: id, body });
    },
    deleteComment: async (_, id) => {
      await api.rest.issues.deleteComment({ ...here, comment_id: id });
    },
    changeLabels: async (request, { add, remove }) => {
      // GitHub makes the labels that the repository lacks.
      if (add.length > 0) await api.rest.issues.addLabels({ ...here, issue_number: request, labels: add.map(({ name }) => name) });
      for (const name of remove) await api.rest.issues.removeLabel({ ...here, issue_number: request, name });
    },
    settings: async (branch) => await githubSettings(api, here, branch),
  };
}

/** Users by login: the only name that a job's own token can ask for. */
function userOf(user: { readonly login: string } | null | undefined): ForgeUser {
  return { id: String(user?.login), login: String(user?.login) };
}

interface Comment {
  readonly id: number;
  readonly user: { readonly login: string } | null;
  readonly body?: string | undefined;
  readonly created_at: string;
}

function commentOf({ id, user, body = "", created_at: createdAt }: Comment): ForgeComment {
  // A deleted account's comments are nobody's.
  return requireComment({ id, author: userOf(user ?? { login: "ghost" }), body, createdAt });
}
