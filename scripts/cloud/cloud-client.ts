import type { Pool } from "../../catalog/pool.ts";
import { text } from "../../catalog/text.ts";
import { type Answer, place, under } from "../http/exchange.ts";
import { CloudFailure } from "./cloud-failure.ts";
import { type Http, type HttpOptions, openHttp } from "./http.ts";
import { readAnswer, wordsOf } from "./read-answer.ts";
import { type Credentials, identityUrl, type Session, signIn } from "./sign-in.ts";

export type Service = "identity" | "compute" | "network" | "volume" | "image" | "share" | "object" | "load-balancer" | "placement";

/** How a service is found in Keystone's catalogue, and what its addresses begin with where its endpoint names no version. */
const SERVICES: Readonly<Record<Service, { readonly types: readonly string[]; readonly version: string }>> = {
  identity: { types: ["identity"], version: "v3" },
  compute: { types: ["compute"], version: "v2.1" },
  network: { types: ["network"], version: "v2.0" },
  volume: { types: ["block-storage", "volumev3"], version: "" },
  image: { types: ["image"], version: "v2" },
  share: { types: ["shared-file-system", "sharev2"], version: "v2" },
  object: { types: ["object-store"], version: "" },
  "load-balancer": { types: ["load-balancer"], version: "v2" },
  placement: { types: ["placement"], version: "" },
};

export interface ReadOptions {
  readonly query?: Readonly<Record<string, string>>;
  /** Microversion; the oldest one where none is given. */
  readonly version?: string;
}

/** One object of an API's answer; nothing about it is certain. */
export type CloudObject = Readonly<Record<string, unknown>>;

const MOST_PAGES = 10_000;

/** Reads one pool's cloud within one project. Nothing that it does changes the cloud. */
export class CloudClient {
  readonly pool: Pool;
  readonly session: Session;
  readonly #http: Http;

  private constructor(pool: Pool, session: Session, http: Http) {
    this.pool = pool;
    this.session = session;
    this.#http = http;
  }

  /** Signs in to a project of a pool, by its name. Throws {@link CloudFailure}, as every method here does. */
  static async signIn(
    pool: Pool,
    project: string,
    { credentials, ...options }: HttpOptions & { readonly credentials: Credentials },
  ): Promise<CloudClient> {
    const http = openHttp(options);
    return new CloudClient(pool, await signIn(http, pool, project, credentials), http);
  }

  /** Whether the pool's region has the service. */
  has(service: Service): boolean {
    return this.#endpoint(service) !== undefined;
  }

  /** The object at an address of a service. */
  async read(service: Service, path: string, options: ReadOptions = {}): Promise<CloudObject> {
    const url = this.address(service, path, options);
    const answer = await this.#get(service, url, options);
    return readAnswer(answer, url) as CloudObject;
  }

  /** The same, undefined where the service says that there is no such thing. */
  async find(service: Service, path: string, options: ReadOptions = {}): Promise<CloudObject | undefined> {
    const url = this.address(service, path, options);
    const answer = await this.#get(service, url, options, [404]);
    return answer.status === 404 ? undefined : (readAnswer(answer, url) as CloudObject);
  }

  /** Headers of an answer: where Swift tells what its JSON does not. */
  async headers(service: Service, path: string, options: ReadOptions = {}): Promise<Answer["headers"]> {
    return (await this.#get(service, this.address(service, path, options), options)).headers;
  }

  /** Every item of a list, page after page; `key` is what the answer calls it. */
  async list(service: Service, path: string, key: string, options: ReadOptions = {}): Promise<CloudObject[]> {
    const items: CloudObject[] = [];
    const asked = new Set<string>();
    for (let query: Readonly<Record<string, string>> | undefined = options.query ?? {}; query !== undefined; ) {
      const url = this.address(service, path, { query });
      // A cloud that sends the same page again would be asked for ever.
      if (asked.has(url.search) || asked.size >= MOST_PAGES) throw endless(url);
      asked.add(url.search);
      const page = readAnswer(await this.#get(service, url, options), url) as CloudObject;
      const found = page[key];
      if (!Array.isArray(found)) throw withoutList(url, key);
      items.push(...(found as CloudObject[]));
      query = found.length === 0 ? undefined : nextQuery(page, key, query);
    }
    return items;
  }

  /** Every item of a list that is paged by number alone (Manila) or by the last item's name (Swift, whose answer is the list itself). */
  async listBy(
    page: "offset" | "name",
    service: Service,
    path: string,
    options: ReadOptions & { readonly key?: string; readonly pageSize?: number } = {},
  ): Promise<CloudObject[]> {
    const items: CloudObject[] = [];
    const limit = options.pageSize ?? 1000;
    for (let asked = 0; asked < MOST_PAGES; asked += 1) {
      const last = items.at(-1)?.["name"];
      const from = page === "offset" ? { offset: String(items.length) } : last === undefined ? {} : { marker: String(last) };
      const url = this.address(service, path, { query: { ...options.query, limit: String(limit), ...from } });
      const answer = await this.#get(service, url, options);
      const value = answer.status === 204 ? [] : readAnswer(answer, url);
      const found = options.key === undefined ? value : (value as CloudObject)[options.key];
      if (!Array.isArray(found)) throw withoutList(url, options.key ?? "[]");
      if (found.length === 0) return items;
      items.push(...(found as CloudObject[]));
    }
    throw endless(this.address(service, path, {}));
  }

  #endpoint(service: Service): URL | undefined {
    if (service === "identity") return identityUrl(this.pool);
    const { types, version } = SERVICES[service];
    for (const type of types) {
      const found = this.session.endpoints.find((each) => each.service === type && each.region === this.pool.openstack.region);
      if (found !== undefined) return version === "" || /\/v\d/.test(found.url.pathname) ? found.url : under(found.url, version);
    }
    return undefined;
  }

  /** Address of something that a service of the pool's region has. */
  address(service: Service, path: string, { query = {} }: ReadOptions = {}): URL {
    const endpoint = this.#endpoint(service);
    if (endpoint === undefined) {
      const regions = [...new Set(this.session.endpoints.map(({ region }) => region))].sort().join(", ");
      const { types } = SERVICES[service];
      const { region } = this.pool.openstack;
      throw new CloudFailure(
        "no-service",
        text(
          `资源池 ${this.pool.key}：服务目录的区域 ${region} 里没有 ${types[0]}（目录里的区域：${regions || "无"}）`,
          `Cannot find service ${types[0]} of region ${region} in pool ${this.pool.key}: the service catalogue has regions ${regions || "none"}`,
        ),
      );
    }
    const url = under(endpoint, path);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    return url;
  }

  async #get(service: Service, url: URL, { version }: ReadOptions, allowed: readonly number[] = []): Promise<Answer> {
    const answer = await this.#http.get(url, { "x-auth-token": this.session.token, ...versionHeader(service, version) });
    const { status } = answer;
    if ((status >= 200 && status < 300) || allowed.includes(status)) return answer;
    const words = wordsOf(answer).replaceAll(this.session.token, "***");
    const kind =
      status === 401
        ? "credentials"
        : status === 403
          ? "forbidden"
          : status >= 500 || status === 429
            ? "overloaded"
            : status >= 300 && status < 400
              ? "not-openstack"
              : "refused";
    throw new CloudFailure(
      kind,
      text(`${place(url)} 回答 HTTP ${status}${words}`, `Cannot read ${place(url)}: HTTP ${status}${words}, wanted 200`),
    );
  }
}

/** Manila has a header of its own. */
function versionHeader(service: Service, version: string | undefined): Record<string, string> {
  if (version === undefined) return {};
  return service === "share" ? { "x-openstack-manila-api-version": version } : { "openstack-api-version": `${service} ${version}` };
}

/**
 * What to ask for the next page, from the link that OpenStack sends: `<key>_links` (Nova, Cinder, Neutron, Octavia), `links.next` (Keystone) or `next`
 * (Glance). Only its query is taken: behind a proxy its host is often wrong, and the token goes to the catalogue's addresses alone.
 */
function nextQuery(page: CloudObject, key: string, query: Readonly<Record<string, string>>): Record<string, string> | undefined {
  const links = page[`${key}_links`];
  const rel = Array.isArray(links) ? (links as { rel?: unknown; href?: unknown }[]).find(({ rel }) => rel === "next")?.href : undefined;
  const href = rel ?? (page["links"] as { next?: unknown } | undefined)?.next ?? page["next"];
  const url = typeof href === "string" && href !== "" ? URL.parse(href, "http://next.example") : null;
  return url === null ? undefined : { ...query, ...Object.fromEntries(url.searchParams) };
}

function endless(url: URL): CloudFailure {
  return new CloudFailure("not-openstack", text(`${place(url)} 的分页没有尽头`, `Cannot read ${place(url)}: its pages never end`));
}

function withoutList(url: URL, key: string): CloudFailure {
  return new CloudFailure(
    "not-openstack",
    text(`${place(url)} 的回答里没有列表 ${key}`, `Cannot read ${place(url)}: the answer has no list "${key}"`),
  );
}
