import { isDeepStrictEqual } from "node:util";
import type { Temporal } from "temporal-polyfill";
import { ASKED, type Asked, type Asking, UNDECLARED, unasked } from "./asked.ts";
import type { AskedEntry } from "./asked-entry.ts";
import { isAttestation, isSameAttestation, MIN_ATTESTATION_CHARACTERS } from "./attestation.ts";
import type { Declaration, Removal } from "./declaration.ts";
import { declaredGroup, declaredName } from "./declared-place.ts";
import { clip } from "./source/visible-text.ts";
import type { ResourceChange } from "./terraform-plan/planned-resource.ts";
import { text } from "./text.ts";

/** A removal is asked for when it is due; review takes days or weeks, and what is older was no part of this change. The mark is of this project. */
const MOST_DAYS_PAST = 30;

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
