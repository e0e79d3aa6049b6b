#!/bin/bash
# FWaaS v2 is neither in bookworm nor in trixie: the pure Python package of sid, unpacked beside, never installed, through an apt with a state of its
# own: the machine's sources stay as they are.
set -e
. "$(dirname "$0")/common.sh"; HOME=$HOME_REAL
[ -d $OSROOT/fwaas/neutron_fwaas ] && exit 0
A=$OSROOT/apt; mkdir -p $A/state/lists/partial $A/cache/archives/partial
MIRROR=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -v security | head -1)   # the mirror this machine uses already
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $MIRROR sid main" >$A/sources.list
OPT="-o Dir::Etc::sourcelist=$A/sources.list -o Dir::Etc::sourceparts=/dev/null -o Dir::State=$A/state -o Dir::Cache=$A/cache -o Dir::State::status=/var/lib/dpkg/status"
apt-get $OPT update -qq
cd $A; apt-get $OPT download -qq python3-neutron-fwaas 2>/dev/null
rm -rf x; dpkg -x python3-neutron-fwaas_*.deb x
mkdir -p $OSROOT/fwaas; cp -r x/usr/lib/python3/dist-packages/* $OSROOT/fwaas/; rm -rf x $A/state $A/cache
# neutron-lib of Zed has no neutron_lib.policy.rules: give the few names it wants
cat >$OSROOT/fwaas/neutron_fwaas/policies/_rules.py <<'X'
ADMIN = 'rule:admin_only'
PROJECT_MEMBER = 'role:member and project_id:%(project_id)s'
PROJECT_READER = 'role:reader and project_id:%(project_id)s'
ADMIN_OR_PROJECT_MEMBER = '(%s) or (%s)' % (ADMIN, PROJECT_MEMBER)
ADMIN_OR_PROJECT_READER = '(%s) or (%s)' % (ADMIN, PROJECT_READER)
X
sed -i 's/from neutron_lib.policy import rules/from neutron_fwaas.policies import _rules/' $OSROOT/fwaas/neutron_fwaas/policies/*.py
# neutron-db-manage of Zed only looks into directories named after releases it knows
V=$OSROOT/fwaas/neutron_fwaas/db/migration/alembic_migrations/versions
for r in 2023.2 2025.1; do for b in expand contract; do
  [ -d $V/$r/$b ] && { mkdir -p $V/queens/$b; mv $V/$r/$b/*.py $V/queens/$b/; }; done; done
true
