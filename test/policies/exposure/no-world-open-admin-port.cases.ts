import type { SystemSubject } from "../../../policies/policy.ts";
import { firewall, openRules } from "../../catalog/terraform-plan/exposure-plans.ts";
import type { PolicyCase } from "../cases.ts";
import { PLATFORM } from "../subjects.ts";
import { appWith, built, GROUP, listen, listening, MEMBERS, PUBLIC, tcp } from "./built.ts";

const RULE = "openstack_networking_secgroup_rule_v2.security-groups_app";

export const cases: readonly PolicyCase<SystemSubject>[] = [
  {
    example: { zh: "SSH 只对运维网段开放", en: "SSH is open to the operators' network alone" },
    subject: built(appWith({ ssh: tcp(22, "10.0.9.0/28") }, { more: PUBLIC })),
    verdict: "pass",
  },
  {
    example: { zh: "443 端口对互联网开放", en: "Port 443 is open to the internet" },
    subject: built(appWith({ web: tcp(443, "0.0.0.0/0") }, { more: PUBLIC })),
    verdict: "pass",
  },
  {
    example: { zh: "SSH 对互联网开放", en: "SSH is open to the internet" },
    subject: built(
      appWith({ "in-tcp-22-0-0-0-0-0": tcp(22, "0.0.0.0/0") }, { more: PUBLIC }),
      listening([listen(22, { kind: "internet" })]),
    ),
    verdict: "violation",
    finds: [
      `violation ${RULE}_in-tcp-22-0-0-0-0-0#remote_ip_prefix: Cannot open the administration port tcp 22 (SSH) of hrss--social-app-1 to the internet: wanted the operators' network alone`,
    ],
  },
  {
    example: { zh: "远程桌面对任何地址开放，还没有公网地址", en: "Remote desktop is open to any address, with no public address yet" },
    subject: built(appWith({ rdp: tcp(3389, "0.0.0.0/0") })),
    verdict: "violation",
    finds: [
      `violation ${RULE}_rdp#remote_ip_prefix: Cannot open the administration port tcp 3389 (RDP) of hrss--social-app-1 to any address: wanted the operators' network alone`,
    ],
  },
  {
    example: { zh: "SSH 的规则没有写来源，就是任何人", en: "The rule for SSH names no source, which is everybody" },
    subject: built(appWith({ ssh: tcp(22, undefined) })),
    verdict: "violation",
  },
  {
    example: { zh: "SSH 对所有 IPv6 地址开放", en: "SSH is open to every IPv6 address" },
    subject: built(appWith({ ssh: tcp(22, "::/0", { ethertype: "IPv6" }) })),
    verdict: "violation",
  },
  {
    example: {
      zh: "端口 20 到 25 对任何地址开放，其中有 FTP、SSH 和 Telnet",
      en: "Ports 20 to 25 are open to any address, FTP, SSH and Telnet among them",
    },
    subject: built(appWith({ range: { protocol: "tcp", port_range_min: 20, port_range_max: 25, remote_ip_prefix: "0.0.0.0/0" } })),
    verdict: "violation",
    finds: [
      `violation ${RULE}_range#remote_ip_prefix: Cannot open the administration port tcp 21 (FTP), tcp 22 (SSH), tcp 23 (Telnet) of hrss--social-app-1 to any address: wanted the operators' network alone`,
    ],
  },
  {
    example: { zh: "端口 0-0 对任何地址开放，即所有端口", en: "Ports 0-0 are open to any address, which is every port" },
    subject: built(appWith({ all: { protocol: "tcp", port_range_min: 0, port_range_max: 0, remote_ip_prefix: "0.0.0.0/0" } })),
    verdict: "violation",
    finds: [
      `violation ${RULE}_all#remote_ip_prefix: Cannot open the administration port tcp 21 (FTP), tcp 22 (SSH), tcp 23 (Telnet) and 49 more of hrss--social-app-1 to any address: wanted the operators' network alone`,
    ],
  },
  {
    example: {
      zh: "协议 0 对任何地址开放，即所有协议的所有端口",
      en: "Protocol 0 is open to any address, which is every port of every protocol",
    },
    subject: built(appWith({ all: { protocol: "0", remote_ip_prefix: "0.0.0.0/0" } })),
    verdict: "violation",
  },
  {
    example: { zh: "协议按编号写成 6（tcp），端口 22", en: "The protocol is written as 6 (tcp), the port is 22" },
    subject: built(appWith({ ssh: tcp(22, "0.0.0.0/0", { protocol: "6" }) })),
    verdict: "violation",
  },
  {
    example: { zh: "udp 的 22 端口不是 SSH", en: "Port 22 of udp is not SSH" },
    subject: built(appWith({ udp: tcp(22, "0.0.0.0/0", { protocol: "udp" }) })),
    verdict: "pass",
  },
  {
    example: { zh: "把全部地址拆成两半，各开一条 SSH", en: "SSH is open to the two halves of all addresses, by two rules" },
    subject: built(appWith({ a: tcp(22, "0.0.0.0/1"), b: tcp(22, "128.0.0.0/1") })),
    verdict: "violation",
  },
  {
    example: { zh: "SSH 向一个公网 /24 开放，那是一个合作方", en: "SSH is open to one public /24, which is one partner" },
    subject: built(appWith({ ssh: tcp(22, "203.0.113.0/24") })),
    verdict: "pass",
  },
  {
    example: { zh: "SSH 向一个公网 /23 开放", en: "SSH is open to a public /23" },
    subject: built(appWith({ ssh: tcp(22, "8.8.8.0/23") })),
    verdict: "violation",
    finds: [
      `violation ${RULE}_ssh#remote_ip_prefix: Cannot open the administration port tcp 22 (SSH) of hrss--social-app-1 to 8.8.8.0/23, more public addresses than a /24, which means any address: wanted the operators' network alone`,
    ],
  },
  {
    example: {
      zh: "SSH 向一个公网 /24 和再多一个地址开放，一条规则管端口 22，另一条管 20 到 30",
      en: "SSH is open to a public /24 and to one address more, by a rule for port 22 and one for 20 to 30",
    },
    subject: built(appWith({ a: tcp(22, "203.0.113.0/24"), b: tcp(20, "198.51.100.7/32", { port_range_max: 30 }) })),
    verdict: "violation",
    finds: [
      `violation ${RULE}_a#remote_ip_prefix: Cannot open the administration port tcp 22 (SSH) of hrss--social-app-1 to 203.0.113.0/24, together with 1 other network more public addresses than a /24, which means any address: wanted the operators' network alone`,
      `violation ${RULE}_b#remote_ip_prefix: Cannot open the administration port tcp 22 (SSH) of hrss--social-app-1 to 198.51.100.7/32, together with 1 other network more public addresses than a /24, which means any address: wanted the operators' network alone`,
    ],
  },
  {
    example: { zh: "SSH 向一个 IPv6 /48 开放", en: "SSH is open to an IPv6 /48" },
    subject: built(appWith({ ssh: tcp(22, "2408:8000::/48", { ethertype: "IPv6" }) })),
    verdict: "pass",
  },
  {
    example: { zh: "SSH 向一个 IPv6 /47 开放", en: "SSH is open to an IPv6 /47" },
    subject: built(appWith({ ssh: tcp(22, "2408:8000::/47", { ethertype: "IPv6" }) })),
    verdict: "violation",
  },
  {
    example: {
      zh: "SSH 向资源池的整个网段开放，那是政府自己的网",
      en: "SSH is open to the pool's whole range, the government's own network",
    },
    subject: built(appWith({ ssh: tcp(22, "10.0.0.0/8") })),
    verdict: "pass",
  },
  {
    example: {
      zh: "负载均衡的 443 后面是服务器的 22 端口，对互联网开放",
      en: "Behind port 443 of a load balancer on the internet is port 22 of a server",
    },
    subject: built(
      appWith(
        {},
        {
          more: {
            lb_loadbalancer_v2: { lb: { name: "lb" } },
            lb_listener_v2: { https: { loadbalancer_id: "${openstack_lb_loadbalancer_v2.lb.id}", protocol: "TCP", protocol_port: 443 } },
            lb_pool_v2: { app: { listener_id: "${openstack_lb_listener_v2.https.id}", protocol: "TCP" } },
            lb_member_v2: {
              app: {
                pool_id: "${openstack_lb_pool_v2.app.id}",
                address: "${openstack_compute_instance_v2.servers_app-1.access_ip_v4}",
                protocol_port: 22,
              },
            },
          },
        },
      ),
    ),
    verdict: "violation",
    finds: [
      "violation openstack_lb_member_v2.app#protocol_port: Cannot open the administration port tcp 22 (SSH) of hrss--social-app-1 to any address: wanted the operators' network alone",
    ],
  },
  {
    example: { zh: "SSH 向 203.0.113.7/0 开放，前缀 0 就是任何地址", en: "SSH is open to 203.0.113.7/0, and a prefix of 0 is any address" },
    subject: built(appWith({ ssh: tcp(22, "203.0.113.7/0") })),
    verdict: "violation",
  },
  {
    example: { zh: "SSH 只对本系统的服务器开放", en: "SSH is open to the system's own servers alone" },
    subject: built(appWith({ ssh: tcp(22, undefined, { remote_group_id: MEMBERS }) })),
    verdict: "pass",
  },
  {
    example: {
      zh: "SSH 只对本系统的安全组开放，可组里一个端口的额外地址是 0.0.0.0/0",
      en: "SSH is open to the system's own group, but a member of it has the address pair 0.0.0.0/0",
    },
    subject: built(
      appWith(
        { ssh: tcp(22, undefined, { remote_group_id: MEMBERS }) },
        { port: { allowed_address_pairs: [{ ip_address: "0.0.0.0/0" }] } },
      ),
    ),
    verdict: "violation",
  },
  {
    example: { zh: "服务器的端口关了端口安全", en: "The server's port has its port security off" },
    subject: built(appWith({}, { port: { port_security_enabled: false } })),
    verdict: "violation",
    finds: [
      "violation openstack_networking_port_v2.servers_app-1#port_security_enabled: Cannot open the administration port tcp 21 (FTP), tcp 22 (SSH), tcp 23 (Telnet) and 56 more of hrss--social-app-1 to any address: wanted the operators' network alone",
    ],
  },
  {
    example: { zh: "没有服务器用到的安全组也对任何地址开放 SSH", en: "A group that no server uses yet is open to any address for SSH" },
    subject: built({ networking_secgroup_rule_v2: { spare: { direction: "ingress", security_group_id: GROUP, ...tcp(22, "0.0.0.0/0") } } }),
    verdict: "violation",
    finds: [
      "violation openstack_networking_secgroup_rule_v2.spare#remote_ip_prefix: Cannot open the administration port tcp 22 (SSH) to any address: wanted the operators' network alone",
    ],
  },
  {
    example: { zh: "SSH 的来源要到执行后才知道", en: "The source of SSH is known only after the apply" },
    subject: built(appWith({ ssh: tcp(22, "${var.operators}") })),
    verdict: "undetermined",
    finds: [
      `undetermined ${RULE}_ssh#remote_ip_prefix: Cannot tell whether the administration port tcp 22 (SSH) of hrss--social-app-1 is open to the world: source, protocol or port is not known here`,
    ],
  },
  {
    example: { zh: "端口号要到执行后才知道，来源是任何地址", en: "The port is known only after the apply, the source is any address" },
    subject: built(appWith({ some: tcp(8080, "0.0.0.0/0", { port_range_min: "${var.port}" }) })),
    verdict: "undetermined",
  },
  {
    example: {
      zh: "443 端口的来源要到执行后才知道，它不是管理端口",
      en: "The source of port 443 is known only after the apply; it is no administration port",
    },
    subject: built(appWith({ web: tcp(443, "${var.source}") })),
    verdict: "pass",
  },
  {
    example: { zh: "服务器在别处建的安全组里", en: "The server is in a group that is made elsewhere" },
    subject: built(appWith({}, { port: { security_group_ids: ["5327c8cf"] } })),
    verdict: "undetermined",
  },
  {
    example: { zh: "录制的计划：十一条不写全的规则", en: "The recorded plan of eleven rules that leave something out" },
    subject: built(openRules()),
    verdict: "violation",
    finds: [
      "violation openstack_networking_secgroup_rule_v2.in-everything#remote_ip_prefix: Cannot open the administration port tcp 21 (FTP), tcp 22 (SSH), tcp 23 (Telnet) and 56 more of api-1 to any address: wanted the operators' network alone",
      "violation openstack_networking_secgroup_rule_v2.in-tcp-22-0-0-0-0-0#remote_ip_prefix: Cannot open the administration port tcp 22 (SSH) of api-1 to any address: wanted the operators' network alone",
      "violation openstack_networking_secgroup_rule_v2.in-tcp-22-v6-all#remote_ip_prefix: Cannot open the administration port tcp 22 (SSH) of api-1 to any IPv6 address: wanted the operators' network alone",
    ],
  },
  {
    example: { zh: "录制的计划：防火墙只放行运维网段的 SSH", en: "The recorded plan of a firewall that lets SSH in from the operators" },
    subject: built(firewall("10.99.0.0/16")),
    verdict: "pass",
  },
  {
    example: {
      zh: "录制的计划：防火墙的 SSH 来源改为 0.0.0.0/0",
      en: "The recorded plan that changes the firewall's source of SSH to 0.0.0.0/0",
    },
    subject: built(firewall("0.0.0.0/0")),
    verdict: "violation",
    finds: [
      "violation openstack_fw_rule_v2.ssh#source_ip_address: Cannot open the administration port tcp 22 (SSH) to any address: wanted the operators' network alone",
    ],
  },
  { example: { zh: "什么也不建", en: "Nothing is built" }, subject: { ...PLATFORM, resources: [] }, verdict: "not-applicable" },
];
