import type { Pool } from "../../catalog/pool.ts";
import { text } from "../../catalog/text.ts";
import { CloudClient } from "../cloud/cloud-client.ts";
import { readCredentials } from "../cloud/sign-in.ts";
import { checkCapacity } from "./capacity.ts";
import { type Finding, failedFinding, type MachineCheck, type PoolCheck, type Surroundings } from "./check.ts";
import { checkClock } from "./clock.ts";
import { checkEngine } from "./engine.ts";
import { checkGit } from "./git.ts";
import { checkKubernetes } from "./kubernetes.ts";
import { checkLocks } from "./locks.ts";
import { checkNode } from "./node-version.ts";
import { checkProviders } from "./providers.ts";
import { checkQuota } from "./quota.ts";
import { checkReferences } from "./references.ts";
import { checkRole } from "./role.ts";
import { checkStateStore } from "./state-store.ts";

const MACHINE_CHECKS = {
  node: checkNode,
  git: checkGit,
  engine: checkEngine,
  providers: checkProviders,
  "state-store": checkStateStore,
  locks: checkLocks,
} as const satisfies Readonly<Record<string, MachineCheck>>;

/** What a pool's cloud is asked once somebody is signed in. */
const POOL_CHECKS = {
  clock: checkClock,
  role: checkRole,
  references: checkReferences,
  quota: checkQuota,
  capacity: checkCapacity,
} as const satisfies Readonly<Record<string, PoolCheck>>;

export type CheckName = keyof typeof MACHINE_CHECKS | "login" | keyof typeof POOL_CHECKS | "kubernetes";

/** Every check, in the order in which they are made and told. */
const CHECK_NAMES = [...Object.keys(MACHINE_CHECKS), "login", ...Object.keys(POOL_CHECKS), "kubernetes"] as readonly CheckName[];

/**
 * Makes checks, this machine's first, then each pool's, all side by side once somebody is signed in. A check that cannot be made is a finding too: it failed, or it was not
 * made because another one had. `only` names the checks to make; `login` is made for whatever needs it and told when it fails.
 */
export async function runChecks(
  surroundings: Surroundings,
  pools: readonly Pool[],
  only: readonly CheckName[] = CHECK_NAMES,
): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const [name, check] of Object.entries(MACHINE_CHECKS)) {
    if (only.includes(name as CheckName)) findings.push(...(await attempt(name, async () => await check(surroundings))));
  }
  const ofPools = await Promise.all(pools.map((pool) => checkPool(pool, surroundings, only)));
  return [...findings, ...ofPools.flat()];
}

async function checkPool(pool: Pool, surroundings: Surroundings, only: readonly CheckName[]): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  const wanted = Object.entries(POOL_CHECKS).filter(([name]) => only.includes(name as CheckName));
  if (wanted.length > 0 || only.includes("login")) {
    const id = `login/${pool.key}`;
    let client: CloudClient | undefined;
    const login = await attempt(id, async () => {
      client = await signIn(pool, surroundings);
      const { user, project } = client.session;
      return [{ id, result: "ok", message: text(`${user.name} 进入项目 ${project.name}`, `${user.name} is in project ${project.name}`) }];
    });
    if (client === undefined || only.includes("login")) findings.push(...login);
    const signedIn = client;
    // Side by side: where one service hangs, each check that asks it takes its whole time limit.
    const made = await Promise.all(
      wanted.map(async ([name, check]) => {
        const own = `${name}/${pool.key}`;
        return signedIn === undefined ? [withoutLogin(own)] : await attempt(own, async () => await check(pool, signedIn, surroundings));
      }),
    );
    findings.push(...made.flat());
  }
  if (only.includes("kubernetes")) {
    findings.push(...(await attempt(`kubernetes/${pool.key}`, async () => [await checkKubernetes(pool, surroundings)])));
  }
  return findings;
}

async function signIn(pool: Pool, { environment, limits }: Surroundings): Promise<CloudClient> {
  return await CloudClient.signIn(pool, pool.openstack.vendingProject, {
    credentials: readCredentials(environment),
    environment,
    ...(limits === undefined ? {} : { limits }),
  });
}

async function attempt(id: string, check: () => Promise<readonly Finding[]>): Promise<readonly Finding[]> {
  try {
    return await check();
  } catch (error) {
    return [failedFinding(id, error)];
  }
}

function withoutLogin(id: string): Finding {
  return { id, result: "not-checked", message: text("没有登录成功，无法检查", "nothing can be said without the login") };
}
