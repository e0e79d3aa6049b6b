#!/bin/bash
# Stops what up.sh started and nothing else (by pid file, the whole process group). The data stay; --wipe removes them.
cd "$(dirname "$0")"; . ./common.sh
stop() { local p s; [ -s "$RUN/$1.pid" ] || return 0; p=$(cat "$RUN/$1.pid")
  if kill -0 "$p" 2>/dev/null && [ "$(ps -o pgid= -p "$p" | tr -d ' ')" = "$p" ]; then
    kill -TERM -- "-$p" 2>/dev/null; fi; }
gone() { local p i; [ -s "$RUN/$1.pid" ] || return 0; p=$(cat "$RUN/$1.pid")
  for ((i = 0; i < ${2:-50}; i++)); do kill -0 -- "-$p" 2>/dev/null || break; sleep 0.1; done
  kill -KILL -- "-$p" 2>/dev/null; rm -f "$RUN/$1.pid"; }
cd "$RUN" 2>/dev/null || exit 0
svcs=$(ls *.pid 2>/dev/null | sed 's/\.pid$//' | grep -vxE 'mysql|mysqld|rabbit|memcached')
for s in $svcs; do stop $s; done
for s in $svcs; do gone $s 50; done
for s in rabbit memcached mysql; do stop $s; done
gone rabbit 150; gone memcached; gone mysql 300
epmd -port $P_EPMD -kill >/dev/null 2>&1
[ "$1" = --wipe ] && rm -rf "$DATA" "$LOG" "$RUN"
exit 0
