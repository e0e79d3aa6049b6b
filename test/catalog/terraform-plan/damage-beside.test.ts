import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { classifyDamage, isDamageKnown } from "../../../catalog/terraform-plan/damage.ts";
import { resource } from "../../declared.ts";
import { add, all, check, edit, editBlock, type Row, remove, vended } from "./damage-rows.ts";
import { type Resources, shop } from "./shop.ts";

/** Rows like the recorded ones, told from what the providers' documentation and the APIs behind them say. */
const bare = (resources: Resources) => (system: Resources) => {
  for (const type of Object.keys(system)) delete system[type];
  Object.assign(system, structuredClone(resources));
};

describe("Servers:", () => {
  const disk = (more: Record<string, unknown>) => ({ source_type: "blank", destination_type: "volume", volume_size: 100, ...more });
  const local = { source_type: "image", destination_type: "local", uuid: "image-a", boot_index: 0 };
  test.each<Row>([
    {
      row: "another image of a local root disk beside a data volume",
      before: edit("compute_instance_v2.local-1", { block_device: [local, disk({ boot_index: 1 })] }),
      after: edit("compute_instance_v2.local-1", { image_id: "image-b" }),
      changes: ["update compute_instance.local-1 root-disk-lost"],
      damage: ["root-disk-lost"],
    },
    {
      row: "another image beside a data volume whose place in the boot order is left out",
      before: edit("compute_instance_v2.local-1", { block_device: [disk({})] }),
      after: edit("compute_instance_v2.local-1", { image_id: "image-b" }),
      changes: ["update compute_instance.local-1 root-disk-lost"],
      damage: ["root-disk-lost"],
    },
    {
      row: "files put into a server",
      after: edit("compute_instance_v2.local-1", { personality: [{ file: "/etc/motd", content: "x" }] }),
      changes: ["update compute_instance.local-1 root-disk-lost"],
      damage: ["root-disk-lost"],
    },
    {
      row: "a data volume made with its server, and ended with it",
      before: edit("compute_instance_v2.local-1", { block_device: [local, disk({ boot_index: 1, delete_on_termination: true })] }),
      after: edit("compute_instance_v2.local-1", { user_data: "x" }),
      changes: ["replace compute_instance.local-1 data-lost root-disk-lost"],
      damage: ["data-lost", "root-disk-lost"],
    },
    {
      row: "one more disk among the block devices",
      before: edit("compute_instance_v2.local-1", { block_device: [local] }),
      after: edit("compute_instance_v2.local-1", { block_device: [local, disk({ boot_index: 1 })] }),
      changes: ["replace compute_instance.local-1 root-disk-lost"],
      damage: ["root-disk-lost"],
    },
    {
      row: "other cards in a GPU box, which is a whole machine",
      before: edit("compute_instance_v2.local-1", { flavor_id: "gpu3-card4x8" }),
      after: edit("compute_instance_v2.local-1", { flavor_id: "gpu3-card5x8" }),
      changes: ["update compute_instance.local-1 fails-at-apply"],
      damage: ["fails-at-apply"],
    },
    {
      row: "other cards in a GPU box whose flavor is the system's own",
      before: edit("compute_instance_v2.local-1", { flavor_id: "shop.gpu1-bare" }),
      after: edit("compute_instance_v2.local-1", { flavor_id: "shop.gpu1-card1x1" }),
      changes: ["update compute_instance.local-1 fails-at-apply"],
      damage: ["fails-at-apply"],
    },
    {
      row: "another flavor of a server whose flavor of the same plan takes a machine as a whole",
      before: all(
        edit("compute_flavor_v2.own", { extra_specs: { "resources:CUSTOM_BAREMETAL": "1" } }),
        edit("compute_instance_v2.local-1", { flavor_id: "${openstack_compute_flavor_v2.own.id}" }),
      ),
      after: edit("compute_instance_v2.local-1", { flavor_id: "general-8c-16g" }),
      changes: ["update compute_instance.local-1 fails-at-apply"],
      damage: ["fails-at-apply"],
    },
    {
      row: "another size of a server that only sounds like a GPU box",
      before: edit("compute_instance_v2.local-1", { flavor_id: "gpu3-cardboard" }),
      after: edit("compute_instance_v2.local-1", { flavor_id: "gpu3-cardboard-2" }),
      changes: ["update compute_instance.local-1 reboot"],
      damage: ["reboot"],
    },
    {
      row: "a server made anew on a network without a port of its own",
      before: edit("compute_instance_v2.local-1", { network: [{ uuid: "${openstack_networking_network_v2.app.id}" }] }),
      after: edit("compute_instance_v2.local-1", { user_data: "x" }),
      changes: ["replace compute_instance.local-1 root-disk-lost re-addressed"],
      damage: ["re-addressed", "root-disk-lost"],
    },
    {
      row: "another port",
      after: all(
        add("networking_port_v2.other", { network_id: "${openstack_networking_network_v2.app.id}" }),
        edit("compute_instance_v2.local-1", { network: [{ port: "${openstack_networking_port_v2.other.id}" }] }),
        remove("networking_port_v2.local-1"),
      ),
      changes: [
        "replace compute_instance.local-1 root-disk-lost re-addressed",
        "delete networking_port.local-1",
        "create networking_port.other",
      ],
      damage: ["re-addressed", "root-disk-lost"],
    },
    {
      row: "groups by id, which read back as the names of the same groups",
      before: all(edit("networking_secgroup_v2.app", { id: "g-1" }), edit("compute_instance_v2.app-1", { security_groups: ["shop-app"] })),
      after: edit("compute_instance_v2.app-1", { security_groups: ["g-1"] }),
      changes: ["update compute_instance.app-1"],
      damage: [],
    },
    {
      row: "a server group of another policy",
      before: all(
        add("compute_servergroup_v2.app", { name: "app", policies: ["soft-anti-affinity"] }),
        edit("compute_instance_v2.app-1", { scheduler_hints: [{ group: "${openstack_compute_servergroup_v2.app.id}" }] }),
      ),
      after: edit("compute_servergroup_v2.app", { policies: ["anti-affinity"] }),
      changes: ["replace compute_instance.app-1 root-disk-lost", "replace compute_servergroup.app", "replace compute_volume_attach.data"],
      damage: ["root-disk-lost"],
    },
    {
      row: "a shelved server",
      before: edit("compute_instance_v2.app-1", { lifecycle: {} }),
      after: edit("compute_instance_v2.app-1", { power_state: "shelved_offloaded" }),
      changes: ["update compute_instance.app-1 outage"],
      damage: ["outage"],
    },
    {
      row: "an interface taken off",
      before: add("compute_interface_attach_v2.second", {
        instance_id: "${openstack_compute_instance_v2.app-1.id}",
        port_id: "${openstack_networking_port_v2.web-1.id}",
      }),
      after: remove("compute_interface_attach_v2.second"),
      changes: ["delete compute_interface_attach.second outage re-addressed"],
      damage: ["outage", "re-addressed"],
    },
    {
      row: "a flavor deleted that a server still names",
      before: edit("compute_instance_v2.local-1", { flavor_id: "own" }),
      after: remove("compute_flavor_v2.own"),
      changes: ["delete compute_flavor.own outage"],
      damage: ["outage"],
    },
    {
      row: "a flavor deleted that its server left",
      after: all(remove("compute_flavor_v2.own"), edit("compute_instance_v2.local-1", { flavor_id: "general-4c-8g" })),
      changes: ["delete compute_flavor.own", "update compute_instance.local-1 reboot"],
      damage: ["reboot"],
    },
    {
      row: "a flavor deleted that other stacks may use",
      before: bare({ compute_flavor_v2: { a: { flavor_id: "a" }, b: { flavor_id: "b" } } }),
      after: remove("compute_flavor_v2.b"),
      changes: ["delete compute_flavor.b outage"],
      damage: ["outage"],
    },
    {
      row: "a key pair, which servers hold already",
      before: add("compute_keypair_v2.operator", { name: "operator", public_key: "ssh-ed25519 A" }),
      after: edit("compute_keypair_v2.operator", { public_key: "ssh-ed25519 B" }),
      changes: ["replace compute_keypair.operator"],
      damage: [],
    },
  ])("$row", check);
});

describe("Networks:", () => {
  test.each<Row>([
    {
      row: "a network switched off",
      after: edit("networking_network_v2.app", { admin_state_up: false }),
      changes: ["update networking_network.app outage"],
      damage: ["outage"],
    },
    {
      row: "a port switched off",
      after: edit("networking_port_v2.app-1", { admin_state_up: false }),
      changes: ["update networking_port.app-1 outage"],
      damage: ["outage"],
    },
    {
      row: "a router switched off",
      after: edit("networking_router_v2.edge", { admin_state_up: false }),
      changes: ["update networking_router.edge outage"],
      damage: ["outage"],
    },
    {
      row: "a router switched on",
      before: edit("networking_router_v2.edge", { admin_state_up: false }),
      after: edit("networking_router_v2.edge", { admin_state_up: true }),
      changes: ["update networking_router.edge"],
      damage: [],
    },
    {
      row: "a router that gets its way out",
      before: edit("networking_router_v2.edge", { external_network_id: null }),
      after: edit("networking_router_v2.edge", { external_network_id: "internet" }),
      changes: ["update networking_router.edge"],
      damage: [],
    },
    {
      row: "a router without address translation",
      after: edit("networking_router_v2.edge", { enable_snat: false }),
      changes: ["update networking_router.edge outage"],
      damage: ["outage"],
    },
    {
      row: "a router deleted",
      after: remove("networking_router_v2.edge", "networking_router_interface_v2.app"),
      changes: ["delete networking_router_interface.app", "delete networking_router.edge outage"],
      damage: ["outage"],
    },
    {
      row: "a router that was alone in its stack",
      before: bare({ networking_router_v2: { edge: { name: "e" } } }),
      after: remove("networking_router_v2.edge"),
      changes: ["delete networking_router.edge outage"],
      damage: ["outage"],
    },
    {
      row: "another gateway",
      after: edit("networking_subnet_v2.app", { gateway_ip: "10.20.0.254" }),
      changes: ["update networking_subnet.app outage"],
      damage: ["outage"],
    },
    {
      row: "no gateway",
      after: edit("networking_subnet_v2.app", { no_gateway: true }),
      changes: ["update networking_subnet.app outage"],
      damage: ["outage"],
    },
    {
      row: "no DHCP",
      after: edit("networking_subnet_v2.app", { enable_dhcp: false }),
      changes: ["update networking_subnet.app outage"],
      damage: ["outage"],
    },
    {
      row: "no name server",
      before: edit("networking_subnet_v2.app", { dns_nameservers: ["192.0.2.53"] }),
      after: edit("networking_subnet_v2.app", { dns_nameservers: [] }),
      changes: ["update networking_subnet.app outage"],
      damage: ["outage"],
    },
    {
      row: "a port of another subnet",
      before: add("networking_subnet_v2.other", { network_id: "${openstack_networking_network_v2.app.id}", cidr: "10.20.1.0/24" }),
      after: editBlock("networking_port_v2.app-1", "fixed_ip", { subnet_id: "${openstack_networking_subnet_v2.other.id}" }),
      changes: ["update networking_port.app-1 re-addressed"],
      damage: ["re-addressed"],
    },
    {
      row: "another name of a port",
      before: edit("networking_port_v2.app-1", { dns_name: "a" }),
      after: edit("networking_port_v2.app-1", { dns_name: "b" }),
      changes: ["update networking_port.app-1 re-addressed"],
      damage: ["re-addressed"],
    },
    {
      row: "a shared address that a port may use as well",
      after: edit("networking_port_v2.app-1", { allowed_address_pairs: [{ ip_address: "10.20.0.200" }] }),
      changes: ["update networking_port.app-1 exposure-changed"],
      damage: ["exposure-changed"],
    },
    {
      row: "groups of a port in another order",
      before: all(
        add("networking_secgroup_v2.b", { name: "b", delete_default_rules: true }),
        edit("networking_port_v2.app-1", { security_group_ids: ["id-1", "id-2"] }),
      ),
      after: edit("networking_port_v2.app-1", { security_group_ids: ["id-2", "id-1"] }),
      changes: [],
      damage: [],
    },
    {
      row: "a port deleted that no known server uses",
      before: add("networking_port_v2.shared", { network_id: "${openstack_networking_network_v2.app.id}" }),
      after: remove("networking_port_v2.shared"),
      changes: ["delete networking_port.shared outage"],
      damage: ["outage"],
    },
    {
      row: "a public address taken off its port, and kept",
      after: remove("networking_floatingip_associate_v2.web"),
      changes: ["delete networking_floatingip_associate.web outage exposure-changed"],
      damage: ["exposure-changed", "outage"],
    },
    {
      row: "a public address taken off its port by its own argument",
      before: add("networking_floatingip_v2.f", { pool: "internet", port_id: "${openstack_networking_port_v2.app-1.id}" }),
      after: edit("networking_floatingip_v2.f", { port_id: null }),
      changes: ["update networking_floatingip.f outage exposure-changed"],
      damage: ["exposure-changed", "outage"],
    },
    {
      row: "a public address given to another port",
      after: edit("networking_floatingip_associate_v2.web", { port_id: "${openstack_networking_port_v2.app-1.id}" }),
      changes: ["update networking_floatingip_associate.web outage exposure-changed"],
      damage: ["exposure-changed", "outage"],
    },
    {
      row: "a route taken away",
      before: add("networking_router_route_v2.peer", {
        router_id: "${openstack_networking_router_v2.edge.id}",
        destination_cidr: "192.0.2.0/24",
      }),
      after: remove("networking_router_route_v2.peer"),
      changes: ["delete networking_router_route.peer outage"],
      damage: ["outage"],
    },
    {
      row: "a server that names its network by reference, and the network is renamed",
      before: edit("compute_instance_v2.app-1", { network: [{ name: "${openstack_networking_network_v2.app.name}" }] }),
      after: edit("networking_network_v2.app", { name: "other" }),
      changes: [
        "replace compute_instance.app-1 root-disk-lost re-addressed",
        "replace compute_volume_attach.data",
        "update networking_network.app",
      ],
      damage: ["re-addressed", "root-disk-lost"],
    },
  ])("$row", check);
});

describe("Storage and quotas:", () => {
  test.each<Row>([
    {
      row: "a share whose size is no longer known",
      after: edit("sharedfilesystem_share_v2.common", { size: "${var.size}" }),
      changes: ["update sharedfilesystem_share.common data-lost"],
      damage: ["data-lost"],
    },
    {
      row: "a public share",
      after: edit("sharedfilesystem_share_v2.common", { is_public: true }),
      changes: ["update sharedfilesystem_share.common exposure-changed"],
      damage: ["exposure-changed"],
    },
    {
      row: "one more that may mount a share",
      after: add("sharedfilesystem_share_access_v2.other", {
        share_id: "${openstack_sharedfilesystem_share_v2.common.id}",
        access_type: "ip",
        access_to: "0.0.0.0/0",
      }),
      changes: ["create sharedfilesystem_share_access.other exposure-changed"],
      damage: ["exposure-changed"],
    },
    {
      row: "a container below what it may hold, which only the cloud knows",
      after: edit("objectstorage_container_v1.archive", { metadata: { "Quota-Bytes": "1" } }),
      changes: ["update objectstorage_container.archive"],
      damage: [],
    },
    {
      row: "a container copied elsewhere",
      after: edit("objectstorage_container_v1.archive", { container_sync_to: "//realm/cluster/account/c" }),
      changes: ["update objectstorage_container.archive exposure-changed"],
      damage: ["exposure-changed"],
    },
    {
      row: "a quota of volumes that the same change overruns",
      before: add("blockstorage_quotaset_v3.system", { gigabytes: 200 }),
      after: all(edit("blockstorage_quotaset_v3.system", { gigabytes: 100 }), edit("blockstorage_volume_v3.data", { size: 50 })),
      changes: ["update blockstorage_quotaset.system fails-at-apply", "update blockstorage_volume.data"],
      damage: ["fails-at-apply"],
    },
    {
      row: "a quota of volumes below what stands and does not grow",
      before: add("blockstorage_quotaset_v3.system", { gigabytes: 200 }),
      after: edit("blockstorage_quotaset_v3.system", { gigabytes: 50 }),
      changes: ["update blockstorage_quotaset.system"],
      damage: [],
    },
    {
      row: "a system made with too small a quota",
      before: bare({}),
      after: (system) => Object.assign(system, shop(), { compute_quotaset_v2: { system: { cores: 2 } } }),
      changes: expect.arrayContaining(["create compute_quotaset.system fails-at-apply"]) as unknown as string[],
      damage: ["fails-at-apply"],
    },
  ])("$row", check);
});

describe("Identity, keys, load balancers, names:", () => {
  const balancer: Resources = {
    lb_loadbalancer_v2: { web: { name: "web", vip_subnet_id: "s" } },
    lb_listener_v2: { https: { loadbalancer_id: "${openstack_lb_loadbalancer_v2.web.id}", protocol: "HTTPS", protocol_port: 443 } },
    lb_pool_v2: { web: { listener_id: "${openstack_lb_listener_v2.https.id}", protocol: "HTTPS", lb_method: "ROUND_ROBIN" } },
    lb_member_v2: { a: { pool_id: "${openstack_lb_pool_v2.web.id}", address: "10.20.0.11", protocol_port: 443 } },
  };
  const withBalancer = (system: Resources) => Object.assign(system, structuredClone(balancer));
  test.each<Row>([
    {
      row: "a user switched off",
      before: add("identity_user_v3.u", { name: "u", enabled: true }),
      after: edit("identity_user_v3.u", { enabled: false }),
      changes: ["update identity_user.u outage"],
      damage: ["outage"],
    },
    {
      row: "a user deleted",
      before: add("identity_user_v3.u", { name: "u" }),
      after: remove("identity_user_v3.u"),
      changes: ["delete identity_user.u outage"],
      damage: ["outage"],
    },
    {
      row: "an application credential of other roles",
      before: add("identity_application_credential_v3.c", { name: "c", roles: ["reader"] }),
      after: edit("identity_application_credential_v3.c", { roles: ["member"] }),
      changes: ["replace identity_application_credential.c outage"],
      damage: ["outage"],
    },
    {
      row: "a secret deleted",
      before: add("keymanager_secret_v1.k", { name: "k", payload: "test-only" }),
      after: remove("keymanager_secret_v1.k"),
      changes: ["delete keymanager_secret.k data-lost outage"],
      damage: ["data-lost", "outage"],
    },
    {
      row: "a container of secrets deleted",
      before: add("keymanager_container_v1.k", { name: "k", type: "generic" }),
      after: remove("keymanager_container_v1.k"),
      changes: ["delete keymanager_container.k outage"],
      damage: ["outage"],
    },
    {
      row: "a listener removed",
      before: withBalancer,
      after: remove("lb_member_v2.a", "lb_pool_v2.web", "lb_listener_v2.https"),
      changes: ["delete lb_listener.https outage exposure-changed", "delete lb_member.a", "delete lb_pool.web"],
      damage: ["exposure-changed", "outage"],
    },
    {
      row: "a pool removed",
      before: withBalancer,
      after: remove("lb_member_v2.a", "lb_pool_v2.web"),
      changes: ["delete lb_member.a", "delete lb_pool.web outage"],
      damage: ["outage"],
    },
    {
      row: "a member removed",
      before: withBalancer,
      after: remove("lb_member_v2.a"),
      changes: ["delete lb_member.a outage"],
      damage: ["outage"],
    },
    {
      row: "another port of a listener",
      before: withBalancer,
      after: edit("lb_listener_v2.https", { protocol_port: 8443 }),
      changes: ["replace lb_listener.https outage exposure-changed", "replace lb_member.a", "replace lb_pool.web"],
      damage: ["exposure-changed", "outage"],
    },
    {
      row: "a listener that anybody may reach",
      before: withBalancer,
      after: edit("lb_listener_v2.https", { allowed_cidrs: ["0.0.0.0/0"] }),
      changes: ["update lb_listener.https exposure-changed"],
      damage: ["exposure-changed"],
    },
    {
      row: "a load balancer switched off",
      before: withBalancer,
      after: edit("lb_loadbalancer_v2.web", { admin_state_up: false }),
      changes: ["update lb_loadbalancer.web outage"],
      damage: ["outage"],
    },
    {
      row: "a name that leads elsewhere",
      before: add("dns_recordset_v2.www", { zone_id: "z", name: "www.example.org.", type: "A", records: ["192.0.2.1"] }),
      after: edit("dns_recordset_v2.www", { records: ["192.0.2.2"] }),
      changes: ["update dns_recordset.www re-addressed"],
      damage: ["re-addressed"],
    },
    {
      row: "a name that leads nowhere",
      before: add("dns_recordset_v2.www", { zone_id: "z", name: "www.example.org.", type: "A", records: ["192.0.2.1"] }),
      after: remove("dns_recordset_v2.www"),
      changes: ["delete dns_recordset.www outage"],
      damage: ["outage"],
    },
    {
      row: "a tunnel to another peer",
      before: add("vpnaas_site_connection_v2.c", { peer_address: "192.0.2.1" }),
      after: edit("vpnaas_site_connection_v2.c", { peer_address: "192.0.2.2" }),
      changes: ["update vpnaas_site_connection.c outage"],
      damage: ["outage"],
    },
    {
      row: "a firewall rule switched off",
      before: add("fw_rule_v2.r", { action: "deny", enabled: true }),
      after: edit("fw_rule_v2.r", { enabled: false }),
      changes: ["update fw_rule.r exposure-changed"],
      damage: ["exposure-changed"],
    },
    {
      row: "a firewall that other projects may use",
      before: add("fw_policy_v2.p", { name: "p", shared: false }),
      after: edit("fw_policy_v2.p", { shared: true }),
      changes: ["update fw_policy.p exposure-changed"],
      damage: ["exposure-changed"],
    },
    {
      row: "a firewall group that is down lets nothing through",
      before: add("fw_group_v2.g", { name: "g" }),
      after: edit("fw_group_v2.g", { admin_state_up: false }),
      changes: ["update fw_group.g outage exposure-changed"],
      damage: ["exposure-changed", "outage"],
    },
  ])("$row", check);
});

describe("A Kubernetes cluster:", () => {
  const inNamespace = (name: string) => ({ name, namespace: "${kubernetes_namespace_v1.system.id}" });
  const claim = (storage: string) => ({ metadata: inNamespace("data"), spec: { resources: { requests: { storage } } } });
  const deployment = (spec: Record<string, unknown>) => edit("kubernetes_deployment_v1.waf", { spec });
  const container = (image: string) => ({ template: [{ spec: [{ container: [{ name: "waf", image }] }] }] });
  test.each<Row>([
    {
      row: "a namespace deleted",
      before: vended,
      after: remove(
        "kubernetes_namespace_v1.system",
        "kubernetes_deployment_v1.waf",
        "kubernetes_service_v1.waf",
        "kubernetes_network_policy_v1.deny",
      ),
      changes: [
        "delete kubernetes_deployment.waf",
        "delete kubernetes_namespace.system data-lost outage",
        "delete kubernetes_network_policy.deny",
        "delete kubernetes_service.waf",
      ],
      damage: ["data-lost", "outage"],
    },
    {
      row: "a component with its namespace, named and not referred to",
      after: all(
        add("kubernetes_namespace_v1.n", { metadata: { name: "n" } }),
        add("kubernetes_network_policy_v1.n", { metadata: { name: "deny", namespace: "n" }, spec: {} }),
      ),
      changes: ["create kubernetes_namespace.n", "create kubernetes_network_policy.n"],
      damage: [],
    },
    {
      row: "one more network policy in a namespace that stands",
      before: add("kubernetes_namespace_v1.n", { metadata: { name: "n" } }),
      after: add("kubernetes_network_policy_v1.n", { metadata: { name: "allow", namespace: "n" }, spec: {} }),
      changes: ["create kubernetes_network_policy.n exposure-changed"],
      damage: ["exposure-changed"],
    },
    {
      row: "no replica",
      before: vended,
      after: deployment({ replicas: 0 }),
      changes: ["update kubernetes_deployment.waf outage"],
      damage: ["outage"],
    },
    {
      row: "another image",
      before: all(vended, deployment({ replicas: 2, ...container("a:1") })),
      after: deployment({ replicas: 2, ...container("a:2") }),
      changes: ["update kubernetes_deployment.waf reboot"],
      damage: ["reboot"],
    },
    {
      row: "another image where all pods stop first",
      before: all(vended, deployment({ strategy: [{ type: "Recreate" }], ...container("a:1") })),
      after: deployment({ strategy: [{ type: "Recreate" }], ...container("a:2") }),
      changes: ["update kubernetes_deployment.waf outage"],
      damage: ["outage"],
    },
    {
      row: "another selector",
      before: all(vended, deployment({ selector: [{ match_labels: { app: "a" } }] })),
      after: deployment({ selector: [{ match_labels: { app: "b" } }] }),
      changes: ["replace kubernetes_deployment.waf outage"],
      damage: ["outage"],
    },
    {
      row: "a service that the outside reaches",
      before: vended,
      after: edit("kubernetes_service_v1.waf", { spec: { port: 443, type: "LoadBalancer" } }),
      changes: ["update kubernetes_service.waf exposure-changed"],
      damage: ["exposure-changed"],
    },
    {
      row: "a service on a port of every node",
      before: vended,
      after: add("kubernetes_service_v1.other", { metadata: inNamespace("other"), spec: { type: "NodePort" } }),
      changes: ["create kubernetes_service.other exposure-changed"],
      damage: ["exposure-changed"],
    },
    {
      row: "a lower quota",
      before: all(
        vended,
        add("kubernetes_resource_quota_v1.q", { metadata: inNamespace("q"), spec: { hard: { "limits.memory": "2Gi" } } }),
      ),
      after: edit("kubernetes_resource_quota_v1.q", { spec: { hard: { "limits.memory": "2000M" } } }),
      changes: ["update kubernetes_resource_quota.q outage"],
      damage: ["outage"],
    },
    {
      row: "a higher quota",
      before: all(vended, add("kubernetes_resource_quota_v1.q", { metadata: inNamespace("q"), spec: { hard: { "limits.cpu": "500m" } } })),
      after: edit("kubernetes_resource_quota_v1.q", { spec: { hard: { "limits.cpu": "1" } } }),
      changes: ["update kubernetes_resource_quota.q"],
      damage: [],
    },
    {
      row: "a smaller claim",
      before: all(vended, add("kubernetes_persistent_volume_claim_v1.data", claim("10Gi"))),
      after: edit("kubernetes_persistent_volume_claim_v1.data", claim("9Gi")),
      changes: ["update kubernetes_persistent_volume_claim.data fails-at-apply"],
      damage: ["fails-at-apply"],
    },
    {
      row: "a claim deleted",
      before: all(vended, add("kubernetes_persistent_volume_claim_v1.data", claim("10Gi"))),
      after: remove("kubernetes_persistent_volume_claim_v1.data"),
      changes: ["delete kubernetes_persistent_volume_claim.data data-lost"],
      damage: ["data-lost"],
    },
    {
      row: "a secret of another value",
      before: all(vended, add("kubernetes_secret_v1.s", { metadata: inNamespace("s"), data: { a: "test-only-1" } })),
      after: edit("kubernetes_secret_v1.s", { data: { a: "test-only-2" } }),
      changes: ["update kubernetes_secret.s outage"],
      damage: ["outage"],
    },
    {
      row: "a config map of another value",
      before: all(vended, add("kubernetes_config_map_v1.c", { metadata: inNamespace("c"), data: { a: "1" } })),
      after: edit("kubernetes_config_map_v1.c", { data: { a: "2" } }),
      changes: ["update kubernetes_config_map.c reboot"],
      damage: ["reboot"],
    },
    {
      row: "a type without its version is the same type",
      before: all(vended, add("kubernetes_secret.s", { metadata: inNamespace("s"), data: { a: "1" } })),
      after: edit("kubernetes_secret.s", { metadata: inNamespace("t") }),
      changes: ["replace kubernetes_secret.s data-lost outage"],
      damage: ["data-lost", "outage"],
    },
  ])("$row", check);
});

describe("A type that nobody has looked at", () => {
  const before = resource("acme_thing_v1", { name: "a", size: 1 });
  const of = (action: "create" | "update" | "replace" | "delete" | "forget", ...cause: readonly string[]) => {
    const change = { address: "acme_thing_v1.it", type: "acme_thing_v1", action, before, after: before, cause };
    return classifyDamage(change, [change]);
  };
  test("is taken to hold data and to serve something", () => {
    expect(of("delete")).toEqual(["data-lost", "outage"]);
    expect(of("replace", "size")).toEqual(["data-lost", "outage"]);
    expect(of("update", "size")).toEqual(["outage"]);
  });

  test("may be made, renamed, described and let go", () => {
    expect(of("create")).toEqual([]);
    expect(of("update", "name", "description", "tags", "metadata.labels.a")).toEqual([]);
    expect(of("update", "name", "size")).toEqual(["outage"]);
    expect(of("forget")).toEqual([]);
  });

  test("is no type of the OpenStack provider: every one of those is in a table", () => {
    const facts = JSON.parse(readFileSync("providers/openstack/force-new.json", "utf8")) as object;
    expect(Object.keys(facts).filter((type) => !isDamageKnown(type))).toEqual([]);
    expect(Object.keys(facts)).toHaveLength(108);
    expect(["constructor", "__proto__", "kubernetes_constructor", "kubernetes_manifest"].map(isDamageKnown)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
