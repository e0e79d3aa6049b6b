# Writes every configuration file; up.sh reads it.
db() { echo "mysql+pymysql://root@localhost/$1?unix_socket=$SOCK&charset=utf8"; }
RABBIT_URL="rabbit://guest:guest@$H:$P_RABBIT/"
authtoken() { # USER [SECTION]
cat <<X
[${2:-keystone_authtoken}]
www_authenticate_uri = http://$H:$P_KEYSTONE
auth_url = http://$H:$P_KEYSTONE
auth_type = password
project_domain_name = Default
user_domain_name = Default
project_name = service
username = $1
password = $PASS
region_name = RegionOne
memcached_servers = $H:$P_MEMC
service_token_roles_required = true
service_token_roles = service
token_cache_time = 300
X
}
creds() { # SECTION USER
cat <<X
[$1]
auth_url = http://$H:$P_KEYSTONE
auth_type = password
project_domain_name = Default
user_domain_name = Default
project_name = service
username = $2
password = $PASS
region_name = RegionOne
valid_interfaces = public
X
}
dbs() { cat <<X
[database]
connection = $(db $1)
max_pool_size = ${2:-10}
max_overflow = 50
connection_recycle_time = 280
X
}
msg() { cat <<X
[oslo_messaging_rabbit]
heartbeat_in_pthread = false
rabbit_retry_interval = 1
[oslo_messaging_notifications]
driver = noop
[oslo_concurrency]
lock_path = $DATA/locks
X
}
mkdir -p $ETC/{keystone,nova,neutron,cinder,glance,placement,manila,octavia,swift,rabbit} \
  $LOG/rabbit $RUN $DATA/{locks,glance,nova,cinder,manila,neutron,keystone/fernet,keystone/credential,swift/d1,rabbit}

: >$ETC/rabbit/env.conf
cat >$ETC/rabbit/rabbitmq.conf <<X
listeners.tcp.1 = $H:$P_RABBIT
log.console.level = warning
log.file.level = warning
collect_statistics_interval = 60000
X
echo '[].' >$ETC/rabbit/enabled_plugins

cat >$ETC/keystone/keystone.conf <<X
[DEFAULT]
use_stderr = true
public_endpoint = http://$H:$P_KEYSTONE/
$(dbs keystone)
[token]
provider = fernet
expiration = 86400
[fernet_tokens]
key_repository = $DATA/keystone/fernet
[credential]
key_repository = $DATA/keystone/credential
[identity]
password_hash_rounds = 4
[cache]
enabled = true
backend = dogpile.cache.memcached
memcache_servers = $H:$P_MEMC
[oslo_policy]
enforce_scope = false
enforce_new_defaults = false
X

cat >$ETC/placement/placement.conf <<X
[DEFAULT]
use_stderr = true
[api]
auth_strategy = keystone
[placement_database]
connection = $(db placement)
$(authtoken placement)
X

cat >$ETC/glance/glance-api.conf <<X
[DEFAULT]
bind_host = $H
bind_port = $P_GLANCE
workers = 0
use_stderr = true
enabled_backends = file1:file
show_image_direct_url = true
enabled_import_methods = [glance-direct,web-download]
show_multiple_locations = false
$(dbs glance)
[import_filtering_opts]
allowed_ports = []
allowed_hosts = [127.0.0.1]
allowed_schemes = [http]
[glance_store]
default_backend = file1
[file1]
filesystem_store_datadir = $DATA/glance/images
[os_glance_staging_store]
filesystem_store_datadir = $DATA/glance/staging
[os_glance_tasks_store]
filesystem_store_datadir = $DATA/glance/tasks
[paste_deploy]
flavor = keystone
config_file = $PKGS/usr/share/glance-common/glance-api-paste.ini
$(authtoken glance)
$(msg)
X
mkdir -p $DATA/glance/{images,staging,tasks}
cp $PKGS/usr/share/glance-common/schema-image.json $ETC/glance/ 2>/dev/null || true

# Resizes are confirmed by the cloud itself, within a minute: the samples' pool says so (resizeConfirmedByCloud).
cat >$ETC/nova/nova.conf <<X
[DEFAULT]
my_ip = $H
host = compute1
state_path = $DATA/nova
use_stderr = true
transport_url = $RABBIT_URL
compute_driver = osfake_driver.OSFakeDriver
enabled_apis = osapi_compute
osapi_compute_listen = $H
osapi_compute_listen_port = $P_NOVA
osapi_compute_workers = 1
allow_resize_to_same_host = true
resize_confirm_window = 1
sync_power_state_interval = -1
vif_plugging_is_fatal = false
vif_plugging_timeout = 0
reserved_host_memory_mb = 0
cpu_allocation_ratio = 16.0
ram_allocation_ratio = 4.0
running_deleted_instance_action = noop
running_deleted_instance_poll_interval = 0
heal_instance_info_cache_interval = -1
update_resources_interval = 60
block_device_allocate_retries_interval = 1
flat_injected = false
force_config_drive = false
[api]
auth_strategy = keystone
[wsgi]
api_paste_config = $PKGS/usr/share/nova-common/api-paste.ini
[api_database]
connection = $(db nova_api)
max_overflow = 50
$(dbs nova)
$(authtoken nova)
$(creds placement placement)
$(creds neutron neutron)
service_metadata_proxy = false
$(creds cinder cinder)
os_region_name = RegionOne
$(creds service_user nova)
send_service_user_token = true
[glance]
api_servers = http://$H:$P_GLANCE
[quota]
instances = 1000
cores = 10000
ram = 10000000
key_pairs = 1000
server_groups = 1000
[conductor]
workers = 1
[scheduler]
workers = 1
discover_hosts_in_cells_interval = -1
[filter_scheduler]
enabled_filters = ComputeFilter,ComputeCapabilitiesFilter,ImagePropertiesFilter,ServerGroupAntiAffinityFilter,ServerGroupAffinityFilter,PciPassthroughFilter,NUMATopologyFilter,AggregateInstanceExtraSpecsFilter,AggregateMultiTenancyIsolation
[vnc]
enabled = true
server_listen = $H
novncproxy_base_url = http://$H:6080/vnc_auto.html
[spice]
enabled = false
[workarounds]
skip_cpu_compare_at_startup = true
$(msg)
X

# nova-compute must not see database sections
awk '/^\[/{skip=($0=="[api_database]"||$0=="[database]")} !skip' $ETC/nova/nova.conf >$ETC/nova/nova-compute.conf

cat >$ETC/neutron/neutron.conf <<X
[DEFAULT]
bind_host = $H
bind_port = $P_NEUTRON
state_path = $DATA/neutron
use_stderr = true
transport_url = $RABBIT_URL
api_paste_config = $PKGS/usr/share/neutron-common/api-paste.ini
core_plugin = ml2
service_plugins = ${NEUTRON_PLUGINS:-router,qos,trunk,port_forwarding,metering,segments,network_ip_availability,auto_allocate}
api_workers = 0
rpc_workers = 0
rpc_state_report_workers = 0
dhcp_agent_notification = false
notify_nova_on_port_status_changes = false
notify_nova_on_port_data_changes = false
allow_overlapping_ips = true
global_physnet_mtu = 1500
dns_domain = openstacklocal.
api_extensions_path = ${NEUTRON_EXT_PATH:-}
max_allowed_address_pair = 50
$(dbs neutron 20)
$(authtoken neutron)
$(creds nova nova)
$(creds placement placement)
[oslo_policy]
policy_dirs = $ETC/neutron/policy.d
[ml2]
type_drivers = flat,vlan,vxlan,geneve,local
tenant_network_types = vxlan
mechanism_drivers = osfake
extension_drivers = port_security,qos,dns_domain_ports,data_plane_status,uplink_status_propagation
[ml2_type_flat]
flat_networks = *
[ml2_type_vlan]
network_vlan_ranges = physnet1:1:4000,physnet2:1:4000
[ml2_type_vxlan]
vni_ranges = 1:100000
[ml2_type_geneve]
vni_ranges = 1:100000
max_header_size = 38
[securitygroup]
enable_security_group = true
[quotas]
default_quota = 1000
$(for q in network subnet subnetpool port router floatingip security_group security_group_rule rbac_policy \
  firewall_group firewall_policy firewall_rule; do echo "quota_$q = 1000"; done)
[service_providers]
${NEUTRON_FW_PROVIDER:-}
${NEUTRON_FW_CONF:-}
$(msg)
X
mkdir -p $ETC/neutron/policy.d

cat >$ETC/cinder/cinder.conf <<X
[DEFAULT]
my_ip = $H
host = storage1
state_path = $DATA/cinder
use_stderr = true
transport_url = $RABBIT_URL
auth_strategy = keystone
api_paste_config = $PKGS/usr/share/cinder-common/api-paste.ini
resource_query_filters_file = $PKGS/etc/cinder/resource_filters.json
rootwrap_config = $PKGS/etc/cinder/rootwrap.conf
osapi_volume_listen = $H
osapi_volume_listen_port = $P_CINDER
osapi_volume_workers = 1
enabled_backends = sas,ssd
default_volume_type = __DEFAULT__
quota_volumes = 1000
quota_snapshots = 1000
quota_gigabytes = 1000000
glance_api_servers = http://$H:$P_GLANCE
image_conversion_dir = $DATA/cinder/conversion
allowed_direct_url_schemes =
scheduler_default_filters = AvailabilityZoneFilter,CapacityFilter,CapabilitiesFilter
periodic_interval = 10
[sas]
volume_driver = osfake.cinder_driver.FakeVolumeDriver
volume_backend_name = ceph-sas
[ssd]
volume_driver = osfake.cinder_driver.FakeVolumeDriver
volume_backend_name = ceph-ssd
$(dbs cinder)
$(authtoken cinder)
$(creds nova nova)
$(creds service_user cinder)
send_service_user_token = true
$(msg)
X

cat >$ETC/manila/manila.conf <<X
[DEFAULT]
my_ip = $H
host = share1
state_path = $DATA/manila
use_stderr = true
transport_url = $RABBIT_URL
auth_strategy = keystone
api_paste_config = $PKGS/usr/share/manila-common/api-paste.ini
rootwrap_config = $PKGS/usr/share/manila-common/rootwrap.conf
osapi_share_listen = $H
osapi_share_listen_port = $P_MANILA
osapi_share_workers = 1
enabled_share_backends = dummy1,dummy2
enabled_share_protocols = NFS,CIFS
default_share_type = cephfs-nfs
wsgi_default_pool_size = 100
storage_availability_zone = nova
scheduler_default_filters = AvailabilityZoneFilter,CapacityFilter,CapabilitiesFilter
$(for b in dummy1:False dummy2:True; do echo "[${b%:*}]
share_driver = osfake.manila_driver.FakeShareDriver
share_backend_name = $(echo ${b%:*} | tr a-z A-Z)
driver_handles_share_servers = ${b#*:}
dummy_driver_default_driver_method_delay = 0.0
dummy_driver_driver_methods_delays = create_share:0.05,ensure_share:0.01"; done)
$(dbs manila)
$(authtoken manila)
$(creds neutron neutron)
url = http://$H:$P_NEUTRON
$(creds nova nova)
$(creds cinder cinder)
$(msg)
X

cat >$ETC/octavia/octavia.conf <<X
[DEFAULT]
use_stderr = true
transport_url = $RABBIT_URL
[api_settings]
bind_host = $H
bind_port = $P_OCTAVIA
auth_strategy = keystone
enabled_provider_drivers = osfake:agentless fake provider,amphora:alias of osfake
default_provider_driver = osfake
api_base_uri = http://$H:$P_OCTAVIA
$(dbs octavia)
$(authtoken octavia)
$(creds service_auth octavia)
[quotas]
default_load_balancer_quota = 1000
default_listener_quota = 1000
default_pool_quota = 1000
default_member_quota = 1000
default_health_monitor_quota = 1000
[networking]
port_detach_timeout = 5
[health_manager]
heartbeat_key = insecure
[certificates]
cert_manager = barbican_cert_manager
[oslo_policy]
enforce_scope = false
enforce_new_defaults = false
policy_file = $ETC/octavia/policy.yaml
[oslo_messaging]
topic = octavia_prov
$(msg)
X
# the admin_or_owner policy octavia ships as an alternative: plain members may use it
cat >$ETC/octavia/policy.yaml <<'X'
"context_is_admin": "role:admin or role:load-balancer_admin"
"load-balancer:owner": "project_id:%(project_id)s"
"load-balancer:admin": "is_admin:True or role:admin or role:load-balancer_admin"
"load-balancer:read": "rule:load-balancer:owner or rule:load-balancer:admin"
"load-balancer:read-global": "is_admin:True or rule:load-balancer:admin"
"load-balancer:write": "rule:load-balancer:owner or rule:load-balancer:admin"
"load-balancer:read-quota": "rule:load-balancer:owner or rule:load-balancer:admin"
"load-balancer:read-quota-global": "is_admin:True or rule:load-balancer:admin"
"load-balancer:write-quota": "rule:load-balancer:admin"
X

cat >$ETC/swift/swift.conf <<X
[swift-hash]
swift_hash_path_prefix = osfake
swift_hash_path_suffix = osfake
[storage-policy:0]
name = Policy-0
default = yes
X
n=6200
for k in object container account; do
cat >$ETC/swift/$k-server.conf <<X
[DEFAULT]
bind_ip = $H
bind_port = $((n))
workers = 0
user = $(id -un)
swift_dir = $ETC/swift
devices = $DATA/swift
mount_check = false
fallocate_reserve = 0
disable_fallocate = true
log_level = WARNING
log_address = $RUN/nosyslog
[pipeline:main]
pipeline = $k-server
[app:$k-server]
use = egg:swift#$k
X
n=$((n + 1))
done
cat >$ETC/swift/proxy-server.conf <<X
[DEFAULT]
bind_ip = $H
bind_port = $P_SWIFT
workers = 0
user = $(id -un)
swift_dir = $ETC/swift
log_level = WARNING
log_address = $RUN/nosyslog
[pipeline:main]
pipeline = catch_errors gatekeeper healthcheck cache listing_formats bulk tempurl s3api s3token authtoken keystoneauth staticweb copy container-quotas account-quotas slo dlo versioned_writes symlink proxy-server
[app:proxy-server]
use = egg:swift#proxy
account_autocreate = true
allow_account_management = true
[filter:authtoken]
paste.filter_factory = keystonemiddleware.auth_token:filter_factory
delay_auth_decision = true
$(authtoken swift x | sed 1d)
[filter:keystoneauth]
use = egg:swift#keystoneauth
operator_roles = admin, member, swiftoperator
reseller_admin_role = ResellerAdmin
[filter:s3api]
use = egg:swift#s3api
[filter:s3token]
use = egg:swift#s3token
auth_uri = http://$H:$P_KEYSTONE/v3
[filter:cache]
use = egg:swift#memcache
memcache_servers = $H:$P_MEMC
$(for f in healthcheck tempurl staticweb bulk slo dlo gatekeeper versioned_writes copy listing_formats symlink; do echo "[filter:$f]"; echo "use = egg:swift#$f"; done)
[filter:catch_errors]
use = egg:swift#catch_errors
[filter:container-quotas]
use = egg:swift#container_quotas
[filter:account-quotas]
use = egg:swift#account_quotas
X
