import { clip } from "../../catalog/source/visible-text.ts";
import { text } from "../../catalog/text.ts";
import type { StateDocument, StateResource } from "./state-index.ts";

interface RawResource {
  readonly module?: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances?: readonly {
    readonly index_key?: string | number;
    readonly status?: string;
    readonly deposed?: string;
    readonly attributes?: { readonly id?: unknown; readonly name?: unknown };
  }[];
}

/** Version of the state format that both engines write. */
const FORMAT = 4;

/** Every system has a project of its own, with its stack's name. */
export const PROJECT = "openstack_identity_project_v3";

/** Reads what stands in a state, of every attribute only the id, and the name of the project. */
export function readState(words: string): StateDocument {
  let state: Record<string, unknown>;
  try {
    state = JSON.parse(words) as Record<string, unknown>;
  } catch {
    return { kind: "unreadable", cause: text("不是 JSON", "no JSON") };
  }
  if (typeof state !== "object" || state === null) return { kind: "unreadable", cause: text("不是 JSON 对象", "no JSON object") };
  const { version, lineage, serial, terraform_version: engineVersion, resources } = state;
  if ("encrypted_data" in state)
    return {
      kind: "encrypted",
      lineage: typeof lineage === "string" ? lineage : undefined,
      serial: typeof serial === "number" ? serial : undefined,
    };
  if (version !== FORMAT) {
    const found =
      version === undefined
        ? text("没有格式号（version）", "no format (version)")
        : text(`格式 ${clip(JSON.stringify(version))}`, `format ${clip(JSON.stringify(version))}`);
    return { kind: "unreadable", cause: text(`${found.zh}，要 ${FORMAT}`, `${found.en}, wanted ${FORMAT}`) };
  }
  if (typeof lineage !== "string" || typeof serial !== "number" || !Array.isArray(resources))
    return { kind: "unreadable", cause: text("缺少 lineage、serial 或 resources", "lineage, serial or resources are missing") };
  const managed = (resources as RawResource[]).filter(({ mode }) => mode === "managed");
  return {
    kind: "plain",
    lineage,
    serial,
    engineVersion: String(engineVersion),
    resources: managed.flatMap(instancesOf),
    owner: ownerOf(managed),
  };
}

function ownerOf(resources: readonly RawResource[]): string | undefined {
  const name = resources.find(({ type }) => type === PROJECT)?.instances?.[0]?.attributes?.name;
  return typeof name === "string" ? name : undefined;
}

function instancesOf({ module, type, name, instances = [] }: RawResource): StateResource[] {
  return instances.map(({ index_key: key, status, deposed, attributes }) => {
    const index = key === undefined ? "" : `[${JSON.stringify(key)}]`;
    const left = deposed === undefined ? "" : ` (deposed ${deposed})`;
    const id = attributes?.id;
    return {
      address: `${module === undefined ? "" : `${module}.`}${type}.${name}${index}${left}`,
      type,
      id: typeof id === "string" ? id : undefined,
      tainted: status === "tainted",
    };
  });
}
