"""seed.py identity|resources|wait: what an operator gives before the platform
is applied: service catalogue, domain, operator, vending project, host
aggregates of the families, share type. Everything else is the platform's."""
import json
import os
import sys
import time

import requests

H = '127.0.0.1'
PASS = os.environ['PASS']
KS = 'http://%s:5000/v3' % H
S = requests.Session()
S.trust_env = False
SVC = [  # user, [(type, name, url)]
    ('nova', [('compute', 'nova', 'http://%s:8774/v2.1')]),
    ('placement', [('placement', 'placement', 'http://%s:8778')]),
    ('neutron', [('network', 'neutron', 'http://%s:9696')]),
    ('glance', [('image', 'glance', 'http://%s:9292')]),
    ('cinder', [('volumev3', 'cinderv3', 'http://%s:8776/v3/%%(project_id)s'),
                ('block-storage', 'cinder',
                 'http://%s:8776/v3/%%(project_id)s')]),
    ('swift', [('object-store', 'swift',
                'http://%s:8080/v1/AUTH_%%(project_id)s')]),
    ('manila', [('share', 'manila', 'http://%s:8786/v1/%%(project_id)s'),
                ('sharev2', 'manilav2', 'http://%s:8786/v2')]),
    ('octavia', [('load-balancer', 'octavia', 'http://%s:9876')]),
]
ROLES = ['service', 'load-balancer_admin', 'load-balancer_member', 'creator',
         'key-manager:service-admin', 'ResellerAdmin', 'swiftoperator']


def token():
    b = {'auth': {'identity': {'methods': ['password'], 'password': {'user': {
        'name': 'admin', 'domain': {'id': 'default'}, 'password': PASS}}},
        'scope': {'project': {'name': 'admin', 'domain': {'id': 'default'}}}}}
    r = S.post(KS + '/auth/tokens', json=b)
    r.raise_for_status()
    S.headers['X-Auth-Token'] = r.headers['X-Subject-Token']
    return r.json()['token']


def call(method, url, body=None, ok=(409,), **kw):
    r = S.request(method, url, json=body, **kw)
    if r.status_code >= 400 and r.status_code not in ok:
        sys.exit('%s %s: %s %s' % (method, url, r.status_code, r.text[:500]))
    return r


def get_or_make(coll, one, key, body):
    """by name in keystone"""
    r = call('GET', '%s/%s' % (KS, coll), params={'name': body[key]}).json()
    for x in r[coll]:
        if all(x.get(k) == v for k, v in body.items() if k in (key, 'type')):
            return x
    return call('POST', '%s/%s' % (KS, coll), {one: body}, ok=()).json()[one]


def identity():
    token()
    svc = get_or_make('projects', 'project', 'name',
                      {'name': 'service', 'domain_id': 'default'})
    domain = get_or_make('domains', 'domain', 'name', {'name': 'govcloud'})
    vending = get_or_make('projects', 'project', 'name', {
        'name': 'vending', 'domain_id': domain['id']})
    roles = {r['name']: r['id'] for r in
             call('GET', KS + '/roles').json()['roles']}
    for n in ROLES:
        if n not in roles:
            roles[n] = call('POST', KS + '/roles',
                            {'role': {'name': n}}).json()['role']['id']
    me = call('GET', KS + '/users', params={'name': 'admin'}
              ).json()['users'][0]
    adm = call('GET', KS + '/projects', params={'name': 'admin'}
               ).json()['projects'][0]

    def grant(user, project, *names):
        for n in names:
            call('PUT', '%s/projects/%s/users/%s/roles/%s' % (
                KS, project['id'], user['id'], roles[n]))
    operator = get_or_make('users', 'user', 'name', {
        'name': 'operator', 'password': PASS, 'domain_id': domain['id']})
    grant(operator, vending, 'admin')
    with open(os.path.join(os.environ['OSROOT'], 'data', 'facts.json'),
              'w') as f:
        json.dump({
            'authUrl': KS, 'region': 'RegionOne', 'domain': 'govcloud',
            'domainId': domain['id'], 'vendingProject': 'vending',
            'userId': operator['id'], 'roleId': roles['admin'],
            'username': 'operator', 'password': PASS}, f)
    grant(me, adm, 'member', 'creator', 'load-balancer_admin',
          'ResellerAdmin', 'key-manager:service-admin')
    # admin may also act on the domain: some providers scope to it
    call('PUT', '%s/domains/default/users/%s/roles/%s' % (
        KS, me['id'], roles['admin']))
    have = {(e['service_id'], e['interface']) for e in
            call('GET', KS + '/endpoints').json()['endpoints']}
    for name, eps in SVC:
        u = get_or_make('users', 'user', 'name', {
            'name': name, 'password': PASS, 'domain_id': 'default'})
        grant(u, svc, 'admin', 'service')
        for typ, sname, url in eps:
            s = get_or_make('services', 'service', 'name',
                            {'name': sname, 'type': typ})
            for i in ('public', 'internal', 'admin'):
                if (s['id'], i) not in have:
                    call('POST', KS + '/endpoints', {'endpoint': {
                        'service_id': s['id'], 'interface': i,
                        'region_id': 'RegionOne', 'url': url % H}})


def poll(what, fn, seconds=90):
    end = time.time() + seconds
    while time.time() < end:
        try:
            r = fn()
            if r:
                return r
        except requests.RequestException:
            pass
        time.sleep(0.4)
    sys.exit('seed: timed out on ' + what)


def wait():
    adm = token()['project']['id']
    nova = 'http://%s:8774/v2.1' % H
    cinder = 'http://%s:8776/v3/%s' % (H, adm)
    poll('nova-compute', lambda: any(
        s['state'] == 'up' and s['binary'] == 'nova-compute' for s in
        S.get(nova + '/os-services').json()['services']))
    poll('cinder-volume', lambda: sum(
        s['state'] == 'up' and s['binary'] == 'cinder-volume' for s in
        S.get(cinder + '/os-services').json()['services']) >= 2)
    poll('manila-share', lambda: sum(
        s['state'] == 'up' and s['binary'] == 'manila-share' for s in
        S.get('http://%s:8786/v2/services' % H, headers={
            'X-OpenStack-Manila-API-Version': '2.51'}
        ).json()['services']) >= 2)
    return adm


def resources():
    wait()
    nova = 'http://%s:8774/v2.1' % H
    # one host that takes every family; the families' flavors ask for it
    have = {a['name'] for a in
            call('GET', nova + '/os-aggregates').json()['aggregates']}
    for family in ('general', 'c86', 'arm'):
        if family in have:
            continue
        a = call('POST', nova + '/os-aggregates', {'aggregate': {
            'name': family}}).json()['aggregate']
        url = '%s/os-aggregates/%s/action' % (nova, a['id'])
        call('POST', url, {'add_host': {'host': 'compute1'}})
        call('POST', url, {'set_metadata': {'metadata': {'family': family}}})
    # the manila of the samples: no share servers
    m = 'http://%s:8786/v2' % H
    hd = {'X-OpenStack-Manila-API-Version': '2.51'}
    have = {t['name'] for t in call('GET', m + '/types', headers=hd
                                    ).json()['share_types']}
    if 'cephfs-nfs' not in have:
        call('POST', m + '/types', {'share_type': {
            'name': 'cephfs-nfs', 'share_type_access:is_public': True,
            'extra_specs': {'driver_handles_share_servers': 'False',
                            'snapshot_support': 'True'}}}, headers=hd)


if __name__ == '__main__':
    {'identity': identity, 'resources': resources, 'wait': wait}[sys.argv[1]]()
