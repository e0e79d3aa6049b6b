import { isDeepStrictEqual } from "node:util";
import type { Temporal } from "temporal-polyfill";
import type { AskedEntry } from "./asked-entry.ts";
import { isAttestation, isSameAttestation, MIN_ATTESTATION_CHARACTERS } from "./attestation.ts";
import type { AcceptedDamage, Declaration, Removal } from "./declaration.ts";
import { declaredGroup, declaredName, placeOfChange } from "./declared-place.ts";
import type { Path } from "./source/source-file.ts";
import { clip } from "./source/visible-text.ts";
import type { DamageClass, ResourceChange } from "./terraform-plan/planned-resource.ts";
import { type Text, text } from "./text.ts";

/** Whether a bureau asked for some damage in its declaration; else the reason says what is missing. */
export type Asked = { readonly kind: "asked" } | Unasked;

export interface Unasked {
  readonly kind: "unasked";
  readonly reason: Text;
  /** The entry that asks in vain, in the declaration; absent where there is none. */
  readonly at?: Path;
  /** What to do about that entry, where that is not what the policy says. */
  readonly remedy?: Text;
  /** Entries that would ask for it, where they are to be added. */
  readonly asks?: readonly AskedEntry[];
}

/** What asking is judged by: the declaration now and before, on a day. */
export interface Asking {
  readonly at: Temporal.PlainDate;
  readonly declaration: Declaration | undefined;
  readonly base: { readonly declaration: Declaration | undefined } | undefined;
}

const ASKED: Asked = { kind: "asked" };

/** The platform and the plans of other pipelines have no file in which a bureau could ask. */
const UNDECLARED: Pick<Unasked, "remedy"> = {
  remedy: text(
    "在做出这项修改的地方撤回；没有系统的声明，就无处提出要求",
    "Take the change back where it was made: without a declaration of the system nothing can ask for it",
  ),
};

/** Nobody knows today what will be acceptable later than this. */
export const MOST_DAYS_AHEAD = 90;

/** A removal is asked for when it is due; review takes days or weeks, and what is older was no part of this change. The mark is of this project. */
const MOST_DAYS_PAST = 30;

/**
 * Whether `accepts` holds this damage at an address, through its last day, which is 90 days ahead at most. What serves one server group has to be
 * accepted for that group (a data volume's for the group or the volume, file storage's for `storage.file`); what the whole system shares, for each of
 * its groups. An entry that was there before goes for no later change of the declaration, only for what comes from elsewhere (the catalogue).
 */
export function acceptedDamage(asking: Asking, address: string, damage: DamageClass): Asked {
  const { declaration } = asking;
  if (declaration === undefined) return unasked("没有可以接受影响的声明", "there is no declaration that could accept it", UNDECLARED);
  const place = declaredGroup(address);
  const groups = place === undefined ? [...declaration.servers, ...declaration.gpuServers].map(({ key }) => key) : [place.group];
  const own = declaredName(address);
  const entries = declaration.accepts.map((entry, index) => ({ entry, index })).filter(({ entry }) => entry.damage === damage);
  const judged = entries.map(({ entry, index }) => ({ of: entry.of, until: entry.until, asked: judgeAccepted(entry, index, asking) }));
  const holds = (of: string) => judged.some((each) => each.of === of && each.asked.kind === "asked");
  if (own !== undefined && holds(own)) return ASKED;
  const missing = groups.filter((group) => !holds(group));
  if (groups.length > 0 && missing.length === 0) return ASKED;
  const wanted = missing.length > 0 ? missing : own === undefined ? [] : [own];
  if (wanted.length === 0)
    return unasked("本系统没有服务器组，accepts 无从声明接受", "the system has no server group for which accepts could accept it");
  const [latest] = judged.filter(({ of }) => wanted.includes(of) || of === own).sort((a, b) => (a.until < b.until ? 1 : -1));
  if (latest !== undefined) return latest.asked;
  return unasked(`accepts 里没有对 ${wanted.join("、")} 接受 ${damage}`, `accepts holds no ${damage} of ${wanted.join(", ")}`, {
    asks: wanted.map((of) => ({ kind: "accepts", damage, of })),
  });
}

function judgeAccepted(entry: AcceptedDamage, index: number, { at, declaration, base }: Asking): Asked {
  const { of, damage, until } = entry;
  const where = { at: ["accepts", index, "until"] };
  const last = at.add({ days: MOST_DAYS_AHEAD }).toString();
  if (until < at.toString())
    return unasked(
      `accepts 对 ${of} 的接受（${damage}）只到 ${until}，今天是 ${at}`,
      `accepts held ${damage} of ${of} until ${until} only, and it is ${at}`,
      {
        ...where,
        remedy: text(
          `撤回这项修改；仍要接受，就把 until 改到新的日期（最晚 ${last}）并更新原因`,
          `Take the change back; or, if it is still accepted, write a new until (${last} at the latest) and the reason for it`,
        ),
      },
    );
  if (until > last)
    return unasked(
      `accepts 对 ${of} 的接受（${damage}）写到 ${until}，超过 ${MOST_DAYS_AHEAD} 天，不算数`,
      `accepts holds ${damage} of ${of} until ${until}, which counts for nothing: wanted ${last} or earlier, ${MOST_DAYS_AHEAD} days ahead at most`,
      { ...where, remedy: text(`把 until 改为 ${last} 或更早`, `Write until: ${last} or an earlier day`) },
    );
  const before = base?.declaration;
  if (before === undefined || before.source.text === declaration?.source.text) return ASKED;
  if (!before.accepts.some((each) => isDeepStrictEqual({ ...each }, { ...entry }))) return ASKED;
  return unasked(
    `accepts 对 ${of} 的接受（${damage}，到 ${until}）是以前的变更留下的`,
    `the accepted ${damage} of ${of} until ${until} was there before and belongs to an earlier change`,
    {
      at: ["accepts", index],
      remedy: text("为这次变更写明新的原因和日期", "Accept it for this change: write its own reason and last day in that entry"),
    },
  );
}

/**
 * Whether `removals` holds an attested removal of one of these things: dated not after the day, with an attestation that says something, and written
 * for this change. Earlier entries stay as they were written and count for no later change; servers that leave are counted.
 */
export function attestedRemoval(asking: Asking, of: readonly string[]): Asked {
  const { declaration } = asking;
  const names = of.join("、");
  if (declaration === undefined)
    return unasked("没有可以证明数据去向的声明", "there is no declaration that could attest to what becomes of them", UNDECLARED);
  if (of.length === 0)
    return unasked("removals 里没有能写的名称", "nothing in removals can name it", {
      remedy: text(
        "撤回这项修改；确实要改，就按迁移来做：另外申报一个新系统，把数据迁过去，再让这个系统下线（先 exiting，再 retired）",
        "Take the change back; or, if it has to be, plan a migration: declare a new system, move the data there, then retire this one (exiting first, then retired)",
      ),
    });
  let reason: Asked = unasked(`removals 里没有 ${names} 的下线记录和证明`, `removals holds no attested removal of ${of.join(" or ")}`, {
    // A volume goes with its servers where they leave too, and then their removal is enough.
    asks: of.slice(-1).map((name) => removalOf(name, asking)),
  });
  for (const name of of) {
    const judged = judgeRemovals(name, asking, declaration);
    if (judged?.kind === "asked") return judged;
    reason = judged ?? reason;
  }
  return reason;
}

interface Entry {
  readonly removal: Removal;
  readonly index: number;
}

/** Undefined where nothing was written about this name. */
function judgeRemovals(of: string, { at, base }: Asking, declaration: Declaration): Asked | undefined {
  const entries = declaration.removals.map((removal, index): Entry => ({ removal, index })).filter(({ removal }) => removal.of === of);
  const [latest] = entries.slice(-1);
  if (latest === undefined) return undefined;
  const { added, edited, earlier } = sinceBase(of, entries, base?.declaration);
  if (edited !== undefined)
    return unasked(
      `removals 里 ${of} 以前的记录（${edited.on}）被改动或删掉了：记录只增不改`,
      `the earlier removal of ${of} on ${edited.on} was edited or taken out: what is recorded stays as it was written`,
      {
        at: ["removals", (added[0] ?? latest).index],
        remedy: text("恢复原来的记录，另加一条", "Put the earlier entry back and add another one"),
      },
    );
  if (added.length === 0)
    return unasked(
      `removals 里 ${of} 的记录（${latest.removal.on}）是以前的变更留下的，这次下线要有自己的记录`,
      `the removal of ${of} on ${latest.removal.on} was there before and belongs to an earlier change: this one needs its own`,
      {
        at: ["removals", latest.index],
        remedy: text("另加一条，写明这次下线的日期和证明", "Add another entry with the day and the attestation of this removal"),
        asks: [removalOf(of, { declaration, base })],
      },
    );
  for (const each of added) {
    const judged = judgeRemoval(each, earlier, at);
    if (judged.kind === "unasked") return judged;
  }
  return countServers(of, added, { declaration, base });
}

/** What the change wrote itself, told from what was there before; `edited` is an earlier entry that is no longer there word for word. */
function sinceBase(of: string, entries: readonly Entry[], before: Declaration | undefined) {
  const earlier = (before?.removals ?? []).filter((each) => each.of === of);
  const added = [...entries];
  let edited: Removal | undefined;
  for (const each of earlier) {
    const found = added.findIndex(({ removal }) => isDeepStrictEqual({ ...removal }, { ...each }));
    if (found < 0) edited ??= each;
    else added.splice(found, 1);
  }
  return { added, edited, earlier };
}

function judgeRemoval({ removal, index }: Entry, earlier: readonly Removal[], at: Temporal.PlainDate): Asked {
  const { of, on, attestation } = removal;
  if (on > at.toString())
    return unasked(`${of} 的下线日期 ${on} 还没有到（今天 ${at}）`, `the removal of ${of} is dated ${on}, after ${at}`, {
      at: ["removals", index, "on"],
      remedy: text(
        `撤回删除，到 ${on} 当天或之后再提交；日期写错了就改正`,
        `Take the deletion back and ask again on ${on} or later; or correct the day, if it is past`,
      ),
    });
  const earliest = at.subtract({ days: MOST_DAYS_PAST }).toString();
  if (on < earliest)
    return unasked(
      `${of} 的下线日期 ${on} 早于 ${earliest}：新的记录最多补记 ${MOST_DAYS_PAST} 天`,
      `the removal of ${of} is dated ${on}, before ${earliest}: a new one is at most ${MOST_DAYS_PAST} days past`,
      {
        at: ["removals", index, "on"],
        remedy: text(
          "写这次下线的实际日期；旧日期的证明说的是以前的事",
          "Write the day of this very removal; a day long past is that of another",
        ),
      },
    );
  const where = { at: ["removals", index, "attestation"] };
  if (!isAttestation(attestation))
    return unasked(
      `${of} 的下线证明“${clip(attestation)}”没有说明数据去向（至少 ${MIN_ATTESTATION_CHARACTERS} 个字）`,
      `the attestation "${clip(attestation)}" of ${of} does not say what became of the data (wanted ${MIN_ATTESTATION_CHARACTERS} characters or more)`,
      where,
    );
  if (earlier.some((each) => isSameAttestation(attestation, each.attestation)))
    return unasked(
      `${of} 的下线证明与以前的一条相同，这次下线要有自己的证明`,
      `the attestation of ${of} is that of an earlier removal: this one needs its own`,
      where,
    );
  return ASKED;
}

/** One removal of a server group is of one server, unless it says how many leave; all that leave have to be accounted for, and no more. */
function countServers(of: string, added: readonly Entry[], { declaration, base }: Pick<Asking, "declaration" | "base">): Asked {
  const leaving = serversOf(base?.declaration, of) - serversOf(declaration, of);
  const attested = added.reduce((total, { removal }) => total + removal.count, 0);
  const [first] = added;
  if (first === undefined || leaving <= 0 || attested === leaving) return ASKED;
  return unasked(
    `removals 里 ${of} 的记录是 ${attested} 台，实际减少 ${leaving} 台`,
    `removals attests to ${attested} of ${leaving === 1 ? "the one server" : `the ${leaving} servers`} of ${of} that ${leaving === 1 ? "leaves" : "leave"}`,
    {
      at: ["removals", first.index],
      remedy: text(
        `恢复台数；或确认 ${leaving} 台的数据都已处置，在这条记录里写 count: ${leaving}`,
        `Put the servers back; or make sure that the data of all ${leaving} are taken care of, and write count: ${leaving} there`,
      ),
    },
  );
}

function removalOf(of: string, { declaration, base }: Pick<Asking, "declaration" | "base">): AskedEntry {
  return { kind: "removals", of, count: Math.max(1, serversOf(base?.declaration, of) - serversOf(declaration, of)) };
}

function serversOf(declaration: Declaration | undefined, group: string): number {
  return [...(declaration?.servers ?? []), ...(declaration?.gpuServers ?? [])].find(({ key }) => key === group)?.count ?? 0;
}

/** Where a finding on an unasked change stands: at the entry that asks in vain, or else at what causes the change. */
export function placeOfUnasked(subject: Parameters<typeof placeOfChange>[0], change: ResourceChange, { at, asks }: Unasked) {
  const place = { ...placeOfChange(subject, change), ...(asks === undefined ? {} : { asks }) };
  return at === undefined || subject.declaration === undefined
    ? place
    : { ...place, at: { file: subject.declaration.source.path, path: at } };
}

/** Where a finding on something that is no longer declared stands: at the entry that asks in vain, or else at the key that it stood under. */
export function declaredOrAsked({ id, source }: Declaration, path: Path, { at, asks }: Unasked) {
  const keys = path.map(String);
  return {
    system: id,
    address: keys.slice(0, -1).join("."),
    attribute: keys.at(-1) ?? "",
    at: { file: source.path, path: at ?? path },
    ...(asks === undefined ? {} : { asks }),
  };
}

/** The line of the earlier declaration where something stood that is gone. */
export function stoodAt({ source }: Declaration, path: Path): Text {
  const { line } = source.locate(path, "key");
  return text(`（原在第 ${line} 行）`, `, on line ${line} before`);
}

/** What the attested removal of a resource's data may name: a volume also goes with the server that it is on. */
export function removalNames({ address, type }: ResourceChange, changes: readonly ResourceChange[]): readonly string[] {
  if (type === "openstack_objectstorage_container_v1" || type === "openstack_sharedfilesystem_share_v2")
    return [declaredName(address) ?? []].flat();
  const place = declaredGroup(address);
  if (place === undefined) return [];
  if (place.disk === undefined) return type === "openstack_compute_instance_v2" ? [place.group] : [];
  const [, server] = /\.(servers_[^_]+)_/.exec(address) ?? [];
  const serverGoes = changes.some((each) => each.action === "delete" && each.address === `openstack_compute_instance_v2.${server}`);
  return serverGoes ? [`${place.group}.${place.disk}`, place.group] : [`${place.group}.${place.disk}`];
}

function unasked(zh: string, en: string, entry: Pick<Unasked, "at" | "remedy" | "asks"> = {}): Unasked {
  return { kind: "unasked", reason: text(zh, en), ...entry };
}

/** A change that does some damage, and whether a bureau accepted it. */
export interface JudgedChange {
  readonly change: ResourceChange;
  readonly asked: Asked;
}

/** Every change that does a class of damage, and whether the declaration accepts it. */
export function changesDoing(
  damage: DamageClass,
  subject: Asking & { readonly changes: readonly ResourceChange[] },
): readonly JudgedChange[] {
  return subject.changes
    .filter((change) => change.damage.includes(damage))
    .map((change) => ({ change, asked: acceptedDamage(subject, change.address, damage) }));
}
