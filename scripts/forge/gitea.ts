import { type Api, type Comment, giteaApi, type User } from "gitea-js";
import { everyPage, PAGE_SIZE } from "./every-page.ts";
import { type Forge, type ForgeComment, type ForgeTarget, type ForgeUser, oldestFirst } from "./forge.ts";
import { ForgeFailure } from "./forge-failure.ts";
import { giteaSettings } from "./gitea-settings.ts";
import { requireComment, requireRequest } from "./read-item.ts";

export type GiteaApi = Api<unknown>;

/** A repository of a Gitea or Forgejo. */
export function openGitea({ url, project, token }: ForgeTarget, fetch: typeof globalThis.fetch): Forge {
  const api = giteaApi(url.href.replace(/\/(api\/v1\/?)?$/, ""), { token, customFetch: fetch });
  const [owner = "", repo = ""] = project.split("/");
  const labelIds = async () => {
    // Names are not unique here: the oldest of a name is the one that is used.
    const all = await everyPage(async (page) => (await api.repos.issueListLabels(owner, repo, { page, limit: PAGE_SIZE })).data);
    const ids = new Map<string, number>();
    for (const { name = "", id = 0 } of all) if (id < (ids.get(name) ?? Number.POSITIVE_INFINITY)) ids.set(name, id);
    return ids;
  };
  return {
    kind: "gitea",
    whoAmI: async () => userOf((await api.user.userGetCurrent()).data),
    request: async (number) => {
      const { data: found } = await api.repos.repoGetPullRequest(owner, repo, number);
      return requireRequest({
        number: found.number ?? Number.NaN,
        author: userOf(found.user),
        title: String(found.title),
        state: found.merged === true ? "merged" : found.state === "open" ? "open" : "closed",
        headSha: String(found.head?.sha),
        fork: found.head?.repo_id !== found.base?.repo_id,
        labels: (found.labels ?? []).map(({ name }) => String(name)),
      });
    },
    requestOfCommit: async (sha) => {
      try {
        const { data } = await api.repos.repoGetCommitPullRequest(owner, repo, sha);
        return data.merged === true ? data.number : undefined;
      } catch (error) {
        if (error instanceof ForgeFailure && error.kind === "not-found") return undefined;
        throw error;
      }
    },
    // All of them in one answer: there are no pages here.
    comments: async (request) => {
      const { data } = await api.repos.issueGetComments(owner, repo, request);
      if (!Array.isArray(data)) return await everyPage(async () => data);
      return oldestFirst(data.map(commentOf));
    },
    createComment: async (request, body) => commentOf((await api.repos.issueCreateComment(owner, repo, request, { body })).data),
    updateComment: async (_, id, body) => {
      await api.repos.issueEditComment(owner, repo, id, { body });
    },
    deleteComment: async (_, id) => {
      await api.repos.issueDeleteComment(owner, repo, id);
    },
    changeLabels: async (request, { add, remove }) => {
      let ids = await labelIds();
      const missing = add.filter(({ name }) => !ids.has(name));
      for (const { name, color } of missing) await api.repos.issueCreateLabel(owner, repo, { name, color });
      if (missing.length > 0) ids = await labelIds();
      if (add.length > 0) await api.repos.issueAddLabel(owner, repo, request, { labels: add.map(({ name }) => ids.get(name)) });
      for (const name of remove) {
        const id = ids.get(name);
        if (id !== undefined) await api.repos.issueRemoveLabel(owner, repo, request, id);
      }
    },
    settings: async (branch) => await giteaSettings(api, { owner, repo }, branch),
  };
}

function userOf({ id, login }: User = {}): ForgeUser {
  return { id: String(id), login: String(login) };
}

function commentOf({ id, user, body, created_at: createdAt }: Comment): ForgeComment {
  return requireComment({ id: id ?? Number.NaN, author: userOf(user), body: body as string, createdAt: String(createdAt) });
}
