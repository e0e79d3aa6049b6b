// `npm run bench [name…]`: every benchmark in this folder, or those named. Times are of this machine; ratios can be compared between machines.
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.slice(0, -".bench.ts".length));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (wanted.includes("--help")) {
  process.stdout.write(`npm run bench [-- name…]: ${names.join(", ")}\n`);
} else if (unknown.length > 0) {
  process.stderr.write(`Cannot run ${unknown.join(", ")}: wanted ${names.join(", ")}\n`);
  process.exitCode = 3;
} else {
  for (const name of wanted.length > 0 ? wanted : names) {
    const { run } = (await import(`./${name}.bench.ts`)) as { run: () => void | Promise<void> };
    process.stdout.write(`\n# ${name}\n`);
    await run();
  }
}
