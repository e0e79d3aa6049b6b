#!/bin/bash
# Installs libraries alone (no daemon starts, no user, nothing under /etc), and unpacks the *-common packages for their configuration files.
set -e
. "$(dirname "$0")/common.sh"
HOME=$HOME_REAL
LIST="python3-keystone python3-nova python3-placement python3-neutron python3-cinder python3-glance
python3-swift python3-manila python3-octavia python3-barbicanclient
rabbitmq-server mariadb-server uwsgi-core uwsgi-plugin-python3 memcached"
UNPACK="nova-common cinder-common glance-common neutron-common manila-common
placement-common keystone swift-proxy octavia-common"
export DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical
miss=""
for p in $LIST; do dpkg-query -W -f '${db:Status-Status}' "$p" 2>/dev/null | grep -qx installed || miss="$miss $p"; done
if [ -n "$miss" ]; then
  # nothing may start by itself: keep (or lend) a policy-rc.d that says no
  made=""
  if [ ! -e /usr/sbin/policy-rc.d ]; then printf '#!/bin/sh\nexit 101\n' >/usr/sbin/policy-rc.d; chmod 755 /usr/sbin/policy-rc.d; made=1; fi
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends -o Dpkg::Options::=--force-confold \
    -o Dpkg::Options::=--force-unsafe-io $miss >"${TMPDIR:-/tmp}/osfake-apt.log" 2>&1 || { tail -20 "${TMPDIR:-/tmp}/osfake-apt.log"; exit 1; }
  [ -n "$made" ] && rm -f /usr/sbin/policy-rc.d
fi
if [ ! -e "$PKGS/.done" ]; then
  mkdir -p "$PKGS" "$OSROOT/debs"; cd "$OSROOT/debs"
  # _apt must be able to write here or apt warns; harmless
  apt-get download -qq $UNPACK 2>/dev/null
  for d in *.deb; do dpkg -x "$d" "$PKGS"; done
  touch "$PKGS/.done"
fi
