import { readFileSync } from "node:fs";

/** Version of this program, which decides an outcome as much as the data do. */
export const PROGRAM_VERSION = (JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { version: string })
  .version;
