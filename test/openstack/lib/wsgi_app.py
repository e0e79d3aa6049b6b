"""uwsgi: OSFAKE_APP=keystone|placement|octavia|..., OSFAKE_CONF=file"""
import os
import sys

app, conf = os.environ['OSFAKE_APP'], os.environ['OSFAKE_CONF']
sys.argv = [app, '--config-file', conf]
if app == 'keystone':
    os.environ['OS_KEYSTONE_CONFIG_FILES'] = conf
    sys.argv = [app]
    from keystone.server.wsgi import initialize_public_application as f
elif app == 'placement':
    os.environ['OS_PLACEMENT_CONFIG_DIR'] = os.path.dirname(conf)
    from placement.wsgi import init_application as f
elif app == 'octavia':
    from octavia.api.app import setup_app

    def f():
        return setup_app(argv=['octavia', '--config-file', conf])
application = f()
