import type { Catalogue } from "./catalogue.ts";
import { contains, readCidr } from "./cidr.ts";
import type { Declaration, Disk, GpuServerGroup, Listen, ListenFrom, ServerGroup, Tenant } from "./declaration.ts";
import type { Pool } from "./pool.ts";
import { type Diagnostic, diagnose } from "./source/diagnostic.ts";
import { didYouMean } from "./source/did-you-mean.ts";
import type { Path, SourceFile } from "./source/source-file.ts";
import { counted, text } from "./text.ts";

/** Servers and data volumes of one system; the largest sample has a tenth of it. */
const MOST_SERVERS = 500;
const MOST_VOLUMES = 2000;

interface ServerFile extends Omit<ServerGroup, "key" | "count" | "dataDisks" | "listens"> {
  readonly count?: number;
  readonly dataDisks?: Readonly<Record<string, Disk>>;
  readonly listens?: readonly ListenFile[];
}

interface GpuServerFile {
  readonly count?: number;
  readonly box: GpuServerGroup["box"];
  readonly cards?: NonNullable<GpuServerGroup["cards"]>;
  readonly image?: string;
  readonly listens?: readonly ListenFile[];
}

interface ListenFile {
  readonly port: number;
  readonly protocol?: "tcp" | "udp";
  readonly from: string;
}

interface SystemFile extends Pick<Declaration, "name" | "stage" | "mlps" | "pool" | "classified"> {
  readonly cryptography?: boolean;
  readonly servers?: Readonly<Record<string, ServerFile>>;
  readonly gpuServers?: Readonly<Record<string, GpuServerFile>>;
  readonly storage?: { readonly objectGb?: number; readonly fileGb?: number };
  readonly backupGb?: number;
  readonly colocation?: { readonly rackUnits?: Declaration["rackUnits"]; readonly cabinets?: readonly string[] };
  readonly managedNodes?: Declaration["managedNodes"];
  readonly migration?: boolean;
  readonly trialSince?: string;
  readonly retirement?: { readonly on: string; readonly attestation: string };
  readonly subnet?: string;
  readonly sizing?: { readonly exempt: string; readonly until: string };
  readonly changeReason?: string;
  readonly accepts?: Declaration["accepts"];
  readonly removals?: readonly (Omit<Declaration["removals"][number], "count"> & { readonly count?: number })[];
}

/** Turns one validated file into a declaration and checks what a schema cannot: references and contradictions. */
export class SystemReader {
  readonly #source: SourceFile;
  readonly #catalogue: Catalogue;
  readonly #tenant: Tenant | undefined;
  readonly #diagnostics: Diagnostic[];
  constructor(source: SourceFile, catalogue: Catalogue, tenant: Tenant | undefined, diagnostics: Diagnostic[]) {
    this.#source = source;
    this.#catalogue = catalogue;
    this.#tenant = tenant;
    this.#diagnostics = diagnostics;
  }

  read(tenant: string, system: string): Declaration | undefined {
    const file = this.#source.value as SystemFile;
    this.#checkStage(file);
    const pool = this.#catalogue.pools.get(file.pool);
    if (pool === undefined) {
      this.#unknown(["pool"], "资源池", "pool", file.pool, [...this.#catalogue.pools.keys()]);
      // An image that no pool has is wrong whichever pool was meant.
      const images = [...this.#catalogue.images.keys()];
      for (const [key, { image }] of sortedEntries(file.servers)) {
        if (!images.includes(image)) this.#unknown(["servers", key, "image"], "镜像", "image", image, images);
      }
      return undefined;
    }
    this.#checkSubnet(file, pool);
    const servers = sortedEntries(file.servers).map(([key, server]): ServerGroup => {
      this.#checkImage(["servers", key, "image"], server.image, pool.key, server.family);
      this.#checkBootDisk(["servers", key, "systemDisk", "sizeGb"], server.systemDisk.sizeGb, server.image);
      return {
        ...server,
        key,
        count: server.count ?? 1,
        dataDisks: sortedEntries(server.dataDisks).map(([name, disk]) => ({ ...disk, key: name })),
        listens: this.#listens(["servers", key, "listens"], server.listens),
      };
    });
    const gpuServers = sortedEntries(file.gpuServers).map(([key, server]): GpuServerGroup => {
      if (file.servers !== undefined && key in file.servers) {
        this.#report(
          ["gpuServers", key],
          "contradiction",
          text(`${key} 已是云服务器的名称；请换一个`, `Cannot name a GPU server ${key}: a server has that name`),
          "key",
        );
      }
      if (server.image !== undefined) this.#checkImage(["gpuServers", key, "image"], server.image, pool.key, undefined);
      return {
        key,
        count: server.count ?? 1,
        box: server.box,
        cards: server.cards,
        image: server.image ?? pool.gpuImage,
        listens: this.#listens(["gpuServers", key, "listens"], server.listens),
      };
    });
    const rackUnits = file.colocation?.rackUnits ?? [];
    for (const [index, units] of rackUnits.entries()) {
      const rack = this.#checkRack(["colocation", "rackUnits", index, "rack"], units.rack, pool.racks);
      const path = ["colocation", "rackUnits", index];
      if (units.from > units.to)
        this.#report(
          [...path, "to"],
          "contradiction",
          text(`结束 U ${units.to} 小于起始 U ${units.from}`, `Cannot end at U ${units.to} below the start at U ${units.from}`),
        );
      else if (rack !== undefined && units.to > rack.heightU)
        this.#report(
          [...path, "to"],
          "out-of-range",
          text(`机柜 ${units.rack} 只有 ${rack.heightU}U`, `Cannot reach U ${units.to}: rack ${units.rack} has ${rack.heightU}U`),
        );
    }
    for (const [index, { rack, from }] of rackUnits.entries()) {
      if (rackUnits.slice(0, index).some((other) => other.rack === rack && other.from === from)) {
        this.#report(
          ["colocation", "rackUnits", index],
          "contradiction",
          text(`机柜 ${rack} 从 ${from}U 起的机位写了两次`, `Cannot list units of rack ${rack} from U ${from} twice`),
        );
      }
    }
    const cabinets = file.colocation?.cabinets ?? [];
    for (const [index, rack] of cabinets.entries()) this.#checkRack(["colocation", "cabinets", index], rack, pool.racks);
    const nodes = file.managedNodes ?? [];
    for (const [index, node] of nodes.entries()) {
      for (const field of ["name", "serial"] as const) {
        if (nodes.slice(0, index).some((other) => other[field] === node[field])) {
          this.#report(
            ["managedNodes", index, field],
            "contradiction",
            text(`${node[field]} 写了两次`, `Cannot list ${node[field]} twice`),
          );
        }
      }
    }
    this.#checkSize(servers, gpuServers);
    return {
      id: `${tenant}/${system}`,
      tenant,
      system,
      source: this.#source,
      name: file.name,
      stage: file.stage,
      mlps: file.mlps,
      cryptography: file.cryptography ?? false,
      pool: file.pool,
      classified: file.classified,
      servers,
      gpuServers,
      objectGb: file.storage?.objectGb ?? 0,
      fileGb: file.storage?.fileGb ?? 0,
      backupGb: file.backupGb ?? 0,
      rackUnits,
      cabinets,
      managedNodes: nodes,
      migration: file.migration ?? false,
      trialSince: file.trialSince,
      retirement: file.retirement,
      subnet: file.subnet,
      sizing: file.sizing,
      changeReason: file.changeReason,
      accepts: file.accepts ?? [],
      removals: this.#removals(file.removals),
    };
  }

  /** One system stays within what one Terraform state can carry, whatever a file of a few lines multiplies out to. */
  #checkSize(servers: readonly ServerGroup[], gpuServers: readonly GpuServerGroup[]): void {
    const machines = [...servers, ...gpuServers].reduce((total, { count }) => total + count, 0);
    const volumes = servers.reduce((total, { count, dataDisks }) => total + count * dataDisks.length, 0);
    if (machines <= MOST_SERVERS && volumes <= MOST_VOLUMES) return;
    this.#report(
      ["servers"],
      "out-of-range",
      text(
        `一个系统共 ${machines} 台服务器、${volumes} 块数据盘，最多 ${MOST_SERVERS} 台、${MOST_VOLUMES} 块；请分成几个系统`,
        `Cannot build ${counted(machines, "server")} with ${counted(volumes, "data volume")} as one system: the most is ${MOST_SERVERS} and ${MOST_VOLUMES}; declare several systems`,
      ),
      "key",
    );
  }

  #removals(removals: SystemFile["removals"] = []): Declaration["removals"] {
    for (const [index, { of, count }] of removals.entries()) {
      if (count !== undefined && of.includes("."))
        this.#report(
          ["removals", index, "count"],
          "contradiction",
          text(`${of} 不是服务器组，不写 count`, `Cannot count ${of}: only servers of a group are counted`),
          "key",
        );
    }
    return removals.map((removal) => ({ ...removal, count: removal.count ?? 1 }));
  }

  #checkStage({ stage, retirement, trialSince }: SystemFile): void {
    const leaving = stage === "exiting" || stage === "retired";
    if (leaving && retirement === undefined) {
      this.#report(
        ["stage"],
        "missing-key",
        text(
          `阶段 ${stage} 必须写 retirement（下线日期 on 和证明 attestation）`,
          `Cannot be ${stage} without retirement: wanted its date (on) and attestation`,
        ),
      );
    }
    if (!leaving && retirement !== undefined)
      this.#report(
        ["retirement"],
        "contradiction",
        text("只有阶段 exiting 和 retired 才写 retirement", "Cannot accept retirement: only the stages exiting and retired have one"),
        "key",
      );
    if (stage !== "trial" && trialSince !== undefined)
      this.#report(
        ["trialSince"],
        "contradiction",
        text("只有阶段 trial 才写 trialSince", "Cannot accept trialSince: only the stage trial has one"),
        "key",
      );
  }

  #checkSubnet({ subnet }: SystemFile, pool: Pool): void {
    // Without a readable tenant.yaml its range is not known, and that error stands for itself.
    if (subnet === undefined || this.#tenant === undefined) return;
    const own = readCidr(subnet);
    const range = readCidr(this.#tenant.range ?? "");
    const poolRange = readCidr(pool.range);
    if (own === undefined) return;
    if (range === undefined) {
      this.#report(
        ["subnet"],
        "contradiction",
        text("写了 subnet，但本单位的 tenant.yaml 没有 range", "Cannot place the subnet: tenant.yaml of this bureau has no range"),
      );
    } else if (!contains(range, own)) {
      this.#report(
        ["subnet"],
        "out-of-range",
        text(
          `${subnet} 不在本单位网段 ${this.#tenant.range} 内`,
          `Cannot accept subnet ${subnet}: it lies outside the bureau's range ${this.#tenant.range}`,
        ),
      );
    } else if (poolRange !== undefined && !contains(poolRange, own)) {
      this.#report(
        ["subnet"],
        "out-of-range",
        text(
          `${subnet} 不在资源池 ${pool.key} 的网段 ${pool.range} 内`,
          `Cannot accept subnet ${subnet}: it lies outside the range ${pool.range} of pool ${pool.key}`,
        ),
      );
    } else if (own.prefix > 29) {
      this.#report(["subnet"], "out-of-range", text(`${subnet} 太小，最小为 /29`, `Cannot accept subnet ${subnet}: the smallest is a /29`));
    }
  }

  #listens(path: Path, listens: readonly ListenFile[] = []): readonly Listen[] {
    const result = listens.map(
      ({ port, protocol = "tcp", from }, index): Listen => ({ port, protocol, from: this.#listenFrom([...path, index, "from"], from) }),
    );
    for (const [index, listen] of result.entries()) {
      if (result.slice(0, index).some((other) => listenKey(other) === listenKey(listen))) {
        this.#report([...path, index], "contradiction", text("与上面的一条完全相同", "Cannot list the same port and source twice"));
      }
    }
    return result.sort((a, b) => (listenKey(a) < listenKey(b) ? -1 : 1));
  }

  #listenFrom(path: Path, from: string): ListenFrom {
    if (from === "internet" || from === "self") return { kind: from };
    if (from === "0.0.0.0/0") {
      this.#report(
        path,
        "contradiction",
        text("0.0.0.0/0 就是互联网，请写 internet", "Cannot accept 0.0.0.0/0 as a network: that is the internet, write internet"),
      );
    }
    if (from !== "tenant") return { kind: "cidr", cidr: from };
    if (this.#tenant !== undefined && this.#tenant.range === undefined) {
      this.#report(
        path,
        "contradiction",
        text("from: tenant 指本单位网段，但 tenant.yaml 没有 range", "Cannot listen to tenant: tenant.yaml of this bureau has no range"),
      );
    }
    return { kind: "tenant", cidr: this.#tenant?.range ?? "" };
  }

  #checkImage(path: Path, key: string, pool: string, family: ServerGroup["family"] | undefined): void {
    const { images } = this.#catalogue;
    const image = images.get(key);
    const fitting = [...images.values()]
      .filter((each) => each.pools[pool] !== undefined && (family === undefined || each.families.includes(family)))
      .map((each) => each.key);
    if (image === undefined || image.pools[pool] === undefined) this.#unknown(path, "镜像", "image", key, fitting);
    else if (family !== undefined && !image.families.includes(family)) {
      this.#report(
        path,
        "contradiction",
        text(
          `镜像 ${key} 不能用于 ${family}；可用：${fitting.join("、")}`,
          `Cannot run image ${key} on family ${family}: wanted one of ${fitting.join(", ")}`,
        ),
      );
    }
  }

  #checkBootDisk(path: Path, sizeGb: number, key: string): void {
    const least = this.#catalogue.images.get(key)?.minDiskGb ?? 0;
    if (sizeGb < least) {
      this.#report(
        path,
        "out-of-range",
        text(`系统盘 ${sizeGb} GB 放不下镜像 ${key}，至少 ${least} GB`, `Cannot boot image ${key} from ${sizeGb} GB: it needs ${least} GB`),
      );
    }
  }

  #checkRack<R>(path: Path, key: string, racks: Readonly<Record<string, R>>): R | undefined {
    const rack = Object.hasOwn(racks, key) ? racks[key] : undefined;
    if (rack === undefined) this.#unknown(path, "机柜", "rack", key, Object.keys(racks));
    return rack;
  }

  #unknown(path: Path, zh: string, en: string, found: string, known: readonly string[]): void {
    this.#diagnostics.push(
      diagnose(
        this.#source,
        path,
        "unknown-reference",
        text(
          `没有${zh}“${found}”；可用：${known.join("、") || "无"}`,
          `Cannot find ${en} "${found}": wanted one of ${known.join(", ") || "none"}`,
        ),
        { didYouMean: didYouMean(found, known) },
      ),
    );
  }

  #report(path: Path, code: Diagnostic["code"], message: Diagnostic["message"], on: "key" | "value" = "value"): void {
    this.#diagnostics.push(diagnose(this.#source, path, code, message, { on }));
  }
}

/** A port and source as one word, for comparing and sorting. */
function listenKey({ protocol, port, from }: Listen): string {
  return `${protocol}-${String(port).padStart(5, "0")}-${from.kind === "tenant" || from.kind === "cidr" ? from.cidr : from.kind}`;
}

function sortedEntries<V>(record: Readonly<Record<string, V>> | undefined): [string, V][] {
  return Object.entries(record ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
