import { isDeepStrictEqual } from "node:util";
import { ASKED, type Asked, type Asking, UNDECLARED, unasked } from "./asked.ts";
import type { AcceptedDamage } from "./declaration.ts";
import { declaredGroup, declaredName } from "./declared-place.ts";
import type { DamageClass, ResourceChange } from "./terraform-plan/planned-resource.ts";
import { text } from "./text.ts";

/** Nobody knows today what will be acceptable later than this. */
export const MOST_DAYS_AHEAD = 90;

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
