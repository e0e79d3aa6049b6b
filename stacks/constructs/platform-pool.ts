import { BlockstorageVolumeTypeV3 } from "@cdktf/provider-openstack/blockstorage-volume-type-v3";
import { ComputeFlavorV2 } from "@cdktf/provider-openstack/compute-flavor-v2";
import { ImagesImageV2 } from "@cdktf/provider-openstack/images-image-v2";
import { NetworkingNetworkV2 } from "@cdktf/provider-openstack/networking-network-v2";
import { NetworkingSubnetV2 } from "@cdktf/provider-openstack/networking-subnet-v2";
import { NetworkingSubnetpoolV2 } from "@cdktf/provider-openstack/networking-subnetpool-v2";
import type { OpenstackProvider } from "@cdktf/provider-openstack/provider";
import { Construct } from "constructs";
import type { Catalogue } from "../../catalog/catalogue.ts";
import type { Pool } from "../../catalog/pool.ts";
import { compactNetworks } from "./compact-networks.ts";
import { flavorArguments } from "./flavor.ts";

export interface PlatformPoolProps {
  readonly pool: Pool;
  readonly catalogue: Catalogue;
  readonly provider: OpenstackProvider;
}

/** All systems rest on these: Terraform may change but never replace or destroy one. */
const SHARED = { preventDestroy: true } as const;

/** What all systems of a pool share: flavors, volume types, images, the external network, the subnet pool. */
export class PlatformPool extends Construct {
  /** Ids that the cloud chooses, and that catalog/pools.yaml has to name. */
  readonly ids: Readonly<Record<"external-network-id" | "subnet-pool-id", string>>;

  constructor(scope: Construct, { pool, catalogue, provider }: PlatformPoolProps) {
    super(scope, pool.key);
    this.#addFlavors(catalogue, provider);
    this.#addVolumeTypes(pool, provider);
    this.#addImages(pool, catalogue, provider);
    this.ids = { "external-network-id": this.#addExternalNetwork(pool, provider), "subnet-pool-id": this.#addSubnetPool(pool, provider) };
  }

  /** With fixed ids, so that a system names a flavor without asking the cloud. */
  #addFlavors({ flavors }: Catalogue, provider: OpenstackProvider): void {
    const scope = new Construct(this, "flavors");
    for (const flavor of flavors.offered.values()) {
      new ComputeFlavorV2(new Construct(scope, flavor.id), "flavor", {
        provider,
        flavorId: flavor.id,
        name: flavor.id,
        isPublic: true,
        ...flavorArguments(flavor, flavors),
        lifecycle: SHARED,
      });
    }
  }

  #addVolumeTypes({ openstack }: Pool, provider: OpenstackProvider): void {
    const scope = new Construct(this, "volume-types");
    for (const type of ["sas", "ssd"] as const) {
      new BlockstorageVolumeTypeV3(new Construct(scope, type), "volume-type", {
        provider,
        name: openstack.volumeTypes[type],
        isPublic: true,
        extraSpecs: { volume_backend_name: openstack.volumeBackends[type] },
        lifecycle: SHARED,
      });
    }
  }

  /**
   * Glance itself fetches the image. `verify_checksum` compares what the provider has uploaded and excludes `web_download`, so nothing here proves the
   * digest: it is kept beside the image, and whoever publishes an image compares it with Glance's `os_hash_value` before systems may name it.
   * An id is spent once: Glance refuses one that it ever held (409), so an image whose import failed gets a new id in catalog/images.yaml.
   */
  #addImages({ key: poolKey }: Pool, { images }: Catalogue, provider: OpenstackProvider): void {
    const scope = new Construct(this, "images");
    for (const image of images.values()) {
      const imageId = image.pools[poolKey];
      if (imageId === undefined) continue;
      new ImagesImageV2(new Construct(scope, image.key), "image", {
        provider,
        imageId,
        name: image.key,
        imageSourceUrl: image.source,
        webDownload: true,
        containerFormat: "bare",
        diskFormat: image.diskFormat,
        minDiskGb: image.minDiskGb,
        minRamMb: 0,
        properties: { sha256: image.sha256, supported_until: image.supportedUntil },
        // Servers name images by id: one in use is hidden, never deleted. Glance itself refuses to delete it; `prevent_destroy` as well would stop
        // every later plan of the platform after one import that failed.
        protected: true,
        visibility: "public",
        timeouts: { create: "60m" },
        // Where it was fetched from once means nothing afterwards: a mirror that moves must not replace it.
        lifecycle: { ignoreChanges: ["image_source_url"] },
      });
    }
  }

  #addExternalNetwork({ openstack }: Pool, provider: OpenstackProvider): string {
    const scope = new Construct(this, "external-network");
    const { name, physicalNetwork, cidr, gateway } = openstack.externalNetwork;
    const network = new NetworkingNetworkV2(scope, "network", {
      provider,
      name,
      adminStateUp: true,
      external: true,
      shared: false,
      segments: [{ physicalNetwork, networkType: "flat" }],
      lifecycle: SHARED,
    });
    // Only routers and public addresses live here, and Neutron gives them theirs itself.
    new NetworkingSubnetV2(scope, "subnet", {
      provider,
      name,
      networkId: network.id,
      ipVersion: 4,
      cidr,
      gatewayIp: gateway,
      enableDhcp: false,
      lifecycle: SHARED,
    });
    return network.id;
  }

  #addSubnetPool({ openstack }: Pool, provider: OpenstackProvider): string {
    const { name, prefixes, prefixLength } = openstack.subnetPool;
    const pool = new NetworkingSubnetpoolV2(new Construct(this, "subnet-pool"), "subnet-pool", {
      provider,
      name,
      prefixes: compactNetworks(prefixes),
      defaultPrefixlen: prefixLength,
      minPrefixlen: prefixLength,
      maxPrefixlen: prefixLength,
      // Systems' projects draw from it.
      shared: true,
      lifecycle: SHARED,
    });
    return pool.id;
  }
}
