import { type PlannedResource, type ResourceChange, stringValue } from "./planned-resource.ts";

/** Another volume type that the provider does not bring about. */
export interface IdleRetype {
  readonly from: string;
  readonly to: string;
  readonly policy: string;
}

/**
 * Another type of a volume that stays, where its retype policy is not `on-demand`: the provider then sends nothing, the apply reports success, the
 * volume keeps its type, and every later plan shows the same again (recorded: volume-retype-default, volume-retype-never). `never` is the default.
 */
export function idleRetype({ type, action, before, after }: ResourceChange): IdleRetype | undefined {
  if (type !== "openstack_blockstorage_volume_v3" || action !== "update") return undefined;
  const [from, to] = [stringValue(before, "volume_type"), stringValue(after, "volume_type")];
  const policy = stringValue(after, "volume_retype_policy") ?? "never";
  if (from === undefined || to === undefined || from === to || policy === "on-demand" || after?.unknown.has("volume_retype_policy"))
    return undefined;
  return { from, to, policy };
}

/** The resources of a plan as they will really stand once it is applied: a volume whose retype does nothing keeps its type. */
export function withoutIdleRetypes(resources: readonly PlannedResource[], changes: readonly ResourceChange[]): readonly PlannedResource[] {
  const idle = new Map(
    changes.flatMap((change) => [[change.address, idleRetype(change)] as const]).filter(([, each]) => each !== undefined),
  );
  if (idle.size === 0) return resources;
  return resources.map((resource) => {
    const retype = idle.get(resource.address);
    return retype === undefined ? resource : { ...resource, values: { ...resource.values, volume_type: retype.from } };
  });
}
