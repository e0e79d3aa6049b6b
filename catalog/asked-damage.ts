import type { Temporal } from "temporal-polyfill";
import { isAttestation, MIN_ATTESTATION_CHARACTERS } from "./attestation.ts";
import type { Declaration, Removal } from "./declaration.ts";
import { declaredGroup } from "./declared-place.ts";
import { clip } from "./source/visible-text.ts";
import type { DamageClass, ResourceChange } from "./terraform-plan/planned-resource.ts";
import { type Text, text } from "./text.ts";

/** Whether a bureau asked for some damage in its declaration; the reason says what is missing. */
export type Asked = { readonly kind: "asked" } | { readonly kind: "unasked"; readonly reason: Text };

/** What asking is judged by: the declaration now and before, on a day. */
export interface Asking {
  readonly at: Temporal.PlainDate;
  readonly declaration: Declaration | undefined;
  readonly base: { readonly declaration: Declaration | undefined } | undefined;
}

const ASKED: Asked = { kind: "asked" };

/**
 * Whether `accepts` holds this damage at an address, through its last day. What serves one server group has to be accepted for that group (a data
 * volume's for the group or the volume, file storage's for `storage.file`); what the whole system shares, for each of its groups.
 */
export function acceptedDamage({ at, declaration }: Asking, address: string, damage: DamageClass): Asked {
  if (declaration === undefined) return unasked("平台没有可以接受影响的声明", "the platform has no declaration that could accept it");
  const place = declaredGroup(address);
  const groups = place === undefined ? [...declaration.servers, ...declaration.gpuServers].map(({ key }) => key) : [place.group];
  const own = ownName(address);
  const entries = declaration.accepts.filter((each) => each.damage === damage);
  const holds = (of: string) => entries.some((each) => each.of === of && at.toString() <= each.until);
  if (own !== undefined && holds(own)) return ASKED;
  const missing = groups.filter((group) => !holds(group));
  if (groups.length > 0 && missing.length === 0) return ASKED;
  const wanted = missing.length > 0 ? missing : own === undefined ? [] : [own];
  if (wanted.length === 0)
    return unasked("本系统没有服务器组，accepts 无从声明接受", "the system has no server group for which accepts could accept it");
  const expired = entries.filter((each) => wanted.includes(each.of) || each.of === own).sort((a, b) => (a.until < b.until ? 1 : -1))[0];
  if (expired !== undefined)
    return unasked(
      `accepts 对 ${expired.of} 的接受（${damage}）只到 ${expired.until}，今天是 ${at}`,
      `accepts held ${damage} of ${expired.of} until ${expired.until} only, and it is ${at}`,
    );
  return unasked(`accepts 里没有对 ${wanted.join("、")} 接受 ${damage}`, `accepts holds no ${damage} of ${wanted.join(", ")}`);
}

/**
 * Whether `removals` holds an attested removal of one of these things: dated not after the day, with an attestation that says something, and written
 * for this change. An entry that was there before went with an earlier change: it would else let every later one pass.
 */
export function attestedRemoval({ at, declaration, base }: Asking, of: readonly string[]): Asked {
  const names = of.join("、");
  if (of.length === 0 || declaration === undefined)
    return unasked(
      "没有可以写在 removals 里的名称：只能先让系统下线",
      "nothing in removals can name it: only the retirement of the system can",
    );
  const found = declaration.removals.filter((each) => of.includes(each.of));
  let reason: Asked = unasked(`removals 里没有 ${names} 的下线记录和证明`, `removals holds no attested removal of ${of.join(" or ")}`);
  for (const removal of found) {
    const judged = judgeRemoval(removal, at, base?.declaration);
    if (judged.kind === "asked") return judged;
    reason = judged;
  }
  return reason;
}

function judgeRemoval(removal: Removal, at: Temporal.PlainDate, before: Declaration | undefined): Asked {
  const { of, on, attestation } = removal;
  if (before?.removals.some((each) => each.of === of && each.on === on && each.attestation === attestation))
    return unasked(
      `removals 里 ${of} 的记录（${on}）是以前的变更留下的，这次下线要有自己的记录`,
      `the removal of ${of} on ${on} was there before and belongs to an earlier change: this one needs its own`,
    );
  if (on > at.toString())
    return unasked(`${of} 的下线日期 ${on} 还没有到（今天 ${at}）`, `the removal of ${of} is dated ${on}, after ${at}`);
  if (!isAttestation(attestation))
    return unasked(
      `${of} 的下线证明“${clip(attestation)}”没有说明数据去向（至少 ${MIN_ATTESTATION_CHARACTERS} 个字）`,
      `the attestation "${clip(attestation)}" of ${of} does not say what became of the data (wanted ${MIN_ATTESTATION_CHARACTERS} characters or more)`,
    );
  return ASKED;
}

/** What the attested removal of a resource's data may name: a volume also goes with the server that it is on. */
export function removalNames({ address, type }: ResourceChange, changes: readonly ResourceChange[]): readonly string[] {
  if (type === "openstack_objectstorage_container_v1" || type === "openstack_sharedfilesystem_share_v2") return [ownName(address) ?? ""];
  const place = declaredGroup(address);
  if (place === undefined) return [];
  if (place.disk === undefined) return type === "openstack_compute_instance_v2" ? [place.group] : [];
  const [, server] = /\.(servers_[^_]+)_/.exec(address) ?? [];
  const serverGoes = changes.some((each) => each.action === "delete" && each.address === `openstack_compute_instance_v2.${server}`);
  return serverGoes ? [`${place.group}.${place.disk}`, place.group] : [`${place.group}.${place.disk}`];
}

/** `db.data`, `storage.object` or `storage.file`: the name of a thing beside server groups. */
function ownName(address: string): string | undefined {
  const place = declaredGroup(address);
  if (place?.disk !== undefined) return `${place.group}.${place.disk}`;
  if (/^openstack_objectstorage_container_v1\.storage$/.test(address)) return "storage.object";
  return /^openstack_sharedfilesystem_share(_access)?_v2\.storage$/.test(address) ? "storage.file" : undefined;
}

function unasked(zh: string, en: string): Asked {
  return { kind: "unasked", reason: text(zh, en) };
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
