import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Option } from "commander";
import { contractAt, priceBookAt } from "../catalog/catalogue.ts";
import { synthesise } from "../stacks/build-app.ts";
import { PLATFORM } from "../stacks/platform-stack.ts";
import { CloudClient } from "./cloud/cloud-client.ts";
import { readCredentials } from "./cloud/sign-in.ts";
import type { CommandDefinition } from "./command.ts";
import { composeApp } from "./compose-app.ts";
import { type DriftFound, lookForDrift } from "./drift/look-for-drift.ts";
import { type DriftResult, driftResult } from "./drift/result.ts";
import { systemsWithState } from "./drift/systems-with-state.ts";
import { cancelOnSignals } from "./engine/cancel.ts";
import { addEngineOptions, type EngineOptions, engineContext, jobsOf } from "./engine/engine-options.ts";
import { findEngine } from "./engine/find-engine.ts";
import { readStateStore, type StateStore } from "./engine/state-store.ts";
import { addOutOption, addTreeOptions, collect, REPOSITORY, readDay, readHead, type TreeOptions } from "./options.ts";
import { writeResult } from "./output.ts";
import type { CheckedTree } from "./plan/read-tree.ts";
import { renderDrift } from "./render/drift-text.ts";
import { progressLine } from "./render/engine-progress.ts";
import { jsonText } from "./render/json-text.ts";
import { paintFor, plain } from "./render/style.ts";

interface DriftOptions extends TreeOptions, EngineOptions {
  readonly system?: readonly string[];
  readonly format: "text" | "json";
}

export const command: CommandDefinition = {
  name: "drift",
  summary:
    "漂移：谁绕过 Terraform 改了什么，项目里还有什么不归任何状态管 / What was changed behind Terraform's back, and what no state holds",
  examples: [
    "npm run drift",
    "npm run drift -- --system hrss/social-insurance",
    "npm run drift -- --format json --out drift.json    # 有漂移时退出码 2 / exit code 2 where there is any drift",
  ],
  configure: (parser) => {
    addOutOption(addEngineOptions(addTreeOptions(parser)))
      .option("--system <id...>", "只看这些系统，默认所有有状态的 / these systems only, default: all that have a state", collect)
      .addOption(new Option("--format <format>", "输出格式 / output format").choices(["text", "json"]).default("text"));
  },
  run,
};

const EXIT_CODES: Readonly<Record<DriftResult["verdict"], number>> = { none: 0, drift: 2, failed: 1 };

/** Looks at every system that has a state; 2 where anything drifted, 1 where something could not be seen. */
async function run(options: DriftOptions): Promise<number> {
  const { lang, format, out } = options;
  const at = readDay(options.at);
  const head = readHead(options);
  const store = readStateStore(process.env, REPOSITORY);
  const ids = [PLATFORM, ...head.declarations.systems.map(({ id }) => id)];
  const known = await systemsWithState(store, ids, options.system);
  const found = known.toLookAt.size === 0 ? [] : await look(head, known.toLookAt, { options, at, store });
  const result = driftResult(found, known, { at, lang });
  writeResult(
    format === "json" ? jsonText(result) : renderDrift(result, { lang, paint: out === undefined ? paintFor(process.stdout) : plain }),
    out,
  );
  return EXIT_CODES[result.verdict];
}

async function look(
  head: CheckedTree,
  only: ReadonlySet<string>,
  { options, at, store }: { readonly options: DriftOptions; readonly at: ReturnType<typeof readDay>; readonly store: StateStore },
): Promise<readonly DriftFound[]> {
  const { catalogue, declarations } = head;
  const engine = await findEngine();
  const { signal, release } = cancelOnSignals();
  const root = mkdtempSync(join(tmpdir(), "govcloud-drift-"));
  const pools = new Map(declarations.systems.map(({ id, pool }) => [id, catalogue.pools.get(pool)]));
  try {
    const context = engineContext(engine, store, { ...options, repository: REPOSITORY, cloud: true, signal, environment: process.env });
    // What waivers let stand is no matter here: nothing is judged.
    const { stacks } = composeApp({ head, waivers: [] }, at, { only });
    return await lookForDrift(
      [...stacks].map(([id, stack]) => ({ id, stack: stack.node.id, json: synthesise(stack), pool: pools.get(id) })),
      {
        root,
        jobs: jobsOf(options),
        context,
        progress: (event) => process.stderr.write(progressLine(event, options.lang)),
        catalogue,
        book: priceBookAt(catalogue, contractAt(catalogue, at), at),
        signIn: async (pool, project) =>
          await CloudClient.signIn(pool, project, { credentials: readCredentials(process.env), environment: process.env }),
      },
    );
  } finally {
    release();
    rmSync(root, { recursive: true, force: true });
  }
}
