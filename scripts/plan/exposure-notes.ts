import { clip } from "../../catalog/source/visible-text.ts";
import {
  blocks,
  type PlannedResource,
  type ResourceChange,
  referredTo,
  stringValue,
} from "../../catalog/terraform-plan/planned-resource.ts";
import { subjectWords } from "../../catalog/terraform-plan/subject-words.ts";
import { type Text, text } from "../../catalog/text.ts";
import { FROM_WORDS, portWords } from "../render/words.ts";
import type { SystemPlan } from "./build-plan.ts";

const MOST = 10;
const NOTHING = text("（无）", "(nothing)");

/**
 * What is told of changes to exposure where no port opens or closes by them that this plan shows: what changes, and which part cannot be known from the
 * plan. Plans of other pipelines hold a part of a network only, so that a firewall's servers or a group's rules may stand elsewhere.
 */
export function exposureNotes({ id, resources, exposure }: Pick<SystemPlan, "id" | "resources" | "exposure">): readonly Text[] {
  if (exposure.some(({ change }) => change !== "unchanged")) return [];
  const changes = resources.filter(({ action, damage }) => action !== "no-op" && damage.includes("exposure-changed"));
  const names = namesById(resources);
  const notes = changes.slice(0, MOST).map((change) => {
    const it = change.after ?? change.before;
    const subject = it === undefined ? text(change.address, change.address) : subjectWords(it);
    const server = it === undefined ? undefined : serverOf(it, resources);
    const [known, what] = [reachWords(server, exposure, it?.type === FIREWALL_RULE), changeWords(change, names)];
    return text(
      `${id}：${subject.zh}（${clip(change.address, 120)}）${what.zh}；${known.zh}`,
      `${id}: ${subject.en} (${clip(change.address, 120)}) ${what.en}; ${known.en}`,
    );
  });
  const left = changes.length - notes.length;
  return left > 0 ? [...notes, text(`${id}：另有 ${left} 处改变开放范围`, `${id}: ${left} more changes of exposure`)] : notes;
}

/** Names of what stands in the plan, by the ids that other resources know it by. */
function namesById(resources: readonly ResourceChange[]): ReadonlyMap<string, string> {
  return new Map(
    resources.flatMap(({ before, after }) => {
      const it = after ?? before;
      const known = stringValue(before, "id") ?? stringValue(after, "id");
      return it === undefined || known === undefined ? [] : [[known, stringValue(it, "name") || it.name] as const];
    }),
  );
}

/** The server that a resource is, or whose port it leads to. */
function serverOf(resource: PlannedResource, resources: readonly ResourceChange[]): string | undefined {
  const servers = resources.flatMap(({ before, after }) => after ?? before ?? []).filter(({ type }) => type === SERVER);
  const nameOf = (server: PlannedResource) => stringValue(server, "name") ?? server.name;
  if (resource.type === SERVER) return nameOf(resource);
  const port = stringValue(resource, "port_id");
  const addresses = new Set(referredTo(resource, "port_id"));
  const server = servers.find(
    (each) =>
      blocks(each, "network").some((block) => port !== undefined && block["port"] === port) ||
      referredTo(each, "network.port").some((address) => addresses.has(address)),
  );
  return server === undefined ? undefined : nameOf(server);
}

const SERVER = "openstack_compute_instance_v2";
const FIREWALL_RULE = "openstack_fw_rule_v2";

/** `source_ip_address 10.99.0.0/16 → 0.0.0.0/0`, after what the rule is for. */
function changeWords({ action, before, after, cause }: ResourceChange, names: ReadonlyMap<string, string>): Text {
  const of = portOf(after ?? before);
  const changed = (action === "update" ? cause : []).map((attribute) => {
    const [was, is] = [before, after].map((side) => valueWords(side?.values[attribute], names)) as [Text, Text];
    return text(`${attribute} 此前 ${was.zh}，此后 ${is.zh}`, `${attribute} ${was.en} before, ${is.en} after`);
  });
  const verbs: Readonly<Record<string, Text>> = {
    create: text("新建", "is created"),
    delete: text("删除", "is deleted"),
    replace: text("重建", "is replaced"),
    forget: text("移出管理", "is no longer managed"),
  };
  const verb = verbs[action] ?? text("改变", "changes");
  return text(
    `${of.zh}${verb.zh}${changed.length === 0 ? "" : `：${changed.map(({ zh }) => zh).join("，")}`}`,
    `${of.en}${verb.en}${changed.length === 0 ? "" : `: ${changed.map(({ en }) => en).join(", ")}`}`,
  );
}

/** Protocol and port of a firewall rule. */
function portOf(resource: PlannedResource | undefined): Text {
  const [protocol, port] = [stringValue(resource, "protocol"), stringValue(resource, "destination_port")];
  if (resource?.type !== FIREWALL_RULE) return text("", "");
  const words = portWords(protocol ?? "any", port ?? "any");
  return text(`对 ${words.zh} `, `for ${words.en} `);
}

function valueWords(value: unknown, names: ReadonlyMap<string, string>): Text {
  const all = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === "string" && each !== "");
  if (all.length === 0) return NOTHING;
  const words = all.slice(0, MOST).map((each) => clip(names.get(String(each)) ?? String(each), 60));
  return text(words.join("、"), words.join(", "));
}

/** What is open at a server as it was, or which part is not to be known. */
function reachWords(server: string | undefined, exposure: SystemPlan["exposure"], isRule: boolean): Text {
  if (isRule) return text("它后面是哪些服务器，这份计划里看不出来", "which servers are behind it cannot be known from this plan");
  if (server === undefined)
    return text(
      "它影响哪台服务器、哪个端口、从哪里，这份计划里看不出来：服务器不在其中",
      "which server, port and source that concerns cannot be known from this plan: the servers are not in it",
    );
  const open = exposure.filter((each) => each.server === server);
  if (open.length === 0 || open.some(({ from, protocol }) => from === "unknown" || protocol === "unknown"))
    return text(
      `服务器 ${server} 的哪个端口、从哪里可访问，这份计划里看不出来：它的安全组规则不全在其中`,
      `which port of server ${server} is reached from where cannot be known from this plan: the rules of its security groups are not all in it`,
    );
  const ports = open.slice(0, MOST).map(({ protocol, ports: range, from }) => {
    const [what, source] = [portWords(protocol, range), FROM_WORDS[from] ?? text(from, from)];
    return text(`${what.zh} 从${source.zh}`, `${what.en} from ${source.en}`);
  });
  return text(
    `服务器 ${server} 的安全组仍只放行：${ports.map(({ zh }) => zh).join("，")}`,
    `the security groups of server ${server} still let in only ${ports.map(({ en }) => en).join(", ")}`,
  );
}
