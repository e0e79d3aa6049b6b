#!/bin/bash
# Brings up a one-node OpenStack (Debian 12, Zed) on 127.0.0.1: real APIs, schedulers, quotas and databases; hypervisor, network agents and storage
# hold nothing. `up.sh --fresh` begins with the seeded state. Doing it twice does no harm.
set -e
cd "$(dirname "$0")"
[ "$1" = --fresh ] && { ./down.sh; . ./common.sh; rm -rf "$DATA" "$LOG" "$RUN"; set --; }
./install.sh
. ./common.sh
mkdir -p $ETC $LOG $RUN $DATA $HOME
T0=$(date +%s)
# A port that somebody else holds answers in our place: the memcached of another cloud hands out that cloud's projects.
for s in memcached:$P_MEMC rabbit:$P_RABBIT rabbit:$P_RDIST rabbit:$P_EPMD keystone:$P_KEYSTONE placement:$P_PLACEMENT neutron:$P_NEUTRON \
  glance:$P_GLANCE nova-api:$P_NOVA cinder-api:$P_CINDER swift-proxy:$P_SWIFT manila-api:$P_MANILA octavia:$P_OCTAVIA; do
  alive "${s%:*}" || ! (exec 3<>/dev/tcp/$H/${s#*:}) 2>/dev/null || { echo "port ${s#*:} of ${s%:*} is in use" >&2; exit 1; }
done
# --- the machine park: one host that takes every family, GPU boxes by number, and the hosts that the samples have managed
cat >$ETC/fake_inventory.json <<'X'
{"inventory": {"CUSTOM_GPU_BOX_1": 8, "CUSTOM_GPU_BOX_2": 8, "CUSTOM_GPU_BOX_3": 6}}
X
HOSTS="dx-node-1 dx-node-2"
./install-fwaas.sh || true
# neutron-fwaas is not in bookworm: picked up if install-fwaas.sh put it in $OSROOT/fwaas
if [ -d $OSROOT/fwaas/neutron_fwaas ]; then
  NEUTRON_PLUGINS=router,qos,trunk,port_forwarding,metering,segments,network_ip_availability,auto_allocate,firewall_v2
  NEUTRON_FW_PROVIDER="service_provider = FIREWALL_V2:dummy:osfake.fw.FakeFWDriver:default"
  export PYTHONPATH=$OSROOT/fwaas
fi
. ./configs.sh
# Another seed is another state.
SEEDED=$OSROOT/cache/seeded-$(cat up.sh lib/seed.py | sha256sum | cut -c1-12).tar
export PYTHONPATH=$LIB${PYTHONPATH:+:$PYTHONPATH}
R="$PY $LIB/run.py"
SQL="mariadb --no-defaults -uroot -S $SOCK"

# --- database, message bus, cache
fresh=
[ -e $DATA/.seeded ] || fresh=1        # set again after a start that failed half way
if [ ! -d $DATA/mysql/mysql ]; then
  if [ -e "$SEEDED" ]; then
    # One that does not come up is thrown away and made anew; what it logged is kept.
    trap 'trap - EXIT; exit 143' TERM INT
    trap '[ $? = 0 ] || { say "the seeded state does not answer: making another"; ./down.sh; rm -rf "$SEEDED" "$DATA" "$LOG.failed"; mv "$LOG" "$LOG.failed"
      HOME=$HOME_REAL exec ./up.sh; }' EXIT
    tar -C $DATA -xf "$SEEDED"; fresh=; say "seeded state restored"
  else
    mariadb-install-db --no-defaults --user=$(id -un) --datadir=$DATA/mysql --auth-root-authentication-method=normal \
      --skip-test-db --skip-name-resolve >$LOG/mysql-install.log 2>&1
  fi
fi
start mysql mariadbd --no-defaults --user=$(id -un) --datadir=$DATA/mysql --socket=$SOCK --skip-networking \
  --pid-file=$DATA/mysqld.pid --max-connections=2000 --innodb-buffer-pool-size=256M --innodb-flush-log-at-trx-commit=0 \
  --innodb-doublewrite=0 --skip-log-bin --performance-schema=OFF --character-set-server=utf8mb3 \
  --collation-server=utf8mb3_general_ci --skip-name-resolve --transaction-isolation=READ-COMMITTED
start rabbit /usr/lib/rabbitmq/bin/rabbitmq-server
start memcached memcached -l $H -p $P_MEMC -U 0 -m 64 -u $(id -un)
for i in {1..150}; do $SQL -e 'select 1' >/dev/null 2>&1 && break; sleep 0.2; done

KM="keystone-manage --config-file $ETC/keystone/keystone.conf"
NM="$R nova.cmd.manage:main --config-file $ETC/nova/nova.conf"
if [ -n "$fresh" ]; then
  for d in keystone placement glance nova_api nova nova_cell0 neutron cinder manila octavia; do
    $SQL -e "create database if not exists $d character set utf8mb3"; done
  say "db sync"
  ( $KM db_sync
    $KM fernet_setup --keystone-user root --keystone-group root
    $KM credential_setup --keystone-user root --keystone-group root
    $KM bootstrap --bootstrap-password $PASS --bootstrap-region-id RegionOne \
      --bootstrap-public-url http://$H:$P_KEYSTONE/v3 --bootstrap-internal-url http://$H:$P_KEYSTONE/v3 \
      --bootstrap-admin-url http://$H:$P_KEYSTONE/v3
    OS_PLACEMENT_CONFIG_DIR=$ETC/placement placement-manage --config-file $ETC/placement/placement.conf db sync
    $R glance.cmd.manage:main --config-file $ETC/glance/glance-api.conf db_sync
    $R cinder.cmd.manage:main --config-file $ETC/cinder/cinder.conf db sync
  ) >$LOG/dbsync1.log 2>&1 & p1=$!
  ( $NM api_db sync
    $NM cell_v2 map_cell0 --database_connection "$(db nova_cell0)"
    $NM db sync
    $NM cell_v2 create_cell --name cell1 --database_connection "$(db nova)" --transport-url "$RABBIT_URL" || [ $? = 2 ]
  ) >$LOG/dbsync2.log 2>&1 & p2=$!
  ( $R neutron.db.migration.cli:main --config-file $ETC/neutron/neutron.conf upgrade heads
    $R manila.cmd.manage:main --config-file $ETC/manila/manila.conf db sync
    $R octavia.db.migration.cli:main --config-file $ETC/octavia/octavia.conf upgrade head
  ) >$LOG/dbsync3.log 2>&1 & p3=$!
  for p in $p1 $p2 $p3; do wait $p || { echo "db sync failed, see $LOG/dbsync*.log" >&2; exit 1; }; done
  say "db sync done ($(($(date +%s) - T0)) s)"
fi

# --- identity first
uw() { # NAME PORT CONF [processes]
  start $1 env OSFAKE_APP=$1 OSFAKE_CONF=$3 uwsgi --plugins python3 --http-socket $H:$2 \
    --wsgi-file $LIB/wsgi_app.py --master --die-on-term --processes ${4:-1} --threads 8 --need-app --lazy-apps \
    --buffer-size 65535 --thunder-lock --disable-logging --no-orphans --add-header "Connection: close"
}
uw keystone $P_KEYSTONE $ETC/keystone/keystone.conf 2
wait_port $P_KEYSTONE keystone
for i in {1..100}; do curl -sf --noproxy '*' -o /dev/null -X POST http://$H:$P_KEYSTONE/v3/auth/tokens -H 'Content-Type: application/json' \
  -d '{"auth":{"identity":{"methods":["password"],"password":{"user":{"name":"admin","domain":{"id":"default"},"password":"'$PASS'"}}}}}' && break
  [ $i -lt 100 ] || { echo "keystone gives no token, see $LOG/keystone.log" >&2; exit 1; }; sleep 0.2; done
say "first token ($(($(date +%s) - T0)) s)"
wait_port $P_RABBIT rabbit

# --- the rest
if [ ! -e $ETC/swift/object.ring.gz ]; then
  n=6200
  for k in object container account; do (cd $ETC/swift && rm -f $k.builder
    srb() { $PY -c 'import sys; sys.argv[0] = "swift-ring-builder"; from swift.cli.ringbuilder import main; main()' "$@" >/dev/null; }
    srb $k.builder create 4 1 0
    srb $k.builder add --region 1 --zone 1 --ip $H --port $n --device d1 --weight 1
    srb $k.builder rebalance || [ $? = 1 ]); n=$((n + 1)); done
fi
if [ -n "$fresh" ]; then $PY $LIB/seed.py identity; fi
C="--config-file"
uw placement $P_PLACEMENT $ETC/placement/placement.conf
start neutron $R neutron.cmd.eventlet.server:main $C $ETC/neutron/neutron.conf
start glance $R glance.cmd.api:main $C $ETC/glance/glance-api.conf
start nova-conductor $R nova.cmd.conductor:main $C $ETC/nova/nova.conf
start nova-api $R nova.cmd.api_os_compute:main $C $ETC/nova/nova.conf
start nova-scheduler $R nova.cmd.scheduler:main $C $ETC/nova/nova.conf
start cinder-api $R cinder.cmd.api:main $C $ETC/cinder/cinder.conf
start cinder-scheduler $R cinder.cmd.scheduler:main $C $ETC/cinder/cinder.conf
start cinder-volume $R cinder.cmd.volume:main $C $ETC/cinder/cinder.conf
for k in object container account; do start swift-$k $R swift:$k-server $ETC/swift/$k-server.conf; done
start swift-proxy $R swift:proxy-server $ETC/swift/proxy-server.conf
start manila-api $R manila.cmd.api:main $C $ETC/manila/manila.conf
start manila-scheduler $R manila.cmd.scheduler:main $C $ETC/manila/manila.conf
start manila-share $R manila.cmd.share:main $C $ETC/manila/manila.conf
uw octavia $P_OCTAVIA $ETC/octavia/octavia.conf
wait_port $P_PLACEMENT placement; wait_port $P_NEUTRON neutron
start nova-compute $R nova.cmd.compute:main $C $ETC/nova/nova-compute.conf
for h in $HOSTS; do
  sed "s/^host = compute1$/host = $h/" $ETC/nova/nova-compute.conf >$ETC/nova/nova-$h.conf
  start nova-$h env OSFAKE_INVENTORY= $R nova.cmd.compute:main $C $ETC/nova/nova-$h.conf
done
wait_port $P_NOVA nova-api; wait_port $P_GLANCE glance; wait_port $P_CINDER cinder-api
wait_port $P_SWIFT swift-proxy; wait_port $P_MANILA manila-api; wait_port $P_OCTAVIA octavia
say "all APIs listen ($(($(date +%s) - T0)) s)"

# --- wait for the compute host, map it into its cell
if [ -n "$fresh" ]; then
  n=$(($(wc -w <<<"$HOSTS") + 1))
  for i in {1..120}; do [ "$($SQL -Ne "select count(*) from nova.compute_nodes where deleted=0" 2>/dev/null)" = $n ] && break; sleep 0.5; done
  $NM cell_v2 discover_hosts >$LOG/discover.log 2>&1
  $PY $LIB/seed.py resources
  touch $DATA/.seeded
  # The next run begins from here; what lies in a database is whole only when nothing runs.
  if [ -z "$GOVCLOUD_OPENSTACK_KEPT" ]; then
    ./down.sh; mkdir -p $OSROOT/cache; rm -f $OSROOT/cache/seeded-*.tar
    tar -C $DATA --exclude=./rabbit --exclude=./locks -cf "$SEEDED.new" .
    GOVCLOUD_OPENSTACK_KEPT=1 HOME=$HOME_REAL exec ./up.sh
  fi
else
  $PY $LIB/seed.py wait
  # What came up from a state has shown that it does.
  [ ! -e "$SEEDED.new" ] || { mv "$SEEDED.new" "$SEEDED"; say "seeded state kept"; }
fi
say "up in $(($(date +%s) - T0)) s"
