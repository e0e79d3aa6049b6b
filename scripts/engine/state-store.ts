import { isAbsolute, join, resolve } from "node:path";
import { InvalidRequest } from "../../catalog/source/diagnostic.ts";
import { text } from "../../catalog/text.ts";
import type { TerraformJson } from "../../stacks/named-stack.ts";

/** Where the engine keeps what it built: one state a stack, whichever the store. */
export interface StateStore {
  /** `empty`: nothing is kept. */
  readonly kind: "local" | "postgres" | "empty";
  /** For people; never holds a password. */
  readonly label: string;
  /** The `terraform.backend` block of a stack. */
  readonly backend: (stack: string) => TerraformJson;
  /** What the engine needs in its environment to open the store. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Folder of local states and working folders where nothing else is named; Git ignores it. */
export const LOCAL_FOLDER = ".govcloud";

/**
 * Reads GOVCLOUD_STATE: unset → local files below `.govcloud/state` of the repository; a folder → local files there;
 * `postgres://…` → the `pg` backend, one schema a stack. The connection string reaches the engine by PG_CONN_STR alone, so that no
 * configuration, plan or log holds its password.
 */
export function readStateStore(environment: NodeJS.ProcessEnv, repository: string): StateStore {
  const wish = environment["GOVCLOUD_STATE"]?.trim() ?? "";
  if (/^postgres(ql)?:\/\//.test(wish)) return postgresStore(wish);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(wish))
    throw new InvalidRequest(
      text(
        `GOVCLOUD_STATE 只能是目录或 postgres:// 地址，不能是 ${wish.split("://")[0]}://`,
        `Cannot use GOVCLOUD_STATE: wanted a folder or postgres://, found ${wish.split("://")[0]}://`,
      ),
    );
  const folder = wish === "" ? join(repository, LOCAL_FOLDER, "state") : isAbsolute(wish) ? wish : resolve(repository, wish);
  return {
    kind: "local",
    label: folder,
    backend: (stack) => ({ local: { path: join(folder, `${stack}.tfstate`) } }),
    environment: {},
  };
}

/** An empty state of its own, thrown away with the working folder: what a plan without a cloud starts from. */
export function emptyStore(): StateStore {
  return { kind: "empty", label: "empty", backend: () => ({ local: { path: "empty.tfstate" } }), environment: {} };
}

function postgresStore(connection: string): StateStore {
  let url: URL;
  try {
    url = new URL(connection);
  } catch {
    throw new InvalidRequest(
      text("GOVCLOUD_STATE 不是合法的 postgres:// 地址", "Cannot use GOVCLOUD_STATE: it is no valid postgres:// address"),
    );
  }
  return {
    kind: "postgres",
    label: `postgres://${url.host}${url.pathname}`,
    backend: (stack) => ({ pg: { schema_name: stack } }),
    environment: { PG_CONN_STR: connection },
  };
}
