import type { SystemSubject } from "../../../policies/policy.ts";
import { api, publicAddress } from "../../catalog/terraform-plan/exposure-plans.ts";
import { declaration, server } from "../../declared.ts";
import type { PolicyCase } from "../cases.ts";
import { appWith, built, listen, listening, MEMBERS, PUBLIC, tcp } from "./built.ts";

const RULE = "openstack_networking_secgroup_rule_v2.security-groups_app";
const INTERNET = { kind: "internet" } as const;
const NETWORK = { kind: "cidr", cidr: "10.20.9.0/24" } as const;

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "写的是 443 对互联网，开放的正是 443", en: "443 is declared for the internet, and 443 is what is open" },
    subject: built(appWith({ web: tcp(443, "0.0.0.0/0") }, { more: PUBLIC }), listening([listen(443, INTERNET)])),
    verdict: "pass",
  },
  {
    example: { zh: "写的是本单位网段，开放的正是这个网段", en: "The bureau's range is declared, and it is what is open" },
    subject: built(appWith({ web: tcp(8443, "10.20.0.0/16") }), listening([listen(8443, { kind: "tenant", cidr: "10.20.0.0/16" })])),
    verdict: "pass",
  },
  {
    example: { zh: "开放给写明的网段里的一台机器", en: "It is open to one machine of the network that is declared" },
    subject: built(appWith({ db: tcp(5432, "10.20.9.7") }), listening([listen(5432, NETWORK)])),
    verdict: "pass",
  },
  {
    example: { zh: "只有本系统的服务器之间能访问", en: "Only the system's own servers reach each other" },
    subject: built(appWith({ db: tcp(5432, undefined, { remote_group_id: MEMBERS }) }), listening([listen(5432, { kind: "self" })])),
    verdict: "not-applicable",
  },
  {
    example: { zh: "申请里没有写的端口对互联网开放", en: "A port that is not declared is open to the internet" },
    subject: built(
      appWith({ web: tcp(443, "0.0.0.0/0"), more: tcp(8080, "0.0.0.0/0") }, { more: PUBLIC }),
      listening([listen(443, INTERNET)]),
    ),
    verdict: "violation",
    finds: [
      `violation ${RULE}_more#remote_ip_prefix: Cannot let the internet reach tcp 8080 of hrss--social-app-1: its group declares only tcp 443 from internet`,
    ],
  },
  {
    example: { zh: "写的是 10.20.9.0/24，开放的是更大的 10.20.0.0/16", en: "10.20.9.0/24 is declared, the larger 10.20.0.0/16 is open" },
    subject: built(appWith({ db: tcp(5432, "10.20.0.0/16") }), listening([listen(5432, NETWORK)])),
    verdict: "violation",
    finds: [
      `violation ${RULE}_db#remote_ip_prefix: Cannot let 10.20.0.0/16 reach tcp 5432 of hrss--social-app-1: its group declares only tcp 5432 from 10.20.9.0/24`,
    ],
  },
  {
    example: { zh: "写的是 tcp，开放的是 udp", en: "tcp is declared, udp is open" },
    subject: built(appWith({ web: tcp(443, "0.0.0.0/0", { protocol: "udp" }) }), listening([listen(443, INTERNET)])),
    verdict: "violation",
  },
  {
    example: { zh: "写的是 443，开放的是 443 到 8443", en: "443 is declared, 443 to 8443 are open" },
    subject: built(appWith({ web: tcp(443, "0.0.0.0/0", { port_range_max: 8443 }) }), listening([listen(443, INTERNET)])),
    verdict: "violation",
  },
  {
    example: { zh: "只写给本系统，却对网段开放", en: "It is declared for the system itself, but open to a network" },
    subject: built(appWith({ db: tcp(5432, "10.20.9.0/24") }), listening([listen(5432, { kind: "self" })])),
    verdict: "violation",
  },
  {
    example: { zh: "写在另一组服务器上", en: "It is declared for another group of servers" },
    subject: built(
      appWith({ web: tcp(443, "0.0.0.0/0") }),
      declaration({ servers: [server({ key: "app" }), server({ key: "web", listens: [listen(443, INTERNET)] })] }),
    ),
    verdict: "violation",
    finds: [
      `violation ${RULE}_web#remote_ip_prefix: Cannot let any address reach tcp 443 of hrss--social-app-1: this group declares no port`,
    ],
  },
  {
    example: { zh: "回应 ping 没有写，也写不了", en: "Answers to ping are not declared, nor can they be" },
    subject: built(
      appWith({ ping: { protocol: "icmp", port_range_min: 8, remote_ip_prefix: "10.0.0.0/8" } }),
      listening([listen(443, INTERNET)]),
    ),
    verdict: "violation",
    finds: [
      `violation ${RULE}_ping#remote_ip_prefix: Cannot let 10.0.0.0/8 reach icmp 8 of hrss--social-app-1: its group declares only tcp 443 from internet`,
    ],
  },
  {
    example: { zh: "关了端口安全，什么都能访问", en: "Port security is off, and everything can be reached" },
    subject: built(appWith({}, { port: { port_security_enabled: false } }), listening([listen(443, INTERNET)])),
    verdict: "violation",
    finds: [
      "violation openstack_networking_port_v2.servers_app-1#port_security_enabled: Cannot let any address reach every port of every protocol of hrss--social-app-1: its group declares only tcp 443 from internet",
    ],
  },
  {
    example: { zh: "服务器直接连网络，不知道开放了什么", en: "A server is connected to a network directly: nobody knows what is open" },
    subject: built(
      { compute_instance_v2: { "servers_app-1": { name: "hrss--social-app-1", network: [{ name: "internet" }] } } },
      listening([listen(443, INTERNET)]),
    ),
    verdict: "undetermined",
    finds: [
      "undetermined openstack_compute_instance_v2.servers_app-1#network: Cannot tell what of hrss--social-app-1 can be reached: its rules or their source are not known here (its group declares only tcp 443 from internet)",
    ],
  },
  {
    example: { zh: "公网地址给了不知道哪个端口", en: "A public address goes to a port that nobody knows" },
    subject: built({ networking_floatingip_v2: { extra: { pool: "internet", port_id: "5327c8cf" } } }),
    verdict: "undetermined",
    finds: [
      "undetermined openstack_networking_floatingip_v2.extra#port_id: Cannot tell what becomes reachable: this public address goes to a port that is not in this system or not known yet",
    ],
  },
  {
    example: {
      zh: "安全组件的服务改成 NodePort，每个节点都开一个端口",
      en: "A component's service becomes a NodePort, which opens a port of every node",
    },
    subject: built({ kubernetes_service_v1: { waf: { metadata: { name: "waf" }, spec: { type: "NodePort" } } } }),
    verdict: "violation",
    finds: ["violation kubernetes_service_v1.waf#spec.type: Cannot open a port outside the cluster by NodePort: wanted ClusterIP"],
  },
  {
    example: { zh: "安全组件的服务只在集群里", en: "A component's service is inside its cluster" },
    subject: built({ kubernetes_service_v1: { waf: { metadata: { name: "waf" }, spec: { type: "ClusterIP" } } } }),
    verdict: "pass",
  },
  {
    example: {
      zh: "录制的计划：系统没有写，SSH 对运维网段开放",
      en: "The recorded plan of a server with SSH for the operators, which nothing declares",
    },
    subject: built(api()),
    verdict: "violation",
    finds: [
      "violation openstack_networking_secgroup_rule_v2.in-tcp-22-10-99-0-0-16#remote_ip_prefix: Cannot let 10.99.0.0/16 reach tcp 22 of api-1: this group declares no port",
    ],
  },
  {
    example: { zh: "录制的计划：同一台服务器加了公网地址", en: "The recorded plan that gives the same server a public address" },
    subject: built(publicAddress()),
    verdict: "violation",
  },
  { example: { zh: "没有服务器", en: "There are no servers" }, subject: built({}), verdict: "not-applicable" },
];
