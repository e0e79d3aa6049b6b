import { $ } from "zx";
import { readStateStore } from "./engine/state-store.ts";
import { REPOSITORY } from "./options.ts";

// The official command line on this project's application; `cdktf` is installed under the name of its maintained line, cdktn.
$.verbose = false;
const { environment } = readStateStore(process.env, REPOSITORY);
$.env = { ...process.env, ...environment, CHECKPOINT_DISABLE: "1", CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1" };
const { exitCode } = await $({ cwd: REPOSITORY, stdio: "inherit", nothrow: true })`node_modules/.bin/cdktn ${process.argv.slice(2)}`;
process.exitCode = exitCode ?? 1;
