// The CDKTF application that cdktf.json runs: `npm run cdktf -- list | synth | plan <stack>`.
import { InvalidInput, InvalidRequest } from "../catalog/source/diagnostic.ts";
import { readDirectoryTree } from "../catalog/source/tree.ts";
import { composeApp } from "./compose-app.ts";
import { readStateStore } from "./engine/state-store.ts";
import { languageOf, REPOSITORY, readDay } from "./options.ts";
import { readRequest } from "./plan/read-request.ts";
import { renderDiagnostics } from "./render/diagnostics.ts";
import { terminalSafe } from "./render/escape.ts";
import { makeStateFolder } from "./state/state-folder.ts";

try {
  const tree = readDirectoryTree(process.env["GOVCLOUD_TREE"] ?? REPOSITORY, process.env["GOVCLOUD_TREE"] ?? ".");
  const { app, stacks } = composeApp(readRequest(tree, { program: REPOSITORY }), readDay(process.env["GOVCLOUD_AT"]));
  // The same states that plan --online and apply work on, whichever command line touches them.
  const store = readStateStore(process.env, REPOSITORY);
  makeStateFolder(store);
  for (const stack of stacks.values()) stack.keepStateIn(store.backend(stack.node.id));
  app.synth();
} catch (error) {
  const lang = languageOf(process.env);
  if (error instanceof InvalidInput) process.stderr.write(renderDiagnostics(error.diagnostics, lang));
  else if (error instanceof InvalidRequest) process.stderr.write(`${terminalSafe(error.in(lang))}\n`);
  else process.stderr.write(`${terminalSafe(error instanceof Error ? error.message : String(error))}\n`);
  process.exitCode = error instanceof InvalidInput || error instanceof InvalidRequest ? 3 : 1;
}
