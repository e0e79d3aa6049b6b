import type { SystemSubject } from "../../../policies/policy.ts";
import { declaration, resource, server } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM, systemSubject } from "../subjects.ts";
import { DENY_ALL, deployment, FEW_COMPONENTS, imageOf, inNamespace, resources, SECURED } from "./secured.ts";

const LEVEL_3 = declaration({ mlps: 3, cryptography: true, servers: [server()] });
const planned = (changes: Parameters<typeof resources>[0] = {}) =>
  systemSubject(LEVEL_3, { catalogue: FEW_COMPONENTS, resources: resources({ ...SECURED, ...changes }) });
const UNFENCED =
  "violation kubernetes_namespace_v1.bundle#metadata.name: Cannot run components in namespace hrss--social without a network policy that denies everything in and out by default";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: {
      zh: "组件都在本系统的命名空间里，默认不通，镜像固定",
      en: "components in the system's own closed namespace, each of its pinned image",
    },
    subject: planned(),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "网络策略按 Terraform 计划的写法（块写成列表）", en: "a network policy as a plan writes it, its blocks as lists" },
    subject: planned({
      "kubernetes_network_policy_v1.bundle": {
        metadata: [{ name: "default-deny", namespace: "hrss--social" }],
        spec: [
          { egress: [], ingress: [], pod_selector: [{ match_expressions: [], match_labels: null }], policy_types: ["Ingress", "Egress"] },
        ],
      },
    }),
    verdict: "pass",
    finds: [],
  },
  {
    example: { zh: "组件放进了别的系统的命名空间", en: "a component in another system's namespace" },
    subject: planned({ "kubernetes_service_v1.bundle_waf": inNamespace("waf", "health--other") }),
    verdict: "violation",
    finds: [
      "violation kubernetes_service_v1.bundle_waf#metadata.namespace: Cannot stand in namespace health--other: wanted the system's own, hrss--social",
    ],
  },
  {
    example: { zh: "没有写命名空间，会落到 default", en: "a component without a namespace, which lands in default" },
    subject: planned({ "kubernetes_service_v1.bundle_waf": { metadata: { name: "waf" } } }),
    verdict: "violation",
    finds: [
      'violation kubernetes_service_v1.bundle_waf#metadata.namespace: Cannot leave the namespace out, which means "default": wanted hrss--social',
    ],
  },
  {
    example: { zh: "命名空间要到执行后才知道", en: "a namespace that only the apply will tell" },
    subject: planned({ "kubernetes_service_v1.bundle_waf": inNamespace("waf", "${kubernetes_namespace_v1.bundle.metadata[0].name}") }),
    verdict: "undetermined",
    finds: [
      "undetermined kubernetes_service_v1.bundle_waf#metadata.namespace: Cannot tell its namespace before apply: wanted hrss--social, written out",
    ],
  },
  {
    example: { zh: "没有默认拒绝的网络策略", en: "a namespace that nothing closes" },
    subject: planned({ "kubernetes_network_policy_v1.bundle": undefined }),
    verdict: "violation",
    finds: [UNFENCED],
  },
  {
    example: {
      zh: "网络策略只管进、不管出（如 plans/kubernetes-namespace.json）",
      en: "a policy on what comes in alone (as in plans/kubernetes-namespace.json)",
    },
    subject: planned({ "kubernetes_network_policy_v1.bundle": { ...DENY_ALL, spec: { pod_selector: {}, policy_types: ["Ingress"] } } }),
    verdict: "violation",
    finds: [UNFENCED],
  },
  {
    example: { zh: "网络策略只管一部分组件", en: "a policy on some of the components only" },
    subject: planned({
      "kubernetes_network_policy_v1.bundle": {
        ...DENY_ALL,
        spec: { pod_selector: { match_labels: { "govcloud/component": "waf" } }, policy_types: ["Ingress", "Egress"] },
      },
    }),
    verdict: "violation",
    finds: [UNFENCED],
  },
  {
    example: { zh: "默认策略里开了一个口子", en: "a default policy with a way in" },
    subject: planned({
      "kubernetes_network_policy_v1.bundle": {
        ...DENY_ALL,
        spec: { pod_selector: {}, policy_types: ["Ingress", "Egress"], ingress: [{ from: [{ ip_block: { cidr: "0.0.0.0/0" } }] }] },
      },
    }),
    verdict: "violation",
    finds: [UNFENCED],
  },
  {
    example: { zh: "组件的镜像不是目录里的那个", en: "a component of another image than the catalogue's" },
    subject: planned({ "kubernetes_deployment_v1.bundle_waf": deployment("waf", "docker.io/library/nginx:latest") }),
    verdict: "violation",
    finds: [
      `violation kubernetes_deployment_v1.bundle_waf#spec.template.spec.container.image: Cannot run docker.io/library/nginx:latest as waf: wanted ${imageOf("waf")}`,
    ],
  },
  {
    example: { zh: "运行目录里没有的东西", en: "something that the catalogue does not know" },
    subject: planned({ "kubernetes_deployment_v1.bundle_miner": deployment("miner") }),
    verdict: "violation",
    finds: [
      "violation kubernetes_deployment_v1.bundle_miner#spec.template.spec.container.image: Cannot run miner on the security cluster: the catalogue has no such component",
    ],
  },
  {
    example: { zh: "镜像要到执行后才知道", en: "an image that only the apply will tell" },
    subject: planned({ "kubernetes_deployment_v1.bundle_waf": deployment("waf", "${var.image}") }),
    verdict: "undetermined",
    finds: [
      `undetermined kubernetes_deployment_v1.bundle_waf#spec.template.spec.container.image: Cannot tell the image of waf before apply: wanted ${imageOf("waf")}`,
    ],
  },
  {
    example: { zh: "看不到组件有哪些容器", en: "a component whose containers are not known" },
    subject: planned({ "kubernetes_deployment_v1.bundle_waf": inNamespace("waf") }),
    verdict: "undetermined",
    finds: [
      "undetermined kubernetes_deployment_v1.bundle_waf#spec.template.spec.container.image: Cannot tell the image of waf: no container is known before apply",
    ],
  },
  {
    example: { zh: "已下线的系统", en: "a retired system" },
    subject: systemSubject(declaration({ stage: "retired" })),
    verdict: "not-applicable",
  },
  {
    example: { zh: "别的流水线做的计划", en: "a plan of another pipeline" },
    subject: {
      ...PLATFORM,
      id: "shop",
      foreign: true,
      resources: [resource("kubernetes_deployment_v1", { metadata: [{ name: "app", namespace: "shop" }] })],
    },
    verdict: "undetermined",
    finds: [
      "undetermined kubernetes_deployment_v1.it#metadata.namespace: Cannot tell whether it keeps to its own system's namespace: no declaration says whose it is",
    ],
  },
  { example: { zh: "平台", en: "the platform" }, subject: PLATFORM, verdict: "not-applicable" },
];
