import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { until } from "../openstack/by-hand.ts";
import { askCluster } from "./client.ts";

/** Where the API server is and who may enter. */
export interface ClusterFacts {
  readonly host: string;
  readonly caCertificate: string;
  readonly token: string;
}

export type LoopbackCluster =
  | { readonly kind: "running"; readonly facts: ClusterFacts }
  | { readonly kind: "missing"; readonly reason: string };

declare module "vitest" {
  export interface ProvidedContext {
    kubernetes: LoopbackCluster;
  }
}

const FOLDER = fileURLToPath(new URL(".", import.meta.url));
const LAST_BUILT = "kube-apiserver";

/** Starts a Kubernetes control plane for a run of the tests and stops it afterwards; where it cannot be started the tests are given the reason. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const { openstack } = project.getProvidedContext() as { readonly openstack?: { readonly kind: string; readonly reason?: string } };
  const reason = openstack?.kind === "running" ? whyNot() : openstack?.reason;
  if (reason !== undefined) {
    process.stderr.write(`the tests on Kubernetes are skipped: ${reason}\n`);
    project.provide("kubernetes", { kind: "missing", reason });
    return undefined;
  }
  const { facts, stop } = await startCluster();
  project.provide("kubernetes", { kind: "running", facts });
  return stop;
}

/** Why no control plane can be started here. */
function whyNot(): string | undefined {
  if (existsSync(join(binaries(), LAST_BUILT))) return undefined;
  if (spawnSync("go", ["version"]).status !== 0) return "Go, which builds Kubernetes, is not on PATH";
  process.stderr.write("building Kubernetes, once for this version …\n");
  const { status, stderr } = spawnSync("nice", ["bash", join(FOLDER, "build.sh"), binaries()], { encoding: "utf8" });
  return status === 0 ? undefined : `Kubernetes cannot be built: ${stderr.trim().split("\n").at(-1)}`;
}

/** Folder of the built binaries, by the version that go.mod pins. */
function binaries(): string {
  const version = /^\s*(?:require )?k8s\.io\/kubernetes (v\S+)$/m.exec(readFileSync(join(FOLDER, "go.mod"), "utf8"))?.[1];
  if (version === undefined) throw new Error("Cannot find the version of k8s.io/kubernetes in test/kubernetes/go.mod");
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  return join(process.env["GOVCLOUD_KUBERNETES"] ?? join(cache, "govcloud/kubernetes"), version);
}

/**
 * Starts etcd, the API server and the two controllers without which quotas and deleted namespaces wait for ever. No node: deployments are kept and
 * no pod runs.
 */
async function startCluster(): Promise<{ readonly facts: ClusterFacts; readonly stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), "govcloud-kubernetes-"));
  const children: ChildProcess[] = [];
  const stop = async () => {
    for (const child of children.reverse()) await end(child);
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const start = (name: string, args: Readonly<Record<string, string>>) => children.push(startBinary(name, args, folder));
    const [client, peer, secure] = [await freePort(), await freePort(), await freePort()];
    const token = randomBytes(24).toString("base64url");
    const [tokens, key, certificates] = ["tokens.csv", "service-accounts.key", "certificates"].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ];
    writeFileSync(tokens, `${token},operator,operator,system:masters\n`, { mode: 0o600 });
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeFileSync(key, privateKey.export({ type: "pkcs1", format: "pem" }), { mode: 0o600 });
    start("etcd", {
      "data-dir": join(folder, "etcd"),
      "listen-client-urls": `http://127.0.0.1:${client}`,
      "advertise-client-urls": `http://127.0.0.1:${client}`,
      "listen-peer-urls": `http://127.0.0.1:${peer}`,
      "initial-advertise-peer-urls": `http://127.0.0.1:${peer}`,
      "initial-cluster": `default=http://127.0.0.1:${peer}`,
      "log-level": "error",
    });
    start("kube-apiserver", {
      "etcd-servers": `http://127.0.0.1:${client}`,
      "bind-address": "127.0.0.1",
      "secure-port": String(secure),
      "cert-dir": certificates,
      "token-auth-file": tokens,
      "authorization-mode": "RBAC",
      "service-account-issuer": "https://kubernetes.default.svc",
      "service-account-key-file": key,
      "service-account-signing-key-file": key,
      "service-cluster-ip-range": "10.96.0.0/16",
    });
    const certificate = join(certificates, "apiserver.crt");
    const host = `https://127.0.0.1:${secure}`;
    const facts = await until("the API server", async () => {
      const died = children.find(({ exitCode }) => exitCode !== null);
      if (died !== undefined) throw new Error(`Cannot start Kubernetes: ${died.spawnfile} ended\n${logsIn(folder)}`);
      if (!existsSync(certificate)) return undefined;
      const facts = { host, caCertificate: readFileSync(certificate, "utf8"), token };
      const { status } = await askCluster(facts, "GET", "/readyz").catch(() => ({ status: 0 }));
      return status === 200 ? facts : undefined;
    });
    const configuration = join(folder, "kubeconfig.json");
    writeFileSync(configuration, JSON.stringify(kubeconfig(facts)), { mode: 0o600 });
    start("kube-controller-manager", {
      kubeconfig: configuration,
      controllers: "resourcequota-controller,namespace-controller",
      "leader-elect": "false",
      "secure-port": "0",
    });
    return { facts, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function startBinary(name: string, args: Readonly<Record<string, string>>, folder: string): ChildProcess {
  mkdirSync(folder, { recursive: true });
  const log = openSync(join(folder, `${name}.log`), "a");
  return spawn(
    join(binaries(), name),
    Object.entries(args).map(([option, value]) => `--${option}=${value}`),
    { stdio: ["ignore", log, log], cwd: folder, env: {} },
  );
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  const killer = setTimeout(() => child.kill("SIGKILL"), 10_000);
  await ended;
  clearTimeout(killer);
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

function kubeconfig({ host, caCertificate, token }: ClusterFacts): object {
  const name = "loopback";
  return {
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    contexts: [{ name, context: { cluster: name, user: name } }],
    clusters: [{ name, cluster: { server: host, "certificate-authority-data": Buffer.from(caCertificate).toString("base64") } }],
    users: [{ name, user: { token } }],
  };
}

function logsIn(folder: string): string {
  return ["etcd", "kube-apiserver"]
    .map((name) => join(folder, `${name}.log`))
    .filter((path) => existsSync(path))
    .map((path) => readFileSync(path, "utf8").slice(-2000))
    .join("\n");
}
