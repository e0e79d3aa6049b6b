import { createRequesterFn } from "@gitbeaker/requester-utils";
import { Gitlab } from "@gitbeaker/rest";
import { everyPage, PAGE_SIZE } from "./every-page.ts";
import { type Forge, type ForgeComment, type ForgeTarget, type ForgeUser, oldestFirst } from "./forge.ts";
import { gitlabSettings } from "./gitlab-settings.ts";
import { requireComment, requireRequest } from "./read-item.ts";

export type GitlabApi = InstanceType<typeof Gitlab<false>>;

/** A project of a GitLab. */
export function openGitlab({ url, project, token }: ForgeTarget, fetch: typeof globalThis.fetch): Forge {
  const api: GitlabApi = new Gitlab({
    host: url.href.replace(/\/(api\/v4\/?)?$/, ""),
    token,
    requesterFn: createRequesterFn(async (_, options) => options, requestWith(fetch)),
  });
  return {
    kind: "gitlab",
    whoAmI: async () => userOf(await api.Users.showCurrentUser()),
    request: async (number) => {
      const found = await api.MergeRequests.show(project, number);
      const { iid, author, title, state, sha, source_project_id: source, target_project_id: target, labels } = found;
      return requireRequest({
        number: iid,
        author: userOf(author),
        title,
        state: state === "merged" ? "merged" : state === "opened" ? "open" : "closed",
        headSha: sha,
        fork: source !== target,
        labels: (labels ?? []).map(String),
      });
    },
    requestOfCommit: async (sha) => {
      const merged = (await api.Commits.allMergeRequests(project, sha)).filter(({ state }) => state === "merged");
      // Of several that hold the commit, the one whose merge it is.
      return (merged.find((each) => each.merge_commit_sha === sha || each.squash_commit_sha === sha) ?? merged[0])?.iid;
    },
    comments: async (request) => {
      const notes = await everyPage(
        async (page) => await api.MergeRequestNotes.all(project, request, { page, perPage: PAGE_SIZE, sort: "asc", orderBy: "created_at" }),
      );
      // What GitLab itself notes down ("changed the title") is no comment.
      return oldestFirst(notes.filter(({ system }) => !system).map(commentOf));
    },
    createComment: async (request, body) => commentOf(await api.MergeRequestNotes.create(project, request, body)),
    updateComment: async (request, id, body) => {
      await api.MergeRequestNotes.edit(project, request, id, { body });
    },
    deleteComment: async (request, id) => {
      await api.MergeRequestNotes.remove(project, request, id);
    },
    changeLabels: async (request, { add, remove }) => {
      // GitLab makes the labels that the project lacks.
      await api.MergeRequests.edit(project, request, {
        addLabels: add.map(({ name }) => name).join(","),
        removeLabels: remove.join(","),
      });
    },
    settings: async (branch) => await gitlabSettings(api, project, branch),
  };
}

/** Sends what the library would have sent by itself, through our own `fetch`. */
function requestWith(fetch: typeof globalThis.fetch): Parameters<typeof createRequesterFn>[1] {
  return async (endpoint, options = {}) => {
    const { prefixUrl, searchParams, method, headers, body } = options as {
      prefixUrl: string;
      searchParams?: string;
      method: string;
      headers: Record<string, string>;
      body?: string;
    };
    const url = new URL(endpoint, prefixUrl.endsWith("/") ? prefixUrl : `${prefixUrl}/`);
    url.search = searchParams ?? "";
    const response = await fetch(url, { method, headers, ...(body === undefined ? {} : { body }) });
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: response.status === 204 ? null : ((await response.json()) as Record<string, unknown>),
    };
  };
}

function userOf({ id, username }: { readonly id?: unknown; readonly username?: unknown } = {}): ForgeUser {
  return { id: String(id), login: String(username) };
}

function commentOf({
  id,
  author,
  body,
  created_at: createdAt,
}: {
  id: number;
  author: object;
  body: string;
  created_at: string;
}): ForgeComment {
  return requireComment({ id, author: userOf(author), body, createdAt });
}
