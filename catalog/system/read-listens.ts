import type { Listen, ListenFrom, Tenant } from "../declaration.ts";
import type { Reporter } from "../source/reporter.ts";
import type { Path } from "../source/source-file.ts";
import { text } from "../text.ts";
import type { ListenFile } from "./system-file.ts";

/** Who may reach which ports of a server group, sorted; `path` is where its `listens` stand. */
export function readListens(
  path: Path,
  listens: readonly ListenFile[] = [],
  bureau: Tenant | undefined,
  errors: Reporter,
): readonly Listen[] {
  const result = listens.map(
    ({ port, protocol = "tcp", from }, index): Listen => ({
      port,
      protocol,
      from: readListenFrom([...path, index, "from"], from, bureau, errors),
    }),
  );
  for (const [index, listen] of result.entries()) {
    if (result.slice(0, index).some((other) => listenKey(other) === listenKey(listen))) {
      errors.report([...path, index], "contradiction", text("与上面的一条完全相同", "Cannot list the same port and source twice"));
    }
  }
  return result.sort((a, b) => (listenKey(a) < listenKey(b) ? -1 : 1));
}

function readListenFrom(path: Path, from: string, bureau: Tenant | undefined, errors: Reporter): ListenFrom {
  if (from === "internet" || from === "self") return { kind: from };
  if (from === "0.0.0.0/0") {
    errors.report(
      path,
      "contradiction",
      text("0.0.0.0/0 就是互联网，请写 internet", "Cannot accept 0.0.0.0/0 as a network: that is the internet, write internet"),
    );
  }
  if (from !== "tenant") return { kind: "cidr", cidr: from };
  if (bureau !== undefined && bureau.range === undefined) {
    errors.report(
      path,
      "contradiction",
      text("from: tenant 指本单位网段，但 tenant.yaml 没有 range", "Cannot listen to tenant: tenant.yaml of this bureau has no range"),
    );
  }
  return { kind: "tenant", cidr: bureau?.range ?? "" };
}

/** A port and source as one word, for comparing and sorting. */
function listenKey({ protocol, port, from }: Listen): string {
  return `${protocol}-${String(port).padStart(5, "0")}-${from.kind === "tenant" || from.kind === "cidr" ? from.cidr : from.kind}`;
}
