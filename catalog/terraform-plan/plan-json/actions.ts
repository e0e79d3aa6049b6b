import { type Text, text, verbatim } from "../../text.ts";
import { type Action, TAINTED } from "../planned-resource.ts";

/** Terraform's actions for one resource, joined by a comma, in this project's words. */
const ACTIONS: Readonly<Record<string, Action>> = {
  "no-op": "no-op",
  create: "create",
  update: "update",
  delete: "delete",
  forget: "forget",
  "delete,create": "replace",
  "create,delete": "replace",
  // The old object stays in the cloud, in no state; whatever uses it goes over to the new one as in any replacement.
  "create,forget": "replace",
  "forget,create": "replace",
};

/** What a list of actions means; undefined where it is none that is known. */
export function readActions(actions: unknown): Action | undefined {
  if (!Array.isArray(actions) || !actions.every((each) => typeof each === "string")) return undefined;
  const joined = actions.length === 1 ? (actions[0] as string) : actions.join(",");
  return Object.hasOwn(ACTIONS, joined) ? ACTIONS[joined] : undefined;
}

/** Why the engine replaces or deletes (`action_reason`). */
const REASONS: ReadonlyMap<string, Text> = new Map([
  [TAINTED, text("上次建成一半，已标为损坏", "it was left half made and is marked as tainted")],
  ["replace_because_cannot_update", text("这项修改不能就地进行", "the change cannot be made in place")],
  ["replace_by_request", text("计划时要求重建", "its replacement was asked for when planning")],
  ["replace_by_triggers", text("它所跟随的资源变了", "what its replacement is bound to changes")],
  ["delete_because_no_resource_config", text("配置里没有它了", "it is no longer in the configuration")],
  ["delete_because_no_module", text("它所在的模块没有了", "its module is no longer in the configuration")],
  ["delete_because_wrong_repetition", text("count 与 for_each 换了", "its count or for_each was added, removed or changed to the other")],
  ["delete_because_count_index", text("count 变小了", "count became smaller")],
  ["delete_because_each_key", text("for_each 里没有这个键了", "its key is no longer in for_each")],
  ["delete_because_enabled_false", text("它被停用了", "it is no longer enabled")],
  ["delete_because_no_move_target", text("它要移到的地方不在配置里", "it was moved to what is not in the configuration")],
]);

/** Why the engine replaces or deletes, in words; engines may add reasons, which are told as they are written. */
export function reasonWords(reason: string): Text {
  return REASONS.get(reason) ?? verbatim(reason);
}
