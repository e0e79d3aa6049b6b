import { clip } from "../../source/visible-text.ts";
import { text } from "../../text.ts";
import type { Configuration } from "./configuration.ts";
import type { ListingKey } from "./cut-listings.ts";
import type { Path, PlanFile } from "./parse-plan-file.ts";
import { type Fields, isRecord } from "./read-values.ts";

/** Oldest minor version of either engine, major 1, whose plans tell whether planning failed. */
const OLDEST_MINOR = 6;

/** Refuses what is no plan, not of a known format, or not finished (formats: "JSON Output Format" of Terraform and OpenTofu). */
export function checkHeader(file: PlanFile): Fields | undefined {
  const plan = file.value;
  if (!isRecord(plan)) {
    file.report([], "wrong-type", text("不是计划：最外层须是一个对象", "Cannot read the plan: wanted an object, the output of show -json"));
    return undefined;
  }
  const format = plan["format_version"];
  if (typeof format !== "string" || !/^1\.\d{1,6}$/.test(format)) {
    file.report(
      ["format_version"],
      format === undefined ? "missing-key" : "not-allowed",
      text(
        `不认识的计划格式版本 ${written(format)}，只认 1.x`,
        `Cannot read the plan: its format_version is ${written(format)}; wanted 1.x, as terraform or tofu show -json writes it`,
      ),
    );
    return undefined;
  }
  const version = plan["terraform_version"];
  const [, major, minor] = typeof version === "string" ? (/^(\d{1,6})\.(\d{1,6})\./.exec(version) ?? []) : [];
  if (major === undefined || Number(major) < 1 || (Number(major) === 1 && Number(minor) < OLDEST_MINOR)) {
    file.report(
      ["terraform_version"],
      version === undefined ? "missing-key" : "not-allowed",
      text(
        `计划由 ${written(version)} 版引擎生成；需要 Terraform 或 OpenTofu 1.${OLDEST_MINOR} 及以上`,
        `Cannot read the plan: it was made by version ${written(version)}; wanted Terraform or OpenTofu 1.${OLDEST_MINOR} or later`,
      ),
    );
  }
  checkFinished(file, plan);
  return plan;
}

function checkFinished(file: PlanFile, plan: Fields): void {
  if (plan["errored"] !== false)
    file.report(
      ["errored"],
      plan["errored"] === undefined ? "missing-key" : "not-allowed",
      plan["errored"] === true
        ? text(
            "计划出错，不完整；请修正后重新计划",
            "Cannot read the plan: planning failed, so it is not whole; wanted a plan that succeeded",
          )
        : text(
            "没有写明计划是否出错（errored）",
            "Cannot read the plan: it does not say whether planning failed; wanted errored to be false",
          ),
    );
  // Engines without the field (OpenTofu, Terraform before 1.8) are held against their state and configuration instead.
  if (plan["complete"] !== undefined && plan["complete"] !== true)
    file.report(
      ["complete"],
      "not-allowed",
      text(
        "计划不完整（-target，或有推迟的改动）；需要完整的计划",
        "Cannot read the plan: it is not complete (-target, or deferred changes); wanted a plan of everything",
      ),
    );
  for (const key of ["deferred_changes", "deferred_action_invocations", "action_invocations"]) {
    const list = plan[key];
    if (list === undefined || list === null || (Array.isArray(list) && list.length === 0)) continue;
    file.report(
      [key],
      "not-allowed",
      key === "action_invocations"
        ? text(
            "计划会执行无法判断的动作",
            "Cannot read the plan: it runs actions that nobody here can judge; wanted changes of resources alone",
          )
        : text("计划有推迟的改动", "Cannot read the plan: it defers changes; wanted a plan of everything"),
    );
  }
  for (const key of ["resource_changes", "resource_drift"])
    if (plan[key] !== undefined && plan[key] !== null && !Array.isArray(plan[key]))
      file.report([key], "wrong-type", text(`${key} 须是列表`, `Cannot read the plan: wanted ${key} to be a list`));
}

/** Where the resources are listed once more. */
const MODULES: readonly (readonly [ListingKey, Path])[] = [
  ["planned_values", ["planned_values", "root_module"]],
  ["prior_state", ["prior_state", "values", "root_module"]],
];

/**
 * Refuses a plan that leaves out resources: of the state or of what is planned (made with -target or -refresh-only, or cut by hand), since a resource that
 * is not listed would cost nothing and harm nothing.
 *
 * @param known addresses of the changes in their order, and then those that they moved from.
 * @param creates whether it makes or keeps anything; what is destroyed whole need not hold all of its configuration.
 */
export function checkWhole(file: PlanFile, plan: Fields, configuration: Configuration, known: ReadonlySet<string>, creates: boolean): void {
  const missing = new Map<string, Path>();
  const inOrder = [...known];
  let next = 0;
  const isListed = (address: string) => {
    // Most stand in the order of the changes, which spares looking them up.
    if (address === inOrder[next]) next += 1;
    else if (address === inOrder[next + 1]) next += 2;
    else return known.has(address);
    return true;
  };
  // Where they stand is worked out for the missing alone.
  const note = (address: string, path: () => Path) => {
    if (!isListed(address)) missing.set(address, path());
  };
  for (const [key, path] of MODULES) {
    next = 0;
    if (file.addressesIn(key)?.every(isListed)) continue;
    next = 0;
    eachResource(
      path.slice(1).reduce<unknown>((part, step) => (isRecord(part) ? part[step] : undefined), file.listing(key)),
      () => path,
      note,
    );
  }
  next = 0;
  if (plan["complete"] === undefined && creates) for (const address of configuration.single) note(address, () => ["configuration"]);
  for (const [address, path] of missing)
    file.report(
      path,
      "contradiction",
      text(
        `资源 ${clip(address, 80)} 不在计划的改动里；需要列出全部资源的计划（不用 -target、-refresh-only）`,
        `Cannot read the plan: ${clip(address, 80)} is not among its changes; wanted a plan of everything, made without -target and -refresh-only`,
      ),
    );
}

/** Visits the managed resources of a module and of those inside it, however deep: these parts of a plan are looked through for nothing else. */
function eachResource(root: unknown, rootPath: () => Path, visit: (address: string, path: () => Path) => void): void {
  const modules = [{ module: root, path: rootPath }];
  for (let next = modules.pop(); next !== undefined; next = modules.pop()) {
    const { module, path } = next;
    if (!isRecord(module)) continue;
    const { resources, child_modules: children } = module;
    for (const [index, resource] of (Array.isArray(resources) ? (resources as unknown[]) : []).entries()) {
      if (!isRecord(resource) || resource["mode"] !== "managed" || resource["deposed_key"] !== undefined) continue;
      const address = resource["address"];
      if (typeof address === "string") visit(address, () => [...path(), "resources", index]);
    }
    for (const [index, child] of (Array.isArray(children) ? (children as unknown[]) : []).entries())
      modules.push({ module: child, path: () => [...path(), "child_modules", index] });
  }
}

/** A version as it may be repeated; anything else is not. */
function written(version: unknown): string {
  return typeof version === "string" ? `"${clip(version, 20)}"` : version === undefined ? "—" : "?";
}
