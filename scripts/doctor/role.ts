import { text } from "../../catalog/text.ts";
import type { Finding, PoolCheck } from "./check.ts";

/** Who signed in, and whether that is the operator of the catalogue: its role in every system's project is what lets the rest be made there. */
export const checkRole: PoolCheck = async ({ key, openstack }, client) => {
  const id = `role/${key}`;
  const { user, project, roles } = client.session;
  const wrong: Finding[] = [];
  const differs = (what: string, found: string, wanted: string) =>
    wrong.push({
      id,
      result: "failed",
      message: text(`${what} 是 ${found}，catalog/pools.yaml 写的是 ${wanted}`, `${what} is ${found}, catalog/pools.yaml has ${wanted}`),
      remedy: text("改正 catalog/pools.yaml，或换用目录里写的账号", "correct catalog/pools.yaml, or use the account that it names"),
    });
  if (user.id !== openstack.operator.userId) differs("operator.userId", user.id, openstack.operator.userId);
  if (project.domainId !== openstack.domainId) differs("domainId", project.domainId, openstack.domainId);
  const role = await client.find("identity", `roles/${encodeURIComponent(openstack.operator.roleId)}`);
  if (role === undefined)
    wrong.push({
      id,
      result: "failed",
      message: text(`云里没有角色 ${openstack.operator.roleId}`, `the cloud has no role ${openstack.operator.roleId}`),
      remedy: text("改正 catalog/pools.yaml 的 operator.roleId", "correct operator.roleId in catalog/pools.yaml"),
    });
  if (wrong.length > 0) return wrong;
  const names = roles.join(", ");
  const message = text(`${user.name} 在 ${project.name} 的角色：${names}`, `${user.name} has these roles in ${project.name}: ${names}`);
  // Another role may have been given the same rights; only an attempt would tell.
  return roles.includes("admin")
    ? [{ id, result: "ok", message }]
    : [
        {
          id,
          result: "warning",
          message,
          remedy: text(
            "确认其中一个角色可以建项目、配额和规格（通常是 admin）",
            "make sure that one of them may make projects, quotas and flavors (admin as a rule)",
          ),
        },
      ];
};
