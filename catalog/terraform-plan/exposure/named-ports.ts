/** A port, or a range of them, that a service is known by. */
export interface NamedPort {
  readonly protocol: "tcp" | "udp";
  readonly from: number;
  readonly to: number;
  readonly name: string;
}

const tcp = (from: number, name: string, to = from): NamedPort => ({ protocol: "tcp", from, to, name });
const udp = (from: number, name: string, to = from): NamedPort => ({ protocol: "udp", from, to, name });

/** Ports by which machines are administered: whoever reaches them needs but a password, or one flaw. */
export const ADMIN_PORTS: readonly NamedPort[] = [
  tcp(22, "SSH"),
  tcp(23, "Telnet"),
  tcp(135, "Windows RPC"),
  tcp(139, "NetBIOS"),
  udp(161, "SNMP"),
  tcp(445, "SMB"),
  tcp(512, "rexec, rlogin, rsh", 514),
  udp(623, "IPMI"),
  tcp(873, "rsync"),
  tcp(2375, "Docker", 2376),
  tcp(3389, "RDP"),
  udp(3389, "RDP"),
  tcp(5900, "VNC", 5999),
  tcp(5985, "WinRM", 5986),
  tcp(6443, "Kubernetes API"),
  tcp(10_000, "Webmin"),
  tcp(10_250, "kubelet"),
  tcp(10_255, "kubelet"),
];

/** Ports of databases, caches, queues and stores, those of domestic (国产) databases among them. */
export const DATABASE_PORTS: readonly NamedPort[] = [
  tcp(1433, "SQL Server", 1434),
  udp(1434, "SQL Server"),
  tcp(1521, "Oracle"),
  tcp(2181, "ZooKeeper"),
  tcp(2379, "etcd", 2380),
  tcp(2483, "Oracle", 2484),
  tcp(2881, "OceanBase"),
  tcp(2883, "OceanBase"),
  tcp(3050, "Firebird"),
  tcp(3306, "MySQL"),
  tcp(5236, "Dameng"),
  tcp(5258, "GBase"),
  tcp(5432, "PostgreSQL"),
  tcp(5866, "HighGo"),
  tcp(5984, "CouchDB"),
  tcp(6379, "Redis"),
  tcp(7474, "Neo4j"),
  tcp(7687, "Neo4j"),
  tcp(8086, "InfluxDB"),
  tcp(8123, "ClickHouse"),
  tcp(9042, "Cassandra"),
  tcp(9088, "GBase"),
  tcp(9092, "Kafka"),
  tcp(9200, "Elasticsearch"),
  tcp(9300, "Elasticsearch"),
  tcp(11_211, "Memcached"),
  udp(11_211, "Memcached"),
  tcp(15_400, "openGauss"),
  tcp(16_379, "Redis"),
  tcp(19_530, "Milvus"),
  tcp(26_379, "Redis"),
  tcp(27_017, "MongoDB", 27_019),
  tcp(33_060, "MySQL"),
  tcp(50_000, "Db2"),
  tcp(54_321, "Kingbase"),
];
