import type { SystemSubject } from "../../../policies/policy.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";
import { resources } from "./secured.ts";

const planned = (bodies: Parameters<typeof resources>[0]) => systemSubject(undefined, { resources: resources(bodies) });

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "密钥对只写公钥", en: "a key pair with its public key" },
    subject: planned({ "openstack_compute_keypair_v2.ops": { name: "ops", public_key: "ssh-ed25519 AAAAC3Nza ops" } }),
    verdict: "pass",
    finds: [],
  },
  { example: { zh: "没有密钥的系统", en: "a system without any key" }, subject: planned({}), verdict: "pass", finds: [] },
  {
    example: { zh: "密钥对没有公钥，私钥会留在状态里", en: "a key pair without a public key, whose private key would lie in the state" },
    subject: planned({ "openstack_compute_keypair_v2.ops": { name: "ops" } }),
    verdict: "violation",
    finds: [
      "violation openstack_compute_keypair_v2.ops#public_key: Cannot leave public_key out: the private key would be generated into the state",
    ],
  },
  {
    example: { zh: "公钥的位置写了私钥", en: "a private key where the public one belongs" },
    subject: planned({ "openstack_compute_keypair_v2.ops": { public_key: `-----BEGIN OPENSSH ${"PRIVATE"} KEY-----` } }),
    verdict: "violation",
    finds: ["violation openstack_compute_keypair_v2.ops#public_key: Cannot accept a private key as public_key (not shown here)"],
  },
  {
    example: { zh: "公钥要到执行后才知道", en: "a public key that only the apply will tell" },
    subject: planned({ "openstack_compute_keypair_v2.ops": { public_key: "${tls_private_key.ops.public_key_openssh}" } }),
    verdict: "undetermined",
    finds: [
      "undetermined openstack_compute_keypair_v2.ops#public_key: Cannot tell public_key before apply: wanted a public key, written out",
    ],
  },
  {
    example: {
      zh: "密钥内容经过 Terraform（plans/key-manager.json）",
      en: "a secret's payload through Terraform (plans/key-manager.json)",
    },
    subject: planned({ "openstack_keymanager_secret_v1.key": { name: "key", payload: "test-only key", secret_type: "opaque" } }),
    verdict: "violation",
    finds: [
      "violation openstack_keymanager_secret_v1.key#payload: Cannot give payload to openstack_keymanager_secret_v1: it stands in the state in clear (not shown here)",
    ],
  },
  {
    example: {
      zh: "用户口令和应用凭据（plans/identity.json）",
      en: "a user's password and an application credential (plans/identity.json)",
    },
    subject: planned({
      "openstack_identity_user_v3.u": { name: "shop-ops", password: "test-only-Passw0rd" },
      "openstack_identity_application_credential_v3.c": { name: "shop-pipeline", secret: "test-only-secret" },
    }),
    verdict: "violation",
    finds: [
      "violation openstack_identity_application_credential_v3.c#: Cannot plan openstack_identity_application_credential_v3: it puts an application credential's secret into the state",
      "violation openstack_identity_user_v3.u#password: Cannot give password to openstack_identity_user_v3: it stands in the state in clear (not shown here)",
    ],
  },
  {
    example: { zh: "资源类型叫 constructor，不是登记过的类型", en: "a resource type called constructor, which is none of the known ones" },
    subject: planned({ "constructor.x": {}, "hasOwnProperty.x": {}, "__proto__.x": {} }),
    verdict: "pass",
    finds: [],
  },
  { example: { zh: "平台，没有密钥", en: "the platform, which has no key" }, subject: PLATFORM, verdict: "pass", finds: [] },
];
