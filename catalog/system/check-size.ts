import type { Declaration } from "../declaration.ts";
import type { Reporter } from "../source/reporter.ts";
import { counted, text } from "../text.ts";

/** Servers and data volumes of one system; the largest sample has a tenth of it. */
const MOST_SERVERS = 500;
const MOST_VOLUMES = 2000;

/** One system stays within what one Terraform state can carry, whatever a file of a few lines multiplies out to. */
export function checkSize({ servers, gpuServers }: Pick<Declaration, "servers" | "gpuServers">, errors: Reporter): void {
  const machines = [...servers, ...gpuServers].reduce((total, { count }) => total + count, 0);
  const volumes = servers.reduce((total, { count, dataDisks }) => total + count * dataDisks.length, 0);
  if (machines <= MOST_SERVERS && volumes <= MOST_VOLUMES) return;
  errors.report(
    ["servers"],
    "out-of-range",
    text(
      `一个系统共 ${machines} 台服务器、${volumes} 块数据盘，最多 ${MOST_SERVERS} 台、${MOST_VOLUMES} 块；请分成几个系统`,
      `Cannot build ${counted(machines, "server")} with ${counted(volumes, "data volume")} as one system: the most is ${MOST_SERVERS} and ${MOST_VOLUMES}; declare several systems`,
    ),
    "key",
  );
}
