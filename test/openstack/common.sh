# What up.sh and down.sh share. Everything that a run makes lies under $OSROOT, outside the checkout.
SRC="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
export OSROOT="${GOVCLOUD_OPENSTACK:-${XDG_CACHE_HOME:-$HOME/.cache}/govcloud/openstack}"
export GOVCLOUD_OPENSTACK=$OSROOT                  # HOME changes below, and with it the default
ETC=$OSROOT/etc LOG=$OSROOT/log RUN=$OSROOT/run DATA=$OSROOT/data PKGS=$OSROOT/pkgs
LIB=$SRC/lib
PY=/usr/bin/python3                    # the packages' own; another one may come first in PATH
H=127.0.0.1
P_KEYSTONE=5000 P_PLACEMENT=8778 P_GLANCE=9292 P_NOVA=8774 P_NEUTRON=9696
P_CINDER=8776 P_SWIFT=8080 P_MANILA=8786 P_OCTAVIA=9876
P_RABBIT=${P_RABBIT:-5672} P_EPMD=${P_EPMD:-14369} P_RDIST=${P_RDIST:-25672} P_MEMC=${P_MEMC:-11299}
export PASS=loopback-only              # every password; nothing listens beyond 127.0.0.1
SOCK=$RUN/mysql.sock
export HOME_REAL="$HOME" HOME=$OSROOT/home LC_ALL=C.UTF-8 PYTHONWARNINGS=ignore
export PYTHONPYCACHEPREFIX=$OSROOT/pycache   # nothing is written into the checkout
export ERL_CRASH_DUMP=$OSROOT/erl_crash.dump
export OSFAKE_INVENTORY=$ETC/fake_inventory.json SWIFT_DIR=$ETC/swift
export RABBITMQ_NODENAME=osfake@localhost RABBITMQ_NODE_IP_ADDRESS=$H RABBITMQ_NODE_PORT=$P_RABBIT \
  RABBITMQ_DIST_PORT=$P_RDIST ERL_EPMD_ADDRESS=$H ERL_EPMD_PORT=$P_EPMD \
  RABBITMQ_MNESIA_BASE=$DATA/rabbit RABBITMQ_LOG_BASE=$LOG/rabbit RABBITMQ_PID_FILE=$RUN/rabbit.erlpid \
  RABBITMQ_CONF_ENV_FILE=$ETC/rabbit/env.conf RABBITMQ_CONFIG_FILE=$ETC/rabbit/rabbitmq \
  RABBITMQ_ENABLED_PLUGINS_FILE=$ETC/rabbit/enabled_plugins \
  RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1}"
alive() { [ -s "$RUN/$1.pid" ] && kill -0 "$(cat "$RUN/$1.pid")" 2>/dev/null; }
start() { # NAME CMD...
  local n=$1; shift
  alive "$n" && return 0
  setsid nohup "$@" >>"$LOG/$n.log" 2>&1 </dev/null &
  echo $! >"$RUN/$n.pid"
}
say() { echo "[$(date +%T)] $*"; }
wait_port() { # PORT NAME [SECONDS]
  local i
  for ((i = 0; i < ${3:-90} * 5; i++)); do
    (exec 3<>/dev/tcp/$H/$1) 2>/dev/null && return 0
    alive "$2" || { echo "$2 died; see $LOG/$2.log" >&2; tail -5 "$LOG/$2.log" >&2; return 1; }
    sleep 0.2
  done
  echo "$2: port $1 never opened; see $LOG/$2.log" >&2; return 1
}
