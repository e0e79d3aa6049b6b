import { existsSync } from "node:fs";

const { TF_CLI_CONFIG_FILE } = process.env;

/** Variables of every test. No result depends on the machine: a zone far from Asia/Shanghai, and a language set by each test that prints. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  TZ: "America/Los_Angeles",
  LANG: "C",
  LC_ALL: "",
  NO_COLOR: "1",
  // Terraform complains before every answer of a file that is named and not there.
  ...(TF_CLI_CONFIG_FILE !== undefined && !existsSync(TF_CLI_CONFIG_FILE) ? { TF_CLI_CONFIG_FILE: "" } : {}),
};
