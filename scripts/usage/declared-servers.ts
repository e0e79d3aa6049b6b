import { type Declaration, type Declarations, stackName } from "../../catalog/declaration.ts";
import { clip } from "../../catalog/source/visible-text.ts";
import { type Text, text } from "../../catalog/text.ts";

/** A server by what its metadata say: `<bureau>/<system>`, key of its group, number from 1. */
export interface ServerName {
  readonly system: string;
  readonly server: string;
  readonly index: number;
}

export type FoundServer = { readonly kind: "declared" } | { readonly kind: "left-out"; readonly reason: Text };

/** Joins what was measured to what is declared. */
export class DeclaredServers {
  readonly #systems: ReadonlyMap<string, Declaration>;
  /** Systems by the name of their project. */
  readonly #projects: ReadonlyMap<string, Declaration>;

  constructor({ systems }: Declarations) {
    this.#systems = new Map(systems.map((system) => [system.id, system]));
    this.#projects = new Map(systems.map((system) => [stackName(system.id), system]));
  }

  /** Whether a server is declared, and of a kind that has sizes; else why what was measured of it is left out. */
  find({ system, server, index }: ServerName): FoundServer {
    const declaration = this.#systems.get(system);
    if (declaration === undefined) return leftOut(`没有申报的系统 ${clip(system)}`, `system ${clip(system)} is not declared`);
    if (declaration.stage === "retired") return leftOut(`系统 ${system} 已下线`, `system ${system} is retired`);
    if (declaration.gpuServers.some(({ key }) => key === server))
      return leftOut(`${server} 是 GPU 服务器，规格固定`, `${server} are GPU servers, whose size is fixed`);
    const group = declaration.servers.find(({ key }) => key === server);
    if (group === undefined) return leftOut(`${system} 没有申报服务器 ${clip(server)}`, `${system} declares no server ${clip(server)}`);
    if (index > group.count) {
      return leftOut(
        `${system} 的 ${server} 只申报了 ${group.count} 台，没有第 ${index} 台`,
        `${system} declares ${group.count} of ${server}: there is no number ${index}`,
      );
    }
    return { kind: "declared" };
  }

  /** The server of a project's name and its own (`hrss--social-insurance`, `hrss--social-insurance-app-1`); undefined where they do not belong together. */
  byNames(project: string, name: string): ServerName | undefined {
    const declaration = this.#projects.get(project);
    const parts = /^(.+)-([1-9]\d{0,5})$/.exec(name.startsWith(`${project}-`) ? name.slice(project.length + 1) : "");
    if (declaration === undefined || parts === null) return undefined;
    return { system: declaration.id, server: parts[1] ?? "", index: Number(parts[2]) };
  }
}

function leftOut(zh: string, en: string): FoundServer {
  return { kind: "left-out", reason: text(zh, en) };
}
