import { declaredPath } from "../../catalog/declared-place.ts";
import type { PlannedResource } from "../../catalog/terraform-plan/planned-resource.ts";
import type { Text } from "../../catalog/text.ts";
import { defineSystemPolicy, pass, type SystemSubject, undetermined, violation } from "../policy.ts";

/** Rejects resources that would leave a private key, a password or another secret in the state, where it stands in clear. */
export const requirePublicKeysOnly = defineSystemPolicy({
  id: "security/require-public-keys-only",
  level: "mandatory",
  waivableBy: "nobody",
  title: { zh: "状态里只有公钥", en: "Only public keys come into the state" },
  why: {
    zh: "Terraform 的计划和状态是明文：由它生成的私钥、写进去的口令，谁能读状态谁就能用",
    en: "Plan and state are in clear: whoever reads them can use a private key that Terraform generates or a secret that it is given",
  },
  clause: "GB/T 22239-2019 8.1.4.8 数据保密性; GB/T 39786-2021 8.4 应用和数据安全",
  remedy: {
    zh: "密钥对只写公钥（public_key），口令和密钥由密钥管理服务（第24项）保管，不经过 Terraform",
    en: "Give key pairs a public key, and leave secrets to key management (line 24), never to Terraform",
  },
  check(subject) {
    return subject.resources.flatMap((resource) => {
      const rule = SECRET_RESOURCES.get(resource.type);
      return rule === undefined ? [] : [verdictOf(subject, resource, rule)];
    });
  },
});

/** `needs`: without it the provider makes a secret; `lacks`: given, it is one; neither: the resource is a secret by itself. */
type Rule = { readonly needs: string } | { readonly lacks: string } | { readonly is: Text };

const SECRET_RESOURCES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["openstack_compute_keypair_v2", { needs: "public_key" }],
  ["openstack_keymanager_secret_v1", { lacks: "payload" }],
  ["openstack_identity_user_v3", { lacks: "password" }],
  ["openstack_db_user_v1", { lacks: "password" }],
  ["openstack_compute_instance_v2", { lacks: "admin_pass" }],
  ["openstack_vpnaas_site_connection_v2", { lacks: "psk" }],
  ["openstack_identity_application_credential_v3", { is: { zh: "应用凭据的密钥", en: "an application credential's secret" } }],
  ["openstack_identity_ec2_credential_v3", { is: { zh: "EC2 凭据的密钥", en: "an EC2 credential's secret" } }],
  ["kubernetes_secret_v1", { is: { zh: "Kubernetes 的 Secret", en: "a Kubernetes secret" } }],
  ["kubernetes_secret", { is: { zh: "Kubernetes 的 Secret", en: "a Kubernetes secret" } }],
  ["tls_private_key", { is: { zh: "私钥", en: "a private key" } }],
  ["random_password", { is: { zh: "生成的口令", en: "a generated password" } }],
]);

function verdictOf({ id, declaration, catalogue }: SystemSubject, resource: PlannedResource, rule: Rule) {
  const { address, type, values, unknown } = resource;
  const attribute = "needs" in rule ? rule.needs : "lacks" in rule ? rule.lacks : "";
  const at = declaration && { file: declaration.source.path, path: declaredPath(declaration, address, catalogue.components) };
  const place = { system: id, address, attribute, ...(at === undefined ? {} : { at }) };
  const value = values[attribute];
  const isGiven = typeof value === "string" ? value !== "" : value !== undefined && value !== null;
  if ("is" in rule)
    return violation(
      place,
      `资源 ${type} 会把${rule.is.zh}写进 Terraform 状态；不能这样建`,
      `Cannot plan ${type}: it puts ${rule.is.en} into the state`,
    );
  if ("lacks" in rule)
    return isGiven || unknown.has(attribute)
      ? violation(
          place,
          `资源 ${type} 的 ${attribute} 会明文写进 Terraform 状态（这里不显示）；应删去`,
          `Cannot give ${attribute} to ${type}: it stands in the state in clear (not shown here)`,
        )
      : pass();
  if (unknown.has(attribute))
    return undetermined(
      place,
      `密钥对的 ${attribute} 要到执行后才知道；应直接写公钥`,
      `Cannot tell ${attribute} before apply: wanted a public key, written out`,
    );
  if (!isGiven)
    return violation(
      place,
      `密钥对没有写 ${attribute}，云会生成私钥并写进 Terraform 状态；应写公钥`,
      `Cannot leave ${attribute} out: the private key would be generated into the state`,
    );
  return /PRIVATE KEY/.test(String(value))
    ? violation(
        place,
        `密钥对的 ${attribute} 里写的是私钥（这里不显示）；应写公钥`,
        `Cannot accept a private key as ${attribute} (not shown here)`,
      )
    : pass();
}
