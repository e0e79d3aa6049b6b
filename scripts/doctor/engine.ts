import { text } from "../../catalog/text.ts";
import { findEngine } from "../engine/find-engine.ts";
import type { MachineCheck } from "./check.ts";

/** OpenTofu or Terraform, new enough. */
export const checkEngine: MachineCheck = async ({ environment }) => {
  const { kind, version, path } = await findEngine(environment);
  return [{ id: "engine", result: "ok", message: text(`${kind} ${version}（${path}）`, `${kind} ${version} (${path})`) }];
};
